import ColophonCore
import ColophonData

/// Regression metrics of how much of the target's variation is followed.
extension Metric {
  static let agreementMetrics: [Metric] = [determination, explained, pearson, spearman]

  private static let constant = "the actual values are all equal"
  private static let eitherConstant = "the actual or the predicted values are all equal"

  private static let determination = Metric(
    "r2",
    .regression,
    .maximize,
    needs: .numbers,
    range: Interval(-.infinity, 1),
    "The share of the target's variance that predictions account for; the mean gets 0.",
    formula: "1 − Σ e² / Σ (y − mean y)²",
    undefined: constant
  ) { sample in
    guard let spread = spread(sample), let error = sample.regressionMean(squaredError)
    else { return nil }
    return ratio(error, spread).map { 1 - $0 }
  }

  private static let explained = Metric(
    "explained_variance",
    .regression,
    .maximize,
    needs: .numbers,
    range: Interval(-.infinity, 1),
    "As r2, but forgiving a constant error.",
    formula: "1 − variance of e / variance of y",
    undefined: constant
  ) { sample in
    guard let spread = spread(sample), let bias = sample.regressionMean({ $1 - $0 }),
      let error = sample.regressionMean({ ($1 - $0 - bias) * ($1 - $0 - bias) })
    else { return nil }
    return ratio(error, spread).map { 1 - $0 }
  }

  /// The variance of the actual values; nil where they are all equal.
  private static func spread(_ sample: Sample) -> Double? {
    guard case .regression(_, let actual) = sample.cases.body, !sample.isConstant(actual),
      let mean = sample.mean({ actual[$0] })
    else { return nil }
    return sample.mean { (actual[$0] - mean) * (actual[$0] - mean) }
  }

  private static let pearson = Metric(
    "pearson",
    .regression,
    .maximize,
    needs: .numbers,
    range: .closed(-1, 1),
    "The linear correlation of predicted and actual values.",
    formula: "cov(y, p) / √(var y · var p)",
    undefined: eitherConstant
  ) { sample in
    guard case .regression(let predicted, let actual) = sample.cases.body else { return nil }
    return sample.moments(actual, predicted)?.correlation
  }

  private static let spearman = Metric(
    "spearman",
    .regression,
    .maximize,
    needs: .numbers,
    range: .closed(-1, 1),
    "The correlation of the ranks of predicted and actual values, ties at their mean rank.",
    formula: "pearson of ranks",
    undefined: eitherConstant
  ) { sample in
    guard case .regression(let predicted, let actual) = sample.cases.body else { return nil }
    let orders = sample.cases.rankOrders.value {
      RankOrders(actual: .ascending(actual), predicted: .ascending(predicted))
    }
    return sample.moments(
      sample.ranks(orders.actual),
      sample.ranks(orders.predicted)
    )?.correlation
  }
}
