package import ColophonData
package import ColophonEvaluation

/// Measures predictions by some metrics at once.
///
/// Names, definitions and directions are the evaluation's; the loop only asks.
package struct Scorer: Sendable {
  /// A metric's name, and which of its values are better.
  package struct Measure: Hashable, Sendable {
    package var name: String
    package var direction: Metric.Direction

    package init(_ name: String, _ direction: Metric.Direction) {
      self.name = name
      self.direction = direction
    }

    /// How good a value is: more is better.
    func merit(_ value: Double) -> Double {
      switch direction {
      case .maximize: value
      case .minimize: -value
      case .nearZero: -value.magnitude
      }
    }
  }

  package let measures: [Measure]
  private let body: @Sendable (TrainingRows, Predictions) throws -> [Double?]

  /// Measures by a function, which yields values in the order of `measures`, nil where undefined.
  package init(
    _ measures: [Measure],
    body: @escaping @Sendable (Labels, Predictions, [Double]?) throws -> [Double?]
  ) {
    self.measures = measures
    self.body = { try body($0.labels, $1, $0.weights) }
  }

  /// Measures by the evaluation's metrics; what they share is computed once.
  ///
  /// Rows that can't be evaluated at all, such as predictions that are not finite, give nil.
  package init(_ metrics: [Metric], classes: [String] = []) {
    measures = metrics.map { Measure($0.name, $0.direction) }
    body = { rows, predictions in
      guard !metrics.isEmpty,
        let cases = try? Cases(
          labels: rows.labels,
          predictions: predictions,
          weights: rows.weights,
          classes: classes,
          features: Scorer.features(of: rows, for: predictions)
        )
      else { return metrics.map { _ in nil } }
      let hasProbabilities = cases.probabilityProblem == nil
      let sample = Sample(cases)
      return metrics.map { metric in
        metric.need == .probabilities && !hasProbabilities ? nil : metric.value(sample)
      }
    }
  }

  /// The features, where the predictions can't be judged without them.
  private static func features(
    of rows: TrainingRows,
    for predictions: Predictions
  ) -> FeatureMatrix? {
    if case .clusters = predictions { rows.features } else { nil }
  }

  /// The metrics' names.
  package var names: [String] { measures.map { $0.name } }

  /// The metrics of some predictions, in the order of `measures`.
  package func score(_ rows: TrainingRows, _ predictions: Predictions) throws -> [Double?] {
    try body(rows, predictions)
  }
}
