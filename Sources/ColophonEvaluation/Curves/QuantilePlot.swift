import ColophonMath

/// Errors against what a normal distribution of their mean and spread would give at the same rank.
package struct QuantilePlot: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    /// The normal quantile, in the target's unit.
    package var expected: Double
    package var error: Double
  }

  /// By rising error, at most one for each of `points` equal shares of the weight.
  package let points: [Point]
  /// The correlation of both (Filliben, 1975): 1 where the errors are normal.
  package let correlation: Double

  /// The plot of a sample's errors; nil unless it is a regression with errors that differ.
  ///
  /// The error that ends at a share of the weight w stands at the middle of its own part, w − ½ of
  /// its weight; with equal weights these are Hazen's positions (i − ½) / n.
  package init?(_ sample: Sample, points limit: Int = 200) {
    guard case .regression(let predicted, let actual) = sample.cases.body,
      let summary = ResidualSummary(sample), summary.deviation > 0
    else { return nil }
    let errors = actual.indices.map { predicted[$0] - actual[$0] }
    let order = ScoreOrder.ascending(errors).rows.filter { sample.weighting[$0] > 0 }
    let total = sample.totalWeight
    let normal = Normal(mean: summary.mean, standardDeviation: summary.deviation)
    var below = 0.0
    var all: [Point] = []
    for row in order {
      let weight = sample.weighting[row]
      all.append(
        Point(expected: normal.quantile((below + weight / 2) / total), error: errors[row])
      )
      below += weight
    }
    guard all.count > 2, let correlation = QuantilePlot.correlation(all) else { return nil }
    self.correlation = correlation
    let step = max(1, (all.count + limit - 1) / limit)
    // The ends are where normality fails, so they are always shown.
    points = all.indices.filter { $0 % step == 0 || $0 < 5 || $0 >= all.count - 5 }
      .map { all[$0] }
  }

  private static func correlation(_ points: [Point]) -> Double? {
    let count = points.count
    let x = BlockSum.sum(count) { points[$0].expected } / Double(count)
    let y = BlockSum.sum(count) { points[$0].error } / Double(count)
    return Moments(
      xx: BlockSum.sum(count) { (points[$0].expected - x) * (points[$0].expected - x) },
      yy: BlockSum.sum(count) { (points[$0].error - y) * (points[$0].error - y) },
      xy: BlockSum.sum(count) { (points[$0].expected - x) * (points[$0].error - y) }
    ).correlation
  }
}
