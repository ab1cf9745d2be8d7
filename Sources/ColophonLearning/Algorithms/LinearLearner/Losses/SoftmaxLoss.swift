import ColophonMath

/// The log loss of several classes, each with a margin of its own.
struct SoftmaxLoss: MarginLoss {
  /// Each row's class, below `outputs`.
  let labels: [Int]
  let shares: [Double]
  let outputs: Int

  var slopeScale: Double { 1 }

  func evaluate(_ margins: [Double]) -> LossPoint {
    var value = 0.0
    var slopes = margins
    var shapes = margins
    for row in labels.indices {
      let start = row * outputs
      let total = SoftmaxLoss.normalize(&shapes, start, outputs)
      value += shares[row] * (total - margins[start + labels[row]])
      for k in 0..<outputs {
        let target = k == labels[row] ? 1.0 : 0
        slopes[start + k] = shares[row] * (shapes[start + k] - target)
      }
    }
    return LossPoint(value: value, slopes: slopes, shapes: shapes)
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

  func curvature(_ point: LossPoint, _ first: Int, _ second: Int) -> [Double] {
    labels.indices.map { row in
      let p = point.shapes[row * outputs + first]
      let q = point.shapes[row * outputs + second]
      return shares[row] * (first == second ? p * (1 - p) : -p * q)
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
}
