/// The mean distance of a number from its weighted median.
///
/// A payload is the row's number. The targets of a node are ranked, and two Fenwick trees over the
/// ranks follow the weights and weighted targets of the left side, so that a side's median and its
/// distances cost O(log *n*). Sums are exact, as with `SquaredErrorScan`; the merit is the sum of
/// the distances, below 0.
///
/// - SeeAlso: Fenwick, "A new data structure for cumulative frequency tables", 1994.
struct AbsoluteErrorScan: SplitScan {
  private let sample: TreeSample
  private let targets: [Double]
  /// The weighted targets of the rows of the nodes that wait to be split, and their ranks within
  /// their nodes.
  private let terms: TreeBuffer
  private let ranks: TreeBuffer
  /// The node's targets on its own scale, ascending.
  private var values: [Double] = []
  private var all = Tally(count: 0)
  private var left = Tally(count: 0)
  private(set) var leftWeight = 0.0
  private(set) var leftCount = 0
  private var weight = 0.0

  init(_ sample: TreeSample, _ targets: [Double]) {
    self.sample = sample
    self.targets = targets
    terms = TreeBuffer(targets.count)
    ranks = TreeBuffer(targets.count)
  }

  mutating func summarise(
    _ rows: UnsafeBufferPointer<UInt32>,
    _ payloads: UnsafePointer<UInt32>
  ) -> NodeSummary {
    let sorted = rows.sorted { (targets[Int($0)], $0) < (targets[Int($1)], $1) }
    var (weight, count) = (0.0, 0)
    for row in rows {
      weight += sample.weights[Int(row)]
      count += sample.count(Int(row))
    }
    let (low, high) = (targets[Int(sorted[0])], targets[Int(sorted[sorted.count - 1])])
    guard low < high else {
      return NodeSummary(weight: weight, count: count, value: [low], totals: [0], isPure: true)
    }
    let scale = TargetScale(low, high)
    let (exact, whole) = (ExactSums(bound: weight), ExactSums(bound: max(1, weight)))
    // Of each rank: the target, then the weight, then the weighted target.
    var (heights, weights, sums) = ([Double](), [Double](), [Double]())
    var last = Double.nan
    for row in sorted {
      let t = whole.round(scale.scaled(self.targets[Int(row)]))
      let w = sample.weights[Int(row)]
      let term = exact.round(w * t)
      if t != last {
        heights.append(t)
        weights.append(0)
        sums.append(0)
        last = t
      }
      terms.base[Int(row)] = term
      ranks.base[Int(row)] = Double(heights.count - 1)
      weights[heights.count - 1] += w
      sums[heights.count - 1] += term
    }
    let middle = median(sorted, weight)
    let t = whole.round(scale.scaled(middle))
    var distances = 0.0
    for place in heights.indices { distances += (sums[place] - t * weights[place]).magnitude }
    return NodeSummary(
      weight: weight,
      count: count,
      impurity: distances / weight * scale.unit,
      value: [middle],
      totals: heights + weights + sums
    )
  }

  /// The weighted median; halfway where it lies between two targets.
  private func median(_ sorted: [UInt32], _ weight: Double) -> Double {
    var below = 0.0
    for (place, row) in sorted.enumerated() {
      below += sample.weights[Int(row)]
      if below > weight / 2 { return targets[Int(row)] }
      if below == weight / 2, place + 1 < sorted.count {
        return targets[Int(row)] / 2 + targets[Int(sorted[place + 1])] / 2
      }
    }
    return sorted.last.map { targets[Int($0)] } ?? 0
  }

  mutating func begin(_ node: NodeSummary) {
    let count = node.totals.count / 3
    values = Array(node.totals.prefix(count))
    all = Tally(count: count)
    for place in 0..<count {
      all.add(place, weight: node.totals[count + place], sum: node.totals[2 * count + place])
    }
    weight = node.weight
    restart()
  }

  mutating func restart() {
    left = Tally(count: values.count)
    (leftWeight, leftCount) = (0, 0)
  }

  mutating func take(_ payload: UInt32) {
    let row = Int(payload)
    left.add(Int(ranks.base[row]), weight: sample.weights[row], sum: terms.base[row])
    leftWeight += sample.weights[row]
    leftCount &+= sample.count(row)
  }

  func merit(over best: Double) -> Double {
    let none = Tally(count: 0)
    return
      -(distances(left, less: none, leftWeight)
      + distances(all, less: left, weight - leftWeight))
  }

  /// Σ w |y − median| of a side, which is what one tally holds more than another.
  private func distances(_ tally: Tally, less other: Tally, _ weight: Double) -> Double {
    var (place, below, sum) = (0, 0.0, 0.0)
    var step = values.isEmpty ? 0 : 1 << (Int.bitWidth - 1 - values.count.leadingZeroBitCount)
    while step > 0 {
      let next = place + step
      if next <= values.count {
        let more = tally.weights[next] - (other.weights.isEmpty ? 0 : other.weights[next])
        if below + more <= weight / 2 {
          place = next
          below += more
          sum += tally.sums[next] - (other.sums.isEmpty ? 0 : other.sums[next])
        }
      }
      step /= 2
    }
    // All weight below a half: nothing but the last rank is left.
    let middle = values[min(place, values.count - 1)]
    let total = tally.total - other.total
    return (middle * below - sum) + ((total - sum) - middle * (weight - below))
  }
}

/// Weights and sums by rank, with prefix sums in O(log *n*).
private struct Tally {
  /// Place i holds the ranks from i − (its lowest bit) + 1 to i, counted from 1.
  private(set) var weights: [Double]
  private(set) var sums: [Double]
  private(set) var total = 0.0

  init(count: Int) {
    weights = count == 0 ? [] : [Double](repeating: 0, count: count + 1)
    sums = weights
  }

  mutating func add(_ rank: Int, weight: Double, sum: Double) {
    var place = rank + 1
    while place < weights.count {
      weights[place] += weight
      sums[place] += sum
      place += place & -place
    }
    total += sum
  }
}
