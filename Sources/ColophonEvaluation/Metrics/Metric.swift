package import ColophonCore
package import ColophonData

/// One number that says how well predictions fit the truth.
///
/// For example:
///
///     let metric = Metric.named("roc_auc", task: .binary)
///     metric?.value(labels: .classes([0, 1]), predictions: .binary(scores: [0.2, 0.7]))  // 1
///
/// A metric that is undefined for some rows (one class only, nothing predicted positive) has the
/// value nil; it is never NaN and never 0 for want of something better.
package struct Metric: Sendable {
  /// Which values are better.
  package enum Direction: String, Hashable, Sendable {
    case maximize
    case minimize
    /// Neither larger nor smaller: the nearer to 0 the better from either side, or, for a coverage,
    /// the nearer to the share that was promised.
    case nearZero = "near_zero"
  }

  /// What the metric asks of predictions.
  package enum Need: String, Hashable, Sendable {
    /// A predicted class; for binary scores that takes a threshold.
    case labels
    /// Numbers that order the rows.
    case scores
    /// Probabilities from 0 to 1.
    case probabilities
    /// Predicted numbers.
    case numbers
    /// Clusters, and the features that they were made of.
    case clusters
    /// Clusters, and true classes to compare them with.
    case reference
  }

  package let name: String
  package let task: Task
  package let direction: Direction
  package let need: Need
  /// The values it can take.
  package let range: Interval
  /// What it measures, in one sentence.
  package let summary: String
  /// Its definition, as text.
  package let formula: String
  /// When it has no value, as the end of "undefined where …"; empty where it always has one.
  package let undefined: String
  /// Its value from binary counts alone, for metrics that need nothing else.
  package let ofCounts: (@Sendable (BinaryCounts) -> Double?)?
  /// Whether its cost grows with the square of the rows, so that it is left out of many rows unless
  /// it is asked for.
  package private(set) var isQuadratic = false
  private let compute: @Sendable (Sample) -> Double?

  /// Up to how many rows metrics of quadratic cost are computed unasked.
  package static let quadraticLimit = 10_000

  /// The same metric, told to be of quadratic cost.
  func quadratic() -> Metric {
    var metric = self
    metric.isQuadratic = true
    return metric
  }

  package init(
    _ name: String,
    _ task: Task,
    _ direction: Direction,
    needs need: Need,
    range: Interval = .closed(0, 1),
    _ summary: String,
    formula: String,
    undefined: String = "",
    compute: @escaping @Sendable (Sample) -> Double?
  ) {
    self.init(
      name: name,
      task: task,
      direction: direction,
      need: need,
      range: range,
      summary: summary,
      formula: formula,
      undefined: undefined,
      ofCounts: nil,
      compute: compute
    )
  }

  /// A binary metric of the four counts at a threshold.
  package init(
    counts name: String,
    _ direction: Direction,
    range: Interval = .closed(0, 1),
    _ summary: String,
    formula: String,
    undefined: String,
    compute: @escaping @Sendable (BinaryCounts) -> Double?
  ) {
    self.init(
      name: name,
      task: .binary,
      direction: direction,
      need: .labels,
      range: range,
      summary: summary,
      formula: formula,
      undefined: undefined,
      ofCounts: compute,
      compute: { $0.counts.flatMap(compute) }
    )
  }

  private init(
    name: String,
    task: Task,
    direction: Direction,
    need: Need,
    range: Interval,
    summary: String,
    formula: String,
    undefined: String,
    ofCounts: (@Sendable (BinaryCounts) -> Double?)?,
    compute: @escaping @Sendable (Sample) -> Double?
  ) {
    self.name = name
    self.task = task
    self.direction = direction
    self.need = need
    self.range = range
    self.summary = summary
    self.formula = formula
    self.undefined = undefined
    self.ofCounts = ofCounts
    self.compute = compute
  }

  /// The same metric, for another task.
  func of(_ task: Task) -> Metric {
    Metric(
      name: name,
      task: task,
      direction: direction,
      need: need,
      range: range,
      summary: summary,
      formula: formula,
      undefined: undefined,
      ofCounts: ofCounts,
      compute: compute
    )
  }

  /// The same metric under another name.
  package func named(_ name: String) -> Metric {
    Metric(
      name: name,
      task: task,
      direction: direction,
      need: need,
      range: range,
      summary: summary,
      formula: formula,
      undefined: undefined,
      ofCounts: ofCounts,
      compute: compute
    )
  }

  /// The value over a sample's rows; nil where it is undefined.
  package func value(_ sample: Sample) -> Double? {
    guard measures(sample.cases.task), sample.cases.count > 0, let value = compute(sample),
      !value.isNaN
    else { return nil }
    return value
  }

  /// Whether rows of a task can be measured; forecasts may be numbers alone.
  private func measures(_ other: Task) -> Bool {
    other == task || task == .forecasting && other == .regression
  }

  /// The value over some rows; nil where it is undefined, or where the rows can't be evaluated.
  ///
  /// For a training loop, where a network that has diverged may predict NaN. Who must tell an
  /// author what is wrong with the rows makes `Cases` and asks `value(_:)`.
  package func value(
    labels: Labels,
    predictions: Predictions,
    weights: [Double]? = nil,
    classes: [String] = [],
    threshold: Double = 0.5,
    options: MetricOptions = MetricOptions(),
    features: FeatureMatrix? = nil
  ) -> Double? {
    guard
      let cases = try? Cases(
        labels: labels,
        predictions: predictions,
        weights: weights,
        classes: classes,
        features: features
      )
    else { return nil }
    if need == .probabilities, cases.probabilityProblem != nil { return nil }
    return value(Sample(cases, threshold: threshold, options: options))
  }
}
