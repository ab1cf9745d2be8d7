import ColophonMath

/// The log loss of two classes, the margin being the log-odds of the positive one.
struct LogisticLoss: MarginLoss {
  let positives: [Bool]
  let shares: [Double]

  var outputs: Int { 1 }
  var shapes: Int { 1 }
  var slopeScale: Double { 1 }

  /// Both sides come from e = exp(−|m|), without cancellation.
  func evaluate(_ range: Range<Int>, _ part: LossPart) -> Double {
    let (own, logs, count) = (part.slopes, part.shapes, range.count)
    for i in 0..<count { own[i] = -part.margins[i].magnitude }
    let exponentials = UnsafeMutableBufferPointer(start: own, count: count)
    Elementary.Function.exp(UnsafeBufferPointer(exponentials), into: exponentials)
    Elementary.Function.log1p(
      UnsafeBufferPointer(exponentials),
      into: UnsafeMutableBufferPointer(start: logs, count: count)
    )
    var value = 0.0
    positives.withUnsafeBufferPointer { positives in
      shares.withUnsafeBufferPointer { shares in
        for (i, row) in range.enumerated() {
          let isPositive = positives[row]
          let margin = part.margins[i]
          let leads = isPositive == (margin > 0)
          value += shares[row] * ((leads ? 0 : margin.magnitude) + logs[i])
          let (e, total) = (own[i], 1 + own[i])
          let wrong = (leads ? e : 1) / total
          own[i] = shares[row] * (isPositive ? -wrong : wrong)
          logs[i] = shares[row] * (e / (total * total))
        }
      }
    }
    return value
  }

  func worstLead(_ margins: [Double]) -> Double? {
    var worst = Double.infinity
    for row in margins.indices {
      worst = min(worst, positives[row] ? margins[row] : -margins[row])
    }
    return margins.isEmpty ? nil : worst
  }

  func thinned(to places: [Int], shares: [Double]) -> LogisticLoss {
    LogisticLoss(positives: places.map { positives[$0] }, shares: shares)
  }
}
