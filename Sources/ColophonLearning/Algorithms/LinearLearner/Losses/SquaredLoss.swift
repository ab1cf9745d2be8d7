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
  var isQuadratic: Bool { true }

  func evaluate(_ margins: [Double]) -> LossPoint {
    var value = 0.0
    var slopes = margins
    for row in margins.indices {
      let error = margins[row] - targets[row]
      slopes[row] = shares[row] * error
      value += 0.5 * slopes[row] * error
    }
    return LossPoint(value: value, slopes: slopes, shapes: [])
  }

  func curvature(_ point: LossPoint, _ first: Int, _ second: Int) -> [Double] { shares }

  func bend(_ directions: [Double], at point: LossPoint) -> [Double] {
    zip(directions, shares).map { $0 * $1 }
  }

  func worstLead(_ margins: [Double]) -> Double? { nil }
}
