import ColophonMath

/// A loss at some coefficients, with what its derivatives are made of.
struct LossState: Sendable {
  /// Rows × outputs.
  var margins: [Double]
  var point: LossPoint
  /// The mean loss by each coefficient: outputs × columns.
  var slopes: [Double]
}

extension LinearDesign {
  /// A loss at some coefficients.
  ///
  /// One pass over dense rows: each block is centred once, and its margins, losses and part of the
  /// slopes are computed while it is near.
  func evaluated(_ coefficients: [Double], _ loss: some MarginLoss) -> LossState {
    let outputs = loss.outputs
    guard sparse == nil, denseWidth > 0 else {
      let margins = margins(coefficients, outputs: outputs)
      let point = loss.evaluate(margins, threads: threads)
      let slopes = gathered(point.slopes, outputs: outputs)
      return LossState(margins: margins, point: point, slopes: slopes)
    }
    let own = ownScale(coefficients)
    let count = outputs * denseWidth
    var margins = [Double](repeating: 0, count: rows * outputs)
    var slopes = margins
    var shapes = [Double](repeating: 0, count: rows * loss.shapes)
    let sums = margins.withUnsafeMutableBufferPointer { margins in
      slopes.withUnsafeMutableBufferPointer { slopes in
        shapes.withUnsafeMutableBufferPointer { shapes in
          guard let margins = margins.baseAddress, let slopes = slopes.baseAddress else {
            return [Double](repeating: 0, count: count + 1)
          }
          // A loss without shapes writes none.
          let all = LossPart(margins, slopes, shapes.baseAddress ?? slopes)
          return summed(count + 1) { range, values, target in
            let part = all.from(range.lowerBound, outputs: outputs, shapes: loss.shapes)
            multiply(range.count, values, own, outputs, part.margins)
            target[count] = loss.evaluate(range, part)
            gather(range.count, values, part.slopes, outputs, target)
          }
        }
      }
    }
    return LossState(
      margins: margins,
      point: LossPoint(value: sums[count], slopes: slopes, shapes: shapes),
      slopes: ownScale(Array(sums[..<count]))
    )
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
              MatrixProduct.gram(
                rows: range.count,
                columns: width,
                values,
                weights: UnsafePointer(weights),
                into: target + place * width * width
              )
            }
          }
        }
      }
    )
  }
}
