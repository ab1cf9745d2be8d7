import ColophonCore

/// Binary metrics of the four counts at a threshold.
extension Metric {
  static let countMetrics: [Metric] = [
    accuracy, balancedAccuracy, precision, recall, specificity, falsePositiveRate,
    falseNegativeRate, negativePredictiveValue, fScore("f1", beta: 1), fScore("f05", beta: 0.5),
    fScore("f2", beta: 2), jaccard, matthews, kappa,
  ]

  private static let accuracy = Metric(
    counts: "accuracy",
    .maximize,
    "The share of rows predicted rightly.",
    formula: "(TP + TN) / (TP + FP + FN + TN)",
    undefined: "there are no rows"
  ) { ratio($0.truePositive + $0.trueNegative, $0.total) }

  private static let balancedAccuracy = Metric(
    counts: "balanced_accuracy",
    .maximize,
    "The mean of recall and specificity.",
    formula: "(TP / (TP + FN) + TN / (TN + FP)) / 2",
    undefined: "only one class occurs"
  ) { counts in
    guard let recall = ratio(counts.truePositive, counts.positive),
      let specificity = ratio(counts.trueNegative, counts.negative)
    else { return nil }
    return (recall + specificity) / 2
  }

  static let precision = Metric(
    counts: "precision",
    .maximize,
    "The share of rows predicted positive that are.",
    formula: "TP / (TP + FP)",
    undefined: "no row is predicted positive"
  ) { ratio($0.truePositive, $0.predictedPositive) }

  static let recall = Metric(
    counts: "recall",
    .maximize,
    "The share of positive rows that are found.",
    formula: "TP / (TP + FN)",
    undefined: "no row is positive"
  ) { ratio($0.truePositive, $0.positive) }

  static let specificity = Metric(
    counts: "specificity",
    .maximize,
    "The share of negative rows that are left alone.",
    formula: "TN / (TN + FP)",
    undefined: "no row is negative"
  ) { ratio($0.trueNegative, $0.negative) }

  private static let falsePositiveRate = Metric(
    counts: "fpr",
    .minimize,
    "The share of negative rows predicted positive.",
    formula: "FP / (FP + TN)",
    undefined: "no row is negative"
  ) { ratio($0.falsePositive, $0.negative) }

  private static let falseNegativeRate = Metric(
    counts: "fnr",
    .minimize,
    "The share of positive rows that are missed.",
    formula: "FN / (FN + TP)",
    undefined: "no row is positive"
  ) { ratio($0.falseNegative, $0.positive) }

  private static let negativePredictiveValue = Metric(
    counts: "npv",
    .maximize,
    "The share of rows predicted negative that are.",
    formula: "TN / (TN + FN)",
    undefined: "no row is predicted negative"
  ) { ratio($0.trueNegative, $0.predictedNegative) }

  /// The weighted harmonic mean of precision and recall (van Rijsbergen, 1979).
  static func fScore(_ name: String, beta: Double) -> Metric {
    let square = beta * beta
    let weight = shortestText(square)
    return Metric(
      counts: name,
      .maximize,
      beta == 1
        ? "The harmonic mean of precision and recall."
        : "The harmonic mean of precision and recall, recall counting \(weight) times.",
      formula: "(1 + \(weight)) · TP / ((1 + \(weight)) · TP + \(weight) · FN + FP)",
      undefined: "no row is positive or predicted positive"
    ) { counts in
      let hits = (1 + square) * counts.truePositive
      return ratio(hits, hits + square * counts.falseNegative + counts.falsePositive)
    }
  }

  private static let jaccard = Metric(
    counts: "jaccard",
    .maximize,
    "Rows that are positive and predicted so, among those that are either.",
    formula: "TP / (TP + FP + FN)",
    undefined: "no row is positive or predicted positive"
  ) { ratio($0.truePositive, $0.truePositive + $0.falsePositive + $0.falseNegative) }

  private static let matthews = Metric(
    counts: "mcc",
    .maximize,
    range: .closed(-1, 1),
    "The correlation of predicted and actual classes (Matthews, 1975).",
    formula: "(TP · TN − FP · FN) / √((TP + FP)(TP + FN)(TN + FP)(TN + FN))",
    undefined: "only one class occurs or is predicted"
  ) { counts in
    let scale =
      (counts.predictedPositive.squareRoot() * counts.positive.squareRoot())
      * (counts.predictedNegative.squareRoot() * counts.negative.squareRoot())
    let covariance =
      counts.truePositive * counts.trueNegative - counts.falsePositive * counts.falseNegative
    return ratio(covariance, scale).map { min(max($0, -1), 1) }
  }

  private static let kappa = Metric(
    counts: "kappa",
    .maximize,
    range: .closed(-1, 1),
    "Agreement beyond what chance would give (Cohen, 1960).",
    formula: "(accuracy − e) / (1 − e), e the agreement expected from the marginals",
    undefined: "all rows are of one class, and predicted so"
  ) { counts in
    let missed = counts.falsePositive + counts.falseNegative
    let expected =
      counts.positive * counts.predictedNegative + counts.negative * counts.predictedPositive
    return ratio(missed * counts.total, expected).map { 1 - $0 }
  }
}
