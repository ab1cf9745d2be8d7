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

  func thinned(to places: [Int], shares: [Double]) -> SquaredHingeLoss {
    SquaredHingeLoss(positives: places.map { positives[$0] }, shares: shares)
  }
}
