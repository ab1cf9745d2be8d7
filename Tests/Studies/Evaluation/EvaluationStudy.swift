import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonMath
import Foundation

extension Study {
  /// Whether intervals hold the truth as often as they say.
  static let evaluationCoverage = Study(name: "evaluation-coverage") {
    try EvaluationStudy.coverage()
  }
  /// The same of metrics of every task.
  static let evaluationFamilies = Study(name: "evaluation-families") {
    try EvaluationStudy.families()
  }
  /// Whether tests of two models err as seldom as they say.
  static let evaluationTests = Study(name: "evaluation-tests") { try EvaluationStudy.errors() }
  /// How far metrics lie from their references.
  static let evaluationDeviations = Study(name: "evaluation-deviations") {
    try EvaluationStudy.deviations()
  }
}

/// Simulations of evaluation; repetition i draws from the stream of index i.
enum EvaluationStudy {
  /// How often each setting is simulated; the Monte Carlo error of a share p is √(p (1 − p) / N).
  static let repetitions = 1_000
  static let threads = 2

  /// Each repetition's findings, in order.
  static func simulate<Result: Sendable>(
    _ purpose: String,
    _ body: @escaping @Sendable (inout RandomStream, Int) -> Result
  ) -> [Result] {
    let slots = Slots<Result>(repetitions)
    Workers.share(repetitions, among: threads) { index in
      var stream = RandomStream(root: 11, cell: "study", purpose: purpose, index: index)
      slots.set(index, body(&stream, index))
    }
    return slots.values
  }

  /// A share with its Monte Carlo error, as texts.
  static func share(_ hits: Int, of all: Int) -> (share: Double, texts: [String]) {
    guard all > 0 else { return (.nan, ["", ""]) }
    let p = Double(hits) / Double(all)
    let error = (p * (1 - p) / Double(all)).squareRoot()
    return (p, [p, error].map { fixed($0, 4) })
  }

  static func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }

  /// Normal scores of two classes, of fixed counts.
  ///
  /// The positives stand `shift` higher, so that the true area is
  /// Φ(shift / √2).
  static func scores(
    _ stream: inout RandomStream,
    positives: Int,
    negatives: Int,
    shift: Double
  ) -> (labels: [Int32], scores: [Double]) {
    let labels =
      [Int32](repeating: 1, count: positives) + [Int32](repeating: 0, count: negatives)
    return (labels, labels.map { Double($0) * shift + stream.standardNormal() })
  }

  static func stream(_ repetition: Int) -> @Sendable (Int) -> RandomStream {
    { RandomStream(root: 12, cell: "\(repetition)", purpose: "bootstrap", index: $0) }
  }
}

/// Places that threads write to, each to its own.
final class Slots<Value: Sendable>: @unchecked Sendable {
  private var storage: [Value?]
  private let lock = NSLock()

  init(_ count: Int) { storage = Array(repeating: nil, count: count) }

  func set(_ index: Int, _ value: Value) { lock.withLock { storage[index] = value } }

  var values: [Value] { storage.compactMap { $0 } }
}
