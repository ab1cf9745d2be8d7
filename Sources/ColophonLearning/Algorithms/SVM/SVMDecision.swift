import ColophonMath

/// The kernels of rows with a machine's vectors.
struct SVMDecision {
  let kernel: SVMKernel
  let count: Int
  private let points: PackedPoints

  init(kernel: SVMKernel, vectors: [Double], width: Int) {
    self.kernel = kernel
    count = vectors.count / max(width, 1)
    points = PackedPoints(vectors, width: width)
  }

  /// One row's kernels with all vectors.
  func kernels(_ row: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: points.paddedCount)
    values.withUnsafeMutableBufferPointer { values in
      guard let target = values.baseAddress else { return }
      kernel.evaluate(row, count: 1, against: points, into: target)
    }
    return Array(values[..<count])
  }

  /// Calls a body with each row's kernels, blocks of rows side by side.
  func each(
    of rows: [Double],
    threads: Int,
    _ body: @Sendable (_ row: Int, _ kernels: UnsafePointer<Double>) -> Void
  ) {
    let width = points.width
    let total = rows.count / max(width, 1)
    let block = 16
    Workers.share((total + block - 1) / block, among: threads) { index in
      let range = index * block..<min(total, (index + 1) * block)
      withUnsafeTemporaryAllocation(
        of: Double.self,
        capacity: max(1, block * points.paddedCount)
      ) { space in
        rows.withUnsafeBufferPointer { rows in
          guard let base = rows.baseAddress, let target = space.baseAddress else { return }
          kernel.evaluate(
            base + range.lowerBound * width,
            count: range.count,
            against: points,
            into: target
          )
          for (i, row) in range.enumerated() { body(row, target + i * points.paddedCount) }
        }
      }
    }
  }
}
