import ColophonMath

/// The log loss of two classes, the margin being the log-odds of the positive one.
struct LogisticLoss: MarginLoss {
  let positives: [Bool]
  let shares: [Double]
  let threads: Int

  init(positives: [Bool], shares: [Double], threads: Int = 1) {
    self.positives = positives
    self.shares = shares
    self.threads = threads
  }

  var outputs: Int { 1 }
  var slopeScale: Double { 1 }

  /// Rows to a block; the losses of a block are added up in order, then the blocks'.
  private static let block = 4_096

  func evaluate(_ margins: [Double]) -> LossPoint {
    let blocks = (margins.count + LogisticLoss.block - 1) / LogisticLoss.block
    var values = [Double](repeating: 0, count: blocks)
    var slopes = [Double](repeating: 0, count: margins.count)
    var shapes = slopes
    margins.withUnsafeBufferPointer { margins in
      slopes.withUnsafeMutableBufferPointer { slopes in
        shapes.withUnsafeMutableBufferPointer { shapes in
          values.withUnsafeMutableBufferPointer { values in
            Workers.share(blocks, among: threads) { index in
              let start = index * LogisticLoss.block
              let range = start..<min(start + LogisticLoss.block, margins.count)
              values[index] = block(range, margins, slopes, shapes)
            }
          }
        }
      }
    }
    return LossPoint(value: values.reduce(0, +), slopes: slopes, shapes: shapes)
  }

  /// A block's losses; both sides come from e = exp(−|m|), without cancellation.
  private func block(
    _ range: Range<Int>,
    _ margins: UnsafeBufferPointer<Double>,
    _ slopes: UnsafeMutableBufferPointer<Double>,
    _ shapes: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let own = UnsafeMutableBufferPointer(rebasing: slopes[range])
    let logs = UnsafeMutableBufferPointer(rebasing: shapes[range])
    for (i, row) in range.enumerated() { own[i] = -margins[row].magnitude }
    Elementary.Function.exp(UnsafeBufferPointer(own), into: own)
    Elementary.Function.log1p(UnsafeBufferPointer(own), into: logs)
    var value = 0.0
    positives.withUnsafeBufferPointer { positives in
      shares.withUnsafeBufferPointer { shares in
        for (i, row) in range.enumerated() {
          let isPositive = positives[row]
          let margin = margins[row]
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

  func curvature(_ point: LossPoint, _ first: Int, _ second: Int) -> [Double] { point.shapes }

  func bend(_ directions: [Double], at point: LossPoint) -> [Double] {
    zip(directions, point.shapes).map { $0 * $1 }
  }

  func worstLead(_ margins: [Double]) -> Double? {
    var worst = Double.infinity
    for row in margins.indices {
      worst = min(worst, positives[row] ? margins[row] : -margins[row])
    }
    return margins.isEmpty ? nil : worst
  }
}
