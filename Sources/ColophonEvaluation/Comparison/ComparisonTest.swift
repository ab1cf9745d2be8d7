package import ColophonCore

/// A way to tell whether the difference between two models on the same data is more than chance.
///
/// Tests are pure functions of what was measured: nothing in them knows of cells, files or models.
package protocol ComparisonTest: Sendable {
  static var name: String { get }
  /// What it is, in one sentence.
  static var summary: String { get }
  /// What the subjects are; a test of folds can't take rows, nor the other way round.
  static var compares: ComparisonSubject.Kind { get }
  /// Why a metric can't be tested this way, as the end of a sentence; nil where it can.
  static func objection(to metric: Metric) -> String?

  init(_ options: ComparisonOptions)

  /// What speaks for or against each challenger beside one baseline.
  ///
  /// - Throws: `ComparisonFault` where the subjects can't be compared at all.
  func evidence(
    for challengers: [ComparisonSubject],
    beside baseline: ComparisonSubject,
    in metric: Metric
  ) throws(ComparisonFault) -> [PairedEvidence]

  /// The test in words, for the reader.
  var words: String { get }
}

/// The tests that a comparison may name, in the order the reference lists them.
package let comparisonTests = Catalogue<any ComparisonTest.Type>(
  "test",
  [DeLongTest.self, BootstrapTest.self, McNemarTest.self, ResampledTTest.self]
) { $0.name }

/// One model's results, as a test takes them.
package enum ComparisonSubject {
  package enum Kind: String, Hashable, Sendable {
    case rows
    case folds
  }

  /// The model's answers for rows that all models answered.
  case rows(Sample)
  /// The metric by fold of a cross-validation that all models went through.
  case folds(FoldScores)

  var sample: Sample? { if case .rows(let sample) = self { sample } else { nil } }
  var scores: FoldScores? { if case .folds(let scores) = self { scores } else { nil } }
}

/// A metric by fold, and how many rows each fold learned from and held out.
package struct FoldScores: Hashable, Sendable {
  /// nil where the metric is undefined.
  package var values: [Double?]
  package var trained: [Int]
  package var held: [Int]

  package init(values: [Double?], trained: [Int], held: [Int]) {
    precondition(
      values.count == trained.count && values.count == held.count,
      "\(values.count) values, \(trained.count) and \(held.count) sizes"
    )
    self.values = values
    self.trained = trained
    self.held = held
  }
}

/// What a comparison is asked for beside its test.
package struct ComparisonOptions: Sendable {
  /// The share of intervals that hold the true difference; one minus the error that is allowed.
  package var level: Double
  /// By how much a challenger may be worse and still count as no worse; nil where nobody asks.
  package var margin: Double?
  /// How often the rows are drawn anew by a bootstrap, and how its bounds are read.
  package var bootstrap: Bootstrap
  package var form: McNemarTest.Form
  package var threads: Int
  /// Lends each resample its own random stream.
  package var stream: @Sendable (Int) -> RandomStream

  package init(
    level: Double = 0.95,
    margin: Double? = nil,
    bootstrap: Bootstrap = Bootstrap(),
    form: McNemarTest.Form = .exact,
    threads: Int = 1,
    stream: @escaping @Sendable (Int) -> RandomStream
  ) {
    precondition(level > 0 && level < 1, "a level of \(level)")
    self.level = level
    self.margin = margin
    self.bootstrap = bootstrap
    self.bootstrap.level = level
    self.form = form
    self.threads = threads
    self.stream = stream
  }
}

/// Why models can't be compared by a test, in a sentence.
package struct ComparisonFault: Error, Hashable, Sendable, CustomStringConvertible {
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  package var description: String { message }
}

extension ComparisonTest {
  /// The samples of subjects that answered the same rows.
  ///
  /// - Throws: `ComparisonFault` where they are no rows, or not the same.
  func samples(_ subjects: [ComparisonSubject]) throws(ComparisonFault) -> [Sample] {
    let samples = subjects.compactMap { $0.sample }
    guard samples.count == subjects.count, let first = samples.first else {
      throw ComparisonFault("'\(Self.name)' compares models by their rows")
    }
    for other in samples.dropFirst() where !first.cases.hasTruth(of: other.cases) {
      throw ComparisonFault("the models answered different rows")
    }
    return samples
  }
}

extension Cases {
  /// Whether the other cases are of the same rows: the same truth and weights in the same order.
  package func hasTruth(of other: Cases) -> Bool {
    guard weights == other.weights, origins == other.origins, classes == other.classes
    else { return false }
    switch (body, other.body) {
    case (.binary(_, let a), .binary(_, let b)): return a == b
    case (.multiclass(_, let a), .multiclass(_, let b)): return a == b
    case (.regression(_, let a), .regression(_, let b)): return a == b
    case (.ranking(_, let a, let p), .ranking(_, let b, let q)): return a == b && p == q
    default: return false
    }
  }
}
