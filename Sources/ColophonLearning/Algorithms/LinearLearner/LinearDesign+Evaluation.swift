import ColophonMath

/// A loss at some coefficients, with what its derivatives are made of.
struct LossState: Sendable {
  /// Rows × outputs; empty where they were not asked for.
  var margins: [Double]
  var point: LossPoint
  /// The mean loss by each coefficient: outputs × columns.
  var slopes: [Double]
}

extension LinearDesign {
  /// A loss at some coefficients, with its margins where they are asked for.
  func evaluated(
    _ coefficients: [Double],
    _ loss: some MarginLoss,
    margins: Bool = true
  ) -> LossState {
    evaluated(coefficients, loss, margins: margins, bending: false).state
  }

  /// A loss of one output and its curvature, columns × columns, in one pass; for dense designs.
  func bent(
    _ coefficients: [Double],
    _ loss: some MarginLoss,
    margins keepsMargins: Bool
  ) -> (state: LossState, curvature: [Double]) {
    precondition(loss.outputs == 1 && sparse == nil, "not one curvature")
    return evaluated(coefficients, loss, margins: keepsMargins, bending: true)
  }

  /// One pass over dense rows: each block is centred once, and its margins, losses and part of the
  /// slopes, and of the curvature where it is asked for, are computed while it is near.
  private func evaluated(
    _ coefficients: [Double],
    _ loss: some MarginLoss,
    margins keepsMargins: Bool,
    bending: Bool
  ) -> (state: LossState, curvature: [Double]) {
    let outputs = loss.outputs
    guard sparse == nil, denseWidth > 0 else {
      let margins = margins(coefficients, outputs: outputs)
      let point = loss.evaluate(margins, threads: threads)
      let slopes = gathered(point.slopes, outputs: outputs)
      return (LossState(margins: margins, point: point, slopes: slopes), [])
    }
    let scaled = ownScale(coefficients)
    let count = outputs * denseWidth
    let pairs = bending ? denseWidth * denseWidth : 0
    var margins = [Double](repeating: 0, count: keepsMargins ? rows * outputs : 0)
    // Written by the loss before anyone reads it.
    var shapes = [Double](unsafeUninitializedCapacity: rows * loss.shapes) {
      $1 = rows * loss.shapes
    }
    let sums = margins.withUnsafeMutableBufferPointer { margins in
      shapes.withUnsafeMutableBufferPointer { shapes in
        summed(count + 1 + pairs) { range, values, target in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * range.count * outputs) {
            let own = $0.baseAddress ?? target
            let part = LossPart(
              keepsMargins ? (margins.baseAddress ?? own) + range.lowerBound * outputs : own,
              own + range.count * outputs,
              (shapes.baseAddress ?? own) + (loss.shapes > 0 ? range.lowerBound * loss.shapes : 0)
            )
            multiply(range.count, values, scaled, outputs, part.margins)
            target[count] = loss.evaluate(range, part)
            gather(range.count, values, part.slopes, outputs, target)
            if bending { bend(range, values, loss, part.shapes, into: target + count + 1) }
          }
        }
      }
    }
    let state = LossState(
      margins: margins,
      point: LossPoint(value: sums[count], slopes: [], shapes: shapes),
      slopes: scaledSums(Array(sums[..<count]))
    )
    return (state, scaledPairs(Array(sums[(count + 1)...])))
  }

  /// The weighted products of a block's columns with each other.
  private func bend(
    _ range: Range<Int>,
    _ values: UnsafePointer<Double>,
    _ loss: some MarginLoss,
    _ shapes: UnsafePointer<Double>,
    into target: UnsafeMutablePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { weights in
      guard let weights = weights.baseAddress else { return }
      let own = UnsafeBufferPointer(start: shapes, count: range.count * loss.shapes)
      loss.curvature(range, own, 0, 0, into: weights)
      pair(range.count, values, weights, target)
    }
  }

  /// The second derivatives of a loss for each pair of outputs, the first at most the second:
  /// columns × columns each; for dense designs.
  func curvatures(_ loss: some MarginLoss, at point: LossPoint) -> [Double] {
    precondition(sparse == nil, "the products of sparse columns are not written down")
    let (width, outputs) = (denseWidth, loss.outputs)
    let pairs = (0..<outputs).flatMap { a in (a..<outputs).map { (a, $0) } }
    return scaledPairs(
      point.shapes.withUnsafeBufferPointer { shapes in
        summed(pairs.count * width * width) { range, values, target in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { weights in
            guard let weights = weights.baseAddress else { return }
            for (place, pair) in pairs.enumerated() {
              loss.curvature(
                range,
                UnsafeBufferPointer(rebasing: shapes.dropFirst(range.lowerBound * loss.shapes)),
                pair.0,
                pair.1,
                into: weights
              )
              self.pair(range.count, values, weights, target + place * width * width)
            }
          }
        }
      }
    )
  }
}
