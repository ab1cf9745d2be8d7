/// max(0, 1 − m)² of rows of the positive class, max(0, 1 + m)² of the others.
struct SquaredHingeLoss: MarginLoss {
  let positives: [Bool]
  let shares: [Double]

  var outputs: Int { 1 }
  var shapes: Int { 1 }
  var slopeScale: Double { 2 }

  func evaluate(_ range: Range<Int>, _ part: LossPart) -> Double {
    var value = 0.0
    positives.withUnsafeBufferPointer { positives in
      shares.withUnsafeBufferPointer { shares in
        for (i, row) in range.enumerated() {
          let margin = part.margins[i]
          let short = max(0, 1 - (positives[row] ? margin : -margin))
          value += shares[row] * short * short
          part.slopes[i] = 2 * shares[row] * (positives[row] ? -short : short)
          part.shapes[i] = short > 0 ? 2 * shares[row] : 0
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

  func thinned(to places: [Int], shares: [Double]) -> SquaredHingeLoss {
    SquaredHingeLoss(positives: places.map { positives[$0] }, shares: shares)
  }
}
