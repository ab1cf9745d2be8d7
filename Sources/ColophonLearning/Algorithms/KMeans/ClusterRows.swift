import ColophonMath

/// The rows to be clustered, with what each counts, cut into blocks.
///
/// Blocks depend on the numbers of rows, clusters and features alone; what is summed over rows is
/// summed within blocks, rows ascending, and over blocks in their order.
package struct ClusterRows: Sendable {
  /// Row-major.
  let values: [Double]
  let width: Int
  let count: Int
  /// Nil where all weigh 1.
  let weights: [Double]?

  package init(_ values: [Double], width: Int, weights: [Double]?) {
    self.values = values
    self.width = width
    self.weights = weights
    count = width == 0 ? 0 : values.count / width
  }

  var totalWeight: Double { weights.map { $0.reduce(0, +) } ?? Double(count) }

  /// How many rows a block has: about a thousand, more where sums of that many blocks would take
  /// over 64 MB.
  func blockSize(clusters: Int) -> Int {
    let most = max(1, 8_000_000 / max(1, clusters * (width + 1)))
    return max(1_024, (count + most - 1) / most)
  }

  /// One row.
  func row(_ index: Int) -> ArraySlice<Double> { values[index * width..<(index + 1) * width] }

  /// The sum of a term of each row, by block; `term` yields a block's own sum.
  func sum(block size: Int, threads: Int, _ term: (Range<Int>) -> Double) -> Double {
    let blocks = (count + size - 1) / size
    var sums = [Double](repeating: 0, count: blocks)
    sums.withUnsafeMutableBufferPointer { sums in
      Workers.share(blocks, among: threads) { block in
        sums[block] = term(block * size..<min(count, (block + 1) * size))
      }
    }
    return sums.reduce(0, +)
  }

  /// The mean over features of their weighted variance.
  var meanVariance: Double {
    let total = totalWeight
    var means = [Double](repeating: 0, count: width)
    var squares = means
    for i in 0..<count {
      let weight = weights?[i] ?? 1
      for j in 0..<width { means[j] += weight * values[i * width + j] }
    }
    for j in 0..<width { means[j] /= total }
    for i in 0..<count {
      let weight = weights?[i] ?? 1
      for j in 0..<width {
        let difference = values[i * width + j] - means[j]
        squares[j] += weight * (difference * difference)
      }
    }
    return squares.reduce(0) { $0 + $1 / total } / Double(width)
  }
}
