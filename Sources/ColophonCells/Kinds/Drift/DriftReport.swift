import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// What a drift cell found; its values and pictures are made of this alone.
struct DriftReport {
  /// Names of a cell's own values, which a column of that name can't have.
  static let ownNames = [
    "rows", "drifted", "drifted_columns", "compared_columns", "performance", "prediction",
  ]

  let analysis: DriftAnalysis
  let tests: [DriftTest]
  /// What the two sets are, and how many rows each has.
  let sides: [(words: String, rows: Int)]
  /// Columns that could not be compared, with the reason.
  let skipped: [(column: String, reason: String)]
  let performance: PerformanceReport?

  /// The verdict over predictions, where there is a model.
  var prediction: DriftAnalysis.Verdict? {
    hasPrediction ? analysis.verdicts.last : nil
  }

  /// The verdicts over columns.
  var columns: [DriftAnalysis.Verdict] {
    hasPrediction ? Array(analysis.verdicts.dropLast()) : analysis.verdicts
  }

  private let hasPrediction: Bool

  init(
    _ kind: DriftKind,
    _ before: (dataset: Dataset, rows: [Int]),
    _ after: (dataset: Dataset, rows: [Int]),
    in workshop: Workshop
  ) throws {
    tests = kind.tests
    sides = [
      (kind.reference?.words ?? "", before.rows.count),
      (kind.current?.words ?? "", after.rows.count),
    ]
    let weights = (
      before.dataset.weights(of: before.rows), after.dataset.weights(of: after.rows)
    )
    var (pairs, skipped) = try DriftReport.pairs(kind, before, after, weights)
    var following: PerformanceReport?
    hasPrediction = kind.model != nil
    if let model = kind.model {
      let trained = try workshop.load(TrainedModel.self, from: model.value)
      let old = try DriftReport.predictions(trained, before, "reference", in: workshop)
      let new = try DriftReport.predictions(trained, after, "current", in: workshop)
      pairs.append(("prediction", DriftReport.pair(old, new, trained.classes, weights)))
      following = try PerformanceReport(
        kind.performance,
        trained,
        reference: (before.dataset, before.rows, old),
        current: (after.dataset, after.rows, new),
        in: workshop
      )
    }
    if pairs.isEmpty {
      throw CellFailure(
        "the two sets share no column that could be compared",
        hint: skipped.first.map { "'\($0.column)': \($0.reason)" },
        field: "current"
      )
    }
    try workshop.checkCancellation()
    analysis = DriftAnalysis(
      pairs,
      tests: kind.tests,
      bounds: kind.bounds,
      correction: kind.correction
    )
    self.skipped = skipped
    performance = following
  }

  /// The columns to compare; those that an author named must be there.
  private static func pairs(
    _ kind: DriftKind,
    _ before: (dataset: Dataset, rows: [Int]),
    _ after: (dataset: Dataset, rows: [Int]),
    _ weights: ([Double]?, [Double]?)
  ) throws -> ([(name: String, pair: DriftPair)], skipped: [(column: String, reason: String)]) {
    let isNamed = !kind.columns.isEmpty
    let names =
      isNamed ? kind.columns.map { $0.value } : before.dataset.features.map { $0.name }
    var skipped: [(column: String, reason: String)] = []
    var pairs: [(name: String, pair: DriftPair)] = []
    for (index, name) in names.enumerated() {
      let (old, new) = (before.dataset.table[name], after.dataset.table[name])
      let problem = problem(old, new)
      if let problem, isNamed {
        throw CellFailure("'\(name)': \(problem)", field: "columns[\(index)]")
      }
      guard problem == nil, let old, let new,
        let pair = DriftPair(
          old,
          rows: before.rows,
          weights: weights.0,
          current: new,
          rows: after.rows,
          currentWeights: weights.1
        )
      else {
        skipped.append((name, problem ?? "of another type"))
        continue
      }
      pairs.append((name, pair))
    }
    return (pairs, skipped)
  }

  private static func problem(_ old: Column?, _ new: Column?) -> String? {
    guard let old else { return "the reference has no such column" }
    guard let new else { return "the rows of now have no such column" }
    for column in [old, new] {
      if case .sparse = column.storage { return "a column of terms can't be compared" }
    }
    if (old.numbers == nil) != (new.numbers == nil) {
      let (a, b) = old.numbers == nil ? ("texts", "numbers") : ("numbers", "texts")
      return "it holds \(a) in the reference and \(b) now"
    }
    return nil
  }

  private static func predictions(
    _ trained: TrainedModel,
    _ side: (dataset: Dataset, rows: [Int]),
    _ field: String,
    in workshop: Workshop
  ) throws -> Predictions {
    do {
      let features = try trained.features(of: side.dataset, rows: side.rows)
      return try trained.model.predict(features, threads: workshop.threads)
    } catch let faults as DataFaults {
      throw CellFailure(
        "the model can't read these rows: "
          + faults.faults.map { $0.message }.joined(separator: "; "),
        hint: faults.faults.compactMap { $0.hint }.first
          ?? "name the data as the model's own dataset has it",
        field: field
      )
    }
  }

  /// Scores and numbers as numbers; of several classes the likeliest, of clusters their numbers.
  private static func pair(
    _ old: Predictions,
    _ new: Predictions,
    _ classes: [String],
    _ weights: ([Double]?, [Double]?)
  ) -> DriftPair {
    if let before = old.numbers, let after = new.numbers {
      return DriftPair(
        numbers: before,
        weights: weights.0,
        current: after,
        currentWeights: weights.1
      )
    }
    return DriftPair(
      levels: old.levels(classes),
      weights: weights.0,
      current: new.levels(classes),
      currentWeights: weights.1
    )
  }
}

extension Predictions {
  /// A score or a number for each row; nil for several classes and for clusters.
  fileprivate var numbers: [Double]? {
    switch self {
    case .binary(let scores): scores
    case .regression(let values): values
    case .forecasts(let values, _): values
    case .multiclass, .clusters: nil
    }
  }

  /// The likeliest class (of equal ones the first) or the cluster of each row.
  fileprivate func levels(_ names: [String]) -> [String?] {
    switch self {
    case .binary, .regression, .forecasts: return []
    case .clusters(let values, _, _): return values.map { String($0) }
    case .multiclass(let probabilities, let classes):
      return stride(from: 0, to: probabilities.count, by: classes).map { start in
        let best = (0..<classes).reduce(0) {
          probabilities[start + $1] > probabilities[start + $0] ? $1 : $0
        }
        return names.indices.contains(best) ? names[best] : String(best)
      }
    }
  }
}
