/// ½ (y − m)².
struct SquaredLoss: MarginLoss {
  let targets: [Double]
  let shares: [Double]
  let slopeScale: Double

  init(targets: [Double], shares: [Double]) {
    self.targets = targets
    self.shares = shares
    var mean = 0.0
    var square = 0.0
    for (target, share) in zip(targets, shares) { mean += share * target }
    for (target, share) in zip(targets, shares) {
      square += share * (target - mean) * (target - mean)
    }
    let spread = square.squareRoot()
    slopeScale = spread > 0 ? spread : max(mean.magnitude, .leastNormalMagnitude)
  }

  var outputs: Int { 1 }
  var shapes: Int { 0 }
  var isQuadratic: Bool { true }

  func evaluate(_ range: Range<Int>, _ part: LossPart) -> Double {
    var value = 0.0
    targets.withUnsafeBufferPointer { targets in
      shares.withUnsafeBufferPointer { shares in
        for (i, row) in range.enumerated() {
          let error = part.margins[i] - targets[row]
          let slope = shares[row] * error
          part.slopes[i] = slope
          value += 0.5 * slope * error
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
    for (i, row) in range.enumerated() { weights[i] = shares[row] }
  }

  func bend(_ directions: [Double], at point: LossPoint) -> [Double] {
    zip(directions, shares).map { $0 * $1 }
  }

  func thinned(to places: [Int], shares: [Double]) -> SquaredLoss {
    SquaredLoss(targets: places.map { targets[$0] }, shares: shares)
  }
}
