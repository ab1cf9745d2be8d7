package import ColophonCore

/// One measure of how differently two groups fare, as SageMaker Clarify defines it.
///
/// - SeeAlso: Das, Donini, Gelman and others, "Fairness measures for machine learning in finance",
///   2021; Amazon SageMaker Developer Guide, "Pre-training Bias Metrics" and "Post-training Data and
///   Model Bias Metrics".
package struct BiasMetric: Sendable {
  /// What the metric looks at.
  package enum Stage: String, Sendable, CaseIterable {
    /// The labels: before a model is trained.
    case pre
    /// The predictions.
    case post
  }

  /// What the rows must bring.
  package enum Need: Sendable {
    case labels
    case predictions
    /// A group variable.
    case groups
    /// Features to find neighbours by.
    case neighbours
  }

  /// What is measured.
  package struct Evidence: Sendable {
    package var counts: BiasCounts
    /// What the flip test found; nil where it was not made.
    package var flips: FlipTest?

    package init(_ counts: BiasCounts, flips: FlipTest? = nil) {
      self.counts = counts
      self.flips = flips
    }
  }

  /// The usual short name.
  package let name: String
  package let stage: Stage
  package let need: Need
  /// In words: "Difference in positive proportions in labels".
  package let title: String
  package let formula: String
  package let range: Interval
  /// The value where both groups fare alike.
  package let parity: Double
  /// What a value above parity says of d, as the end of "above: …".
  package let above: String
  /// What a value below parity says of d; nil where there is none below.
  package let below: String?
  /// Completes "undefined where …".
  package let undefined: String
  private let compute: @Sendable (Evidence) -> Double?

  init(
    _ name: String,
    _ stage: Stage,
    needs need: Need,
    _ title: String,
    formula: String,
    range: Interval,
    parity: Double = 0,
    above: String,
    below: String?,
    undefined: String,
    compute: @escaping @Sendable (Evidence) -> Double?
  ) {
    self.name = name
    self.stage = stage
    self.need = need
    self.title = title
    self.formula = formula
    self.range = range
    self.parity = parity
    self.above = above
    self.below = below
    self.undefined = undefined
    self.compute = compute
  }

  /// The value; nil where it is undefined, or what it needs is not there.
  package func value(_ evidence: Evidence) -> Double? {
    if stage == .post, !evidence.counts.hasPredictions { return nil }
    guard let value = compute(evidence), value.isFinite else { return nil }
    return value
  }

  /// What a value says, in words.
  package func words(_ value: Double) -> String {
    if value == parity { return "both alike" }
    return value > parity ? above : below ?? above
  }
}

/// The metrics of a `bias` cell, in the order the reference lists them.
package let biasMetrics = Catalogue<BiasMetric>(
  "bias metric",
  [
    .classImbalance, .labelDifference, .kullbackLeibler, .jensenShannon, .lpNorm, .totalVariation,
    .kolmogorovSmirnov, .conditionalLabelDisparity,
    .predictionDifference, .disparateImpact, .conditionalAcceptance, .conditionalRejection,
    .specificityDifference, .recallDifference, .acceptanceRates, .rejectionRates,
    .accuracyDifference, .treatmentEquality, .conditionalPredictionDisparity, .flipTest,
    .generalizedEntropy,
  ]
) { $0.name }
