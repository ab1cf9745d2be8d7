/// max(0, 1 − m)² of rows of the positive class, max(0, 1 + m)² of the others.
struct SquaredHingeLoss: MarginLoss {
  let positives: [Bool]
  let shares: [Double]

  var outputs: Int { 1 }
  var slopeScale: Double { 2 }

  func evaluate(_ margins: [Double]) -> LossPoint {
    var value = 0.0
    var slopes = margins
    var shapes = margins
    for row in margins.indices {
      let short = max(0, 1 - (positives[row] ? margins[row] : -margins[row]))
      value += shares[row] * short * short
      slopes[row] = 2 * shares[row] * (positives[row] ? -short : short)
      shapes[row] = short > 0 ? 2 * shares[row] : 0
    }
    return LossPoint(value: value, slopes: slopes, shapes: shapes)
  }

  func curvature(_ point: LossPoint, _ first: Int, _ second: Int) -> [Double] { point.shapes }

  func bend(_ directions: [Double], at point: LossPoint) -> [Double] {
    zip(directions, point.shapes).map { $0 * $1 }
  }

  func worstLead(_ margins: [Double]) -> Double? { nil }
}
