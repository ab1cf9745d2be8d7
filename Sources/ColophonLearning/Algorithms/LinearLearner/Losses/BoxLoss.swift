/// A convex loss of piecewise lines and parabolas, as the largest value of a slope in a box.
///
/// The loss of a row with the margin m is the maximum over slopes ν from `lower` to `upper` of
/// ν (m − t) − ½ c ν², for its target t and the curvature c, which is 0 where there are only lines.
/// So the hinge loss max(0, 1 − m) of a positive row has t = 1 and ν from −1 to 0; the quantile
/// (pinball) loss of level τ has ν from −τ to 1 − τ; Huber's has ν from −ε to ε and c = 1.
struct BoxLoss: Sendable {
  let targets: [Double]
  let lower: [Double]
  let upper: [Double]
  let curvature: Double
  let shares: [Double]
  /// The largest slope that a coefficient on a standardised column can have.
  let slopeScale: Double

  /// max(0, 1 − m) of rows of the positive class, max(0, 1 + m) of the others.
  static func hinge(positives: [Bool], shares: [Double]) -> BoxLoss {
    BoxLoss(
      targets: positives.map { $0 ? 1 : -1 },
      lower: positives.map { $0 ? -1 : 0 },
      upper: positives.map { $0 ? 0 : 1 },
      curvature: 0,
      shares: shares,
      slopeScale: 1
    )
  }

  /// τ r of rows with a residual r = y − m above 0, (τ − 1) r of the others (Koenker and Bassett,
  /// 1978).
  static func quantile(_ level: Double, targets: [Double], shares: [Double]) -> BoxLoss {
    BoxLoss(
      targets: targets,
      lower: targets.map { _ in -level },
      upper: targets.map { _ in 1 - level },
      curvature: 0,
      shares: shares,
      slopeScale: max(level, 1 - level)
    )
  }

  /// ½ r² of residuals up to ε, ε |r| − ½ ε² of larger ones (Huber, 1964).
  static func huber(_ epsilon: Double, targets: [Double], shares: [Double]) -> BoxLoss {
    BoxLoss(
      targets: targets,
      lower: targets.map { _ in -epsilon },
      upper: targets.map { _ in epsilon },
      curvature: 1,
      shares: shares,
      slopeScale: epsilon
    )
  }

  /// Huber's loss as a smooth one; nil for the others, which have corners.
  var smooth: SmoothedBoxLoss? {
    curvature > 0 ? SmoothedBoxLoss(box: self, width: curvature) : nil
  }

  /// The loss of some rows alone, with their shares.
  func thinned(to places: [Int], shares: [Double]) -> BoxLoss {
    BoxLoss(
      targets: places.map { targets[$0] },
      lower: places.map { lower[$0] },
      upper: places.map { upper[$0] },
      curvature: curvature,
      shares: shares,
      slopeScale: slopeScale
    )
  }

  /// The slope of a row's loss at a margin; where a corner has many, the one nearest to 0.
  func slope(_ row: Int, at margin: Double) -> Double {
    let distance = margin - targets[row]
    if curvature > 0 { return min(max(distance / curvature, lower[row]), upper[row]) }
    if distance == 0 { return min(max(0, lower[row]), upper[row]) }
    return distance > 0 ? upper[row] : lower[row]
  }

  /// A row's loss at a margin.
  func value(_ row: Int, at margin: Double) -> Double {
    let slope = slope(row, at: margin)
    return slope * (margin - targets[row]) - 0.5 * curvature * slope * slope
  }

  /// The mean loss at some margins.
  func mean(_ margins: [Double]) -> Double {
    var sum = 0.0
    for row in margins.indices { sum += shares[row] * value(row, at: margins[row]) }
    return sum
  }

  /// By how much slopes fall short of giving the mean loss at some margins; 0 at the optimum.
  func gap(_ margins: [Double], slopes: [Double]) -> Double {
    var sum = 0.0
    for row in margins.indices {
      let own =
        slopes[row] * (margins[row] - targets[row])
        - 0.5 * curvature * slopes[row] * slopes[row]
      sum += shares[row] * (value(row, at: margins[row]) - own)
    }
    return sum
  }
}
