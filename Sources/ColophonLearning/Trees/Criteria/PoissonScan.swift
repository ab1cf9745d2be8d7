import ColophonMath

/// Half the Poisson deviance of counts or rates, which are at least 0.
///
/// A payload is the row's number. Targets are rounded so that their sums are exact; the merit is
/// Σ w y · log(Σ w y / Σ w), summed over both sides. No side may be all zeros, whose mean no later
/// count could come from.
///
/// - SeeAlso: Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees", 1984,
///   for the scheme; scikit-learn's criterion `poisson` for the same merit.
struct PoissonScan: SplitScan {
  private let sample: TreeSample
  private let targets: [Double]
  /// Powers of two apart from the targets, their largest is between ½ and 1.
  private let unit: Double
  private let whole: ExactSums
  private let exact: ExactSums
  /// Σ w y of each row, rounded.
  private let terms: TreeBuffer
  private var total: (weight: Double, sum: Double) = (0, 0)
  private var leftSum = 0.0
  private(set) var leftWeight = 0.0
  private(set) var leftCount = 0

  init(_ sample: TreeSample, _ targets: [Double]) {
    self.sample = sample
    self.targets = targets
    let (most, weight) = sample.rows.reduce((0.0, 0.0)) {
      (max($0.0, targets[Int($1)]), $0.1 + sample.weights[Int($1)])
    }
    let exponent = most > 0 ? min(max(Int(most.exponent) + 1, -1_000), 1_000) : 0
    unit = Double(sign: .plus, exponent: exponent, significand: 1)
    whole = ExactSums(bound: max(1, weight))
    exact = ExactSums(bound: weight)
    terms = TreeBuffer(targets.count)
    for row in sample.rows {
      let t = whole.round(targets[Int(row)] / unit)
      terms.base[Int(row)] = exact.round(sample.weights[Int(row)] * t)
    }
  }

  mutating func summarise(
    _ rows: UnsafeBufferPointer<UInt32>,
    _ payloads: UnsafePointer<UInt32>
  ) -> NodeSummary {
    restart()
    var (low, high, logs) = (Double.infinity, -Double.infinity, 0.0)
    for row in rows {
      take(row)
      let target = targets[Int(row)]
      low = min(low, target)
      high = max(high, target)
      let scaled = target / unit
      if scaled > 0 {
        // From 0 down to −1/e, so that the same bound holds.
        logs += exact.round(
          sample.weights[Int(row)] * whole.round(scaled * Elementary.log(scaled))
        )
      }
    }
    let (sum, weight) = (leftSum, leftWeight)
    let mean = sum / weight
    let deviance = mean > 0 ? max(0, logs / weight - mean * Elementary.log(mean)) : 0
    return NodeSummary(
      weight: weight,
      count: leftCount,
      impurity: low == high ? 0 : deviance * unit,
      value: [low == high ? low : mean * unit],
      totals: [sum],
      isPure: low == high
    )
  }

  mutating func begin(_ node: NodeSummary) { total = (node.weight, node.totals[0]) }

  mutating func restart() { (leftSum, leftWeight, leftCount) = (0, 0, 0) }

  @inline(__always)
  mutating func take(_ payload: UInt32) {
    let row = Int(payload)
    leftSum += terms.base[row]
    leftWeight += sample.weights[row]
    leftCount &+= sample.count(row)
  }

  func merit(over best: Double) -> Double {
    let right = total.sum - leftSum
    guard leftSum > 0, right > 0 else { return -.infinity }
    return leftSum * Elementary.log(leftSum / leftWeight)
      + right * Elementary.log(right / (total.weight - leftWeight))
  }
}
