/// The variance of a number.
///
/// A payload is the row's number. Targets are taken about the middle of the node's own range and
/// rounded so that their sums are exact; the merit is (Σ w t)² / w, summed over both sides.
struct SquaredErrorScan: SplitScan {
  private let sample: TreeSample
  private let targets: [Double]
  /// The weighted targets of the rows of the nodes that wait to be split.
  private let terms: TreeBuffer
  private var total: (weight: Double, sum: Double) = (0, 0)
  private var leftSum = 0.0
  private(set) var leftWeight = 0.0
  private(set) var leftCount = 0

  init(_ sample: TreeSample, _ targets: [Double]) {
    self.sample = sample
    self.targets = targets
    terms = TreeBuffer(targets.count)
  }

  mutating func summarise(
    _ rows: UnsafeBufferPointer<UInt32>,
    _ payloads: UnsafePointer<UInt32>
  ) -> NodeSummary {
    var (low, high, weight, count) = (Double.infinity, -Double.infinity, 0.0, 0)
    for row in rows {
      let target = targets[Int(row)]
      low = min(low, target)
      high = max(high, target)
      weight += sample.weights[Int(row)]
      count += sample.count(Int(row))
    }
    guard low < high else {
      return NodeSummary(weight: weight, count: count, value: [low], totals: [0], isPure: true)
    }
    let scale = TargetScale(low, high)
    let exact = ExactSums(bound: weight)
    // Targets are rounded before they are weighted, so that a row of weight 2 is the row twice.
    let whole = ExactSums(bound: max(1, weight))
    var (sum, squares) = (0.0, 0.0)
    for row in rows {
      let t = scale.scaled(targets[Int(row)])
      let w = sample.weights[Int(row)]
      let term = exact.round(w * whole.round(t))
      terms.base[Int(row)] = term
      sum += term
      squares += exact.round(w * whole.round(t * t))
    }
    let mean = sum / weight
    return NodeSummary(
      weight: weight,
      count: count,
      impurity: max(0, squares / weight - mean * mean) * scale.unit * scale.unit,
      value: [scale.value(mean)],
      totals: [sum]
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

  @inline(__always)
  func merit(over best: Double) -> Double {
    let (w, rw) = (leftWeight, total.weight - leftWeight)
    let right = total.sum - leftSum
    return leftSum * leftSum / w + right * right / rw
  }
}

/// Brings the targets of a node between -1 and 1, by whole powers of two about their middle.
struct TargetScale {
  let middle: Double
  /// The power of two that a scaled target is divided by.
  let unit: Double
  private let factor: Double

  init(_ low: Double, _ high: Double) {
    middle = low / 2 + high / 2
    let reach = max(high - middle, middle - low)
    let exponent = min(max(reach > 0 ? Int(reach.exponent) + 1 : 0, -1_000), 1_000)
    unit = Double(sign: .plus, exponent: exponent, significand: 1)
    factor = 1 / unit
  }

  func scaled(_ target: Double) -> Double { (target - middle) * factor }
  func value(_ scaled: Double) -> Double { middle + scaled * unit }
}

/// A number for each row that is written before it is read.
final class TreeBuffer {
  let base: UnsafeMutablePointer<Double>

  init(_ count: Int) { base = .allocate(capacity: max(1, count)) }
  deinit { base.deallocate() }
}
