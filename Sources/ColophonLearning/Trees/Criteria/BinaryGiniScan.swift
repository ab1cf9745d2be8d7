/// The Gini impurity of two classes whose rows have small whole weights.
///
/// A payload is the row's weight in its upper half and the weight of its positive class in the lower,
/// so that one addition follows both. The merit is that of scikit-learn, the sum over both sides of
/// Σ w_c² / w.
struct BinaryGiniScan: SplitScan {
  private var total: (weight: Double, positive: Double) = (0, 0)
  private var sums: UInt64 = 0
  private(set) var leftCount = 0

  static func payload(weight: UInt32, isPositive: Bool) -> UInt32 {
    weight << 16 | (isPositive ? weight : 0)
  }

  mutating func summarise(
    _ rows: UnsafeBufferPointer<UInt32>,
    _ payloads: UnsafePointer<UInt32>
  ) -> NodeSummary {
    restart()
    for i in 0..<rows.count { take(payloads[i]) }
    let (weight, positive) = (leftWeight, leftPositive)
    let share = positive / weight
    let squares = positive * positive + (weight - positive) * (weight - positive)
    return NodeSummary(
      weight: weight,
      count: rows.count,
      impurity: max(0, 1 - squares / (weight * weight)),
      value: [share],
      totals: [positive],
      isPure: positive == 0 || positive == weight
    )
  }

  mutating func begin(_ node: NodeSummary) {
    total = (node.weight, node.totals[0])
  }

  mutating func restart() {
    sums = 0
    leftCount = 0
  }

  @inline(__always)
  mutating func take(_ payload: UInt32) {
    sums &+= UInt64(payload >> 16) << 32 | UInt64(payload & 0xFFFF)
    leftCount &+= 1
  }

  var leftWeight: Double { Double(sums >> 32) }
  private var leftPositive: Double { Double(sums & 0xFFFF_FFFF) }

  @inline(__always)
  func merit(over best: Double) -> Double {
    let (w, p) = (leftWeight, leftPositive)
    let n = w - p
    let (rw, rp) = (total.weight - w, total.positive - p)
    let rn = rw - rp
    let (left, right) = (p * p + n * n, rp * rp + rn * rn)
    // Two products tell most splits apart from the best without a division; the slack is far above
    // the rounding of either side.
    if left * rw + right * w < best * (1 - 1e-12) * (w * rw) { return -.infinity }
    return left / w + right / rw
  }
}
