import ColophonMath

/// The log loss of several classes, each with a margin of its own.
struct SoftmaxLoss: MarginLoss {
  /// Each row's class, below `outputs`.
  let labels: [Int]
  let shares: [Double]
  let outputs: Int

  var shapes: Int { outputs }
  var slopeScale: Double { 1 }

  func evaluate(_ range: Range<Int>, _ part: LossPart) -> Double {
    let (shapes, count) = (part.shapes, range.count)
    var value = 0.0
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { scratch in
      guard let tops = scratch.baseAddress else { return }
      let logs = UnsafeMutableBufferPointer(start: tops + count, count: count)
      for i in 0..<count {
        let start = i * outputs
        var top = part.margins[start]
        for k in 1..<outputs { top = max(top, part.margins[start + k]) }
        for k in 0..<outputs { shapes[start + k] = part.margins[start + k] - top }
        tops[i] = top
      }
      let all = UnsafeMutableBufferPointer(start: shapes, count: count * outputs)
      Elementary.Function.exp(UnsafeBufferPointer(all), into: all)
      for i in 0..<count {
        var sum = 0.0
        for k in 0..<outputs { sum += shapes[i * outputs + k] }
        for k in 0..<outputs { shapes[i * outputs + k] /= sum }
        logs[i] = sum
      }
      Elementary.Function.log(UnsafeBufferPointer(logs), into: logs)
      for (i, row) in range.enumerated() {
        let (start, share, label) = (i * outputs, shares[row], labels[row])
        value += share * (tops[i] + logs[i] - part.margins[start + label])
        for k in 0..<outputs {
          part.slopes[start + k] = share * (shapes[start + k] - (k == label ? 1 : 0))
        }
      }
    }
    return value
  }

  /// Turns a row's margins into probabilities; returns the logarithm of the sum of exponentials.
  @discardableResult
  static func normalize(_ margins: inout [Double], _ start: Int, _ outputs: Int) -> Double {
    var top = margins[start]
    for k in 1..<outputs { top = max(top, margins[start + k]) }
    var sum = 0.0
    for k in 0..<outputs {
      margins[start + k] = Elementary.exp(margins[start + k] - top)
      sum += margins[start + k]
    }
    for k in 0..<outputs { margins[start + k] /= sum }
    return top + Elementary.log(sum)
  }

  func curvature(
    _ range: Range<Int>,
    _ shapes: UnsafeBufferPointer<Double>,
    _ first: Int,
    _ second: Int,
    into weights: UnsafeMutablePointer<Double>
  ) {
    for (i, row) in range.enumerated() {
      let (p, q) = (shapes[i * outputs + first], shapes[i * outputs + second])
      weights[i] = shares[row] * (first == second ? p * (1 - p) : -p * q)
    }
  }

  func bend(_ directions: [Double], at point: LossPoint) -> [Double] {
    var bent = directions
    for row in labels.indices {
      let start = row * outputs
      var mean = 0.0
      for k in 0..<outputs { mean += point.shapes[start + k] * directions[start + k] }
      for k in 0..<outputs {
        bent[start + k] = shares[row] * point.shapes[start + k] * (directions[start + k] - mean)
      }
    }
    return bent
  }

  func worstLead(_ margins: [Double]) -> Double? {
    labels.indices.lazy.map { row in
      let own = margins[row * outputs + labels[row]]
      var lead = Double.infinity
      for k in 0..<outputs where k != labels[row] {
        lead = min(lead, own - margins[row * outputs + k])
      }
      return lead
    }.min()
  }

  func thinned(to places: [Int], shares: [Double]) -> SoftmaxLoss {
    SoftmaxLoss(labels: places.map { labels[$0] }, shares: shares, outputs: outputs)
  }
}
