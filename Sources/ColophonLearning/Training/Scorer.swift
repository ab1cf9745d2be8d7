package import ColophonData

/// Measures predictions by some metrics at once.
///
/// Names, definitions and directions are the evaluation's; the loop only asks.
package struct Scorer: Sendable {
  /// A metric's name, and whether more of it is better.
  package struct Measure: Hashable, Sendable {
    package var name: String
    package var higherIsBetter: Bool

    package init(_ name: String, higherIsBetter: Bool) {
      self.name = name
      self.higherIsBetter = higherIsBetter
    }
  }

  package let measures: [Measure]
  private let body: @Sendable (Labels, Predictions, [Double]?) throws -> [Double?]

  /// - Parameter body: The metrics' values in the order of `measures`; nil where undefined.
  package init(
    _ measures: [Measure],
    body: @escaping @Sendable (Labels, Predictions, [Double]?) throws -> [Double?]
  ) {
    self.measures = measures
    self.body = body
  }

  /// The metrics' names.
  package var names: [String] { measures.map { $0.name } }

  /// The metrics of some predictions, in the order of `measures`.
  package func score(_ rows: TrainingRows, _ predictions: Predictions) throws -> [Double?] {
    try body(rows.labels, predictions, rows.weights)
  }
}
