/// ½ r² of residuals up to ε, ε |r| − ½ ε² of larger ones (Huber, 1964), as a smooth loss.
///
/// Its curvature jumps at ±ε; Newton's steps still end after finitely many where the optimum is one
/// point (Qi and Sun, "A nonsmooth version of Newton's method", 1993). Elsewhere the interior point
/// method takes over (`BoxLoss`).
struct HuberLoss: MarginLoss {
  let targets: [Double]
  let shares: [Double]
  let epsilon: Double

  var outputs: Int { 1 }
  var shapes: Int { 1 }
  var slopeScale: Double { epsilon }

  func evaluate(_ range: Range<Int>, _ part: LossPart) -> Double {
    var value = 0.0
    targets.withUnsafeBufferPointer { targets in
      shares.withUnsafeBufferPointer { shares in
        for (i, row) in range.enumerated() {
          let error = part.margins[i] - targets[row]
          let slope = min(max(error, -epsilon), epsilon)
          value += shares[row] * (slope * error - 0.5 * slope * slope)
          part.slopes[i] = shares[row] * slope
          part.shapes[i] = error.magnitude <= epsilon ? shares[row] : 0
        }
      }
    }
    return value
  }

  func curvature(
    _ range: Range<Int>,
    _ shapes: UnsafeBufferPointer<Double>,
    _ first: Int,
    _ second: Int,
    into weights: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<range.count { weights[i] = shapes[i] }
  }

  func bend(_ directions: [Double], at point: LossPoint) -> [Double] {
    zip(directions, point.shapes).map { $0 * $1 }
  }

  func worstLead(_ margins: [Double]) -> Double? { nil }

  func thinned(to places: [Int], shares: [Double]) -> HuberLoss {
    HuberLoss(targets: places.map { targets[$0] }, shares: shares, epsilon: epsilon)
  }
}
