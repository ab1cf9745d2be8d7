import ColophonCore
import ColophonData

/// Binary metrics of the order of scores, free of a threshold.
extension Metric {
  static let orderMetrics: [Metric] = [areaUnderROC, gini, averagePrecision, trapezoid, distance]

  private static let oneClass = "only one class occurs"

  private static let areaUnderROC = Metric(
    "roc_auc",
    .binary,
    .maximize,
    needs: .scores,
    "The probability that a positive row scores above a negative one, ties counting half.",
    formula: "Σ over pairs ([s⁺ > s⁻] + ½ [s⁺ = s⁻]) / (n⁺ · n⁻)",
    undefined: oneClass
  ) { $0.areaUnderROC }

  private static let gini = Metric(
    "gini",
    .binary,
    .maximize,
    needs: .scores,
    range: .closed(-1, 1),
    "The area under the ROC curve on a scale where chance is 0.",
    formula: "2 · roc_auc − 1",
    undefined: oneClass
  ) { sample in sample.areaUnderROC.map { 2 * $0 - 1 } }

  private static let averagePrecision = Metric(
    "pr_auc",
    .binary,
    .maximize,
    needs: .scores,
    "Average precision: the step-wise area under precision over recall.",
    formula: "Σ (Rᵢ − Rᵢ₋₁) · Pᵢ over distinct scores, highest first",
    undefined: "no row is positive"
  ) { sample in
    sample.cached(\.averagePrecision) {
      sample.cases.order?.averagePrecision(sample.weighting)
    }
  }

  private static let trapezoid = Metric(
    "pr_auc_trapezoid",
    .binary,
    .maximize,
    needs: .scores,
    "The area under straight lines between the points of precision over recall.",
    formula: "Σ (Rᵢ − Rᵢ₋₁) · (Pᵢ + Pᵢ₋₁) / 2, from (0, 1)",
    undefined: "no row is positive"
  ) { sample in sample.cases.order?.trapezoidalPrecision(sample.weighting) }

  private static let distance = Metric(
    "ks",
    .binary,
    .maximize,
    needs: .scores,
    "The largest distance between the score distributions of the classes (Kolmogorov, Smirnov).",
    formula: "max |TPR(t) − FPR(t)| over thresholds t",
    undefined: oneClass
  ) { sample in
    guard case .binary(_, let positives) = sample.cases.body else { return nil }
    return sample.cases.order?.kolmogorovSmirnov(
      sample.weighting,
      totals: sample.labelWeights(positives)
    )
  }
}
