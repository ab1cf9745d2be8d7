import ColophonMath

/// Gini impurity or entropy of any number of classes and any weights.
///
/// A payload is the row's number. The merit is Σ w_c² / w (Gini) or Σ w_c log₂ w_c − w log₂ w
/// (entropy), summed over both sides.
struct ClassScan: SplitScan {
  private let sample: TreeSample
  private let classes: [Int32]
  private let usesEntropy: Bool
  private var total: [Double]
  private var left: [Double]
  private(set) var leftWeight = 0.0
  private(set) var leftCount = 0

  init(_ sample: TreeSample, _ classes: [Int32], count: Int, usesEntropy: Bool) {
    self.sample = sample
    self.classes = classes
    self.usesEntropy = usesEntropy
    total = [Double](repeating: 0, count: count)
    left = total
  }

  mutating func summarise(
    _ rows: UnsafeBufferPointer<UInt32>,
    _ payloads: UnsafePointer<UInt32>
  ) -> NodeSummary {
    restart()
    for row in rows { take(row) }
    let weight = leftWeight
    let impurity: Double
    if usesEntropy {
      impurity = left.reduce(0.0) { sum, w in
        w > 0 ? sum - w / weight * Elementary.log2(w / weight) : sum
      }
    } else {
      impurity = 1 - left.reduce(0) { $0 + $1 * $1 } / (weight * weight)
    }
    let isPure = left.count { $0 > 0 } == 1
    return NodeSummary(
      weight: weight,
      count: leftCount,
      impurity: isPure ? 0 : max(0, impurity),
      value: left.count == 2 ? [left[1] / weight] : left.map { $0 / weight },
      totals: left,
      isPure: isPure
    )
  }

  mutating func begin(_ node: NodeSummary) { total = node.totals }

  mutating func restart() {
    for k in left.indices { left[k] = 0 }
    leftWeight = 0
    leftCount = 0
  }

  @inline(__always)
  mutating func take(_ payload: UInt32) {
    let row = Int(payload)
    let weight = sample.weights[row]
    left[Int(classes[row])] += weight
    leftWeight += weight
    leftCount &+= sample.count(row)
  }

  func merit(over best: Double) -> Double {
    var (l, r, right) = (0.0, 0.0, 0.0)
    for k in left.indices {
      let (a, b) = (left[k], total[k] - left[k])
      right += b
      l += term(a)
      r += term(b)
    }
    if usesEntropy { return (l - term(leftWeight)) + (r - term(right)) }
    return l / leftWeight + r / right
  }

  private func term(_ weight: Double) -> Double {
    if usesEntropy { return weight > 0 ? weight * Elementary.log2(weight) : 0 }
    return weight * weight
  }
}
