import ColophonData
import ColophonMath

/// Weighted means and spreads of every column: sums in ascending order of rows within blocks of
/// 4,096 rows, then over the blocks in order.
///
/// One pass about the means of the first rows serves where these are near the columns' own, as in
/// rows that are not sorted; else a second one follows about the means (Chan, Golub and LeVeque,
/// "Algorithms for computing the sample variance", 1983, on shifted data).
struct ColumnMoments: Sendable {
  private(set) var means: [Double]
  /// Population standard deviations; exactly 0 for a column that does not vary.
  private(set) var deviations: [Double]
  private(set) var rootMeanSquares: [Double]

  init(means: [Double], deviations: [Double], rootMeanSquares: [Double]) {
    self.means = means
    self.deviations = deviations
    self.rootMeanSquares = rootMeanSquares
  }

  /// - Throws: `TrainingFault` where a number is not finite.
  init(_ matrix: FeatureMatrix, rows: [Int], shares: [Double], threads: Int = 1) throws {
    let scan = BlockScan(matrix, rows: rows, shares: shares, threads: threads)
    let dense = matrix.denseColumns
    let near = scan.firstMeans()
    let sums = scan.added(around: near)
    if !sums.allSatisfy({ $0.isFinite }) { try ColumnMoments.checkFinite(matrix, rows) }
    means = (0..<dense).map { near[$0] + sums[$0] }
    var variances = (0..<dense).map { max(0, sums[dense + $0] - sums[$0] * sums[$0]) }
    let others = sums.dropFirst(2 * dense)
    let isNear = (0..<dense).allSatisfy { sums[$0] * sums[$0] <= variances[$0] }
    if !isNear { variances = Array(scan.added(around: means)[dense..<2 * dense]) }
    deviations = zip(means, zip(variances, others)).map { mean, spread in
      ColumnMoments.deviation(spread.0, mean: mean, varies: spread.1 > 0)
    }
    rootMeanSquares = zip(means, deviations).map { ($0 * $0 + $1 * $1).squareRoot() }
    if let sparse = matrix.sparse { append(sparse, rows, shares) }
  }

  /// A spread below rounding is none: the column is constant but for its last bits.
  private static func deviation(_ variance: Double, mean: Double, varies: Bool) -> Double {
    let deviation = variance.squareRoot()
    return varies && deviation > 8 * mean.magnitude.ulp ? deviation : 0
  }

  private static func checkFinite(_ matrix: FeatureMatrix, _ rows: [Int]) throws {
    let dense = matrix.denseColumns
    for row in rows {
      for j in 0..<dense where !matrix.values[row * dense + j].isFinite {
        throw TrainingFault.notFinite(matrix.names[j], row: row, of: LinearLearner.name)
      }
    }
  }

  /// The same of sparse columns, whose rows without a number hold 0.
  private mutating func append(_ sparse: SparseRows, _ rows: [Int], _ shares: [Double]) {
    var (sums, squares, filled) = (
      [Double](repeating: 0, count: sparse.columns),
      [Double](repeating: 0, count: sparse.columns), [Double](repeating: 0, count: sparse.columns)
    )
    for (i, row) in rows.enumerated() {
      for place in sparse.range(row) {
        let (j, value) = (Int(sparse.places[place]), sparse.values[place])
        sums[j] += shares[i] * value
        squares[j] += shares[i] * value * value
        filled[j] += shares[i]
      }
    }
    var variances = [Double](repeating: 0, count: sparse.columns)
    for (i, row) in rows.enumerated() {
      for place in sparse.range(row) {
        let j = Int(sparse.places[place])
        let distance = sparse.values[place] - sums[j]
        variances[j] += shares[i] * distance * distance
      }
    }
    for j in sums.indices {
      let rest = max(0, 1 - filled[j]) * sums[j] * sums[j]
      means.append(sums[j])
      rootMeanSquares.append(squares[j].squareRoot())
      // A column of equal numbers in every row has nothing but rounding left.
      deviations.append(
        ColumnMoments.deviation(variances[j] + rest, mean: sums[j], varies: sums[j] != 0)
      )
    }
  }
}

/// Passes over the dense numbers in blocks of rows.
private struct BlockScan {
  let matrix: FeatureMatrix
  let rows: [Int]
  let shares: [Double]
  let threads: Int
  private static let block = 4_096

  init(_ matrix: FeatureMatrix, rows: [Int], shares: [Double], threads: Int) {
    self.matrix = matrix
    self.rows = rows
    self.shares = shares
    self.threads = threads
  }

  /// The columns' means over the first rows; of a column that they agree on, exactly that number.
  func firstMeans() -> [Double] {
    let some = rows.prefix(256)
    guard let first = some.first else { return [] }
    return (0..<matrix.denseColumns).map { j in
      func value(_ row: Int) -> Double { matrix.values[row * matrix.denseColumns + j] }
      if some.allSatisfy({ value($0) == value(first) }) { return value(first) }
      return some.reduce(0) { $0 + value($1) / Double(some.count) }
    }
  }

  /// By column Σ share · d, Σ share · d² for distances d from the centres, and in how many rows the
  /// number is not the first row's.
  func added(around centers: [Double]) -> [Double] {
    let width = matrix.denseColumns
    var total = [Double](repeating: 0, count: 3 * width)
    guard width > 0, let first = rows.first else { return total }
    let size = max(BlockScan.block, (rows.count + 255) / 256)
    let blocks = (rows.count + size - 1) / size
    var parts = [Double](repeating: 0, count: blocks * 3 * width)
    parts.withUnsafeMutableBufferPointer { parts in
      matrix.values.withUnsafeBufferPointer { values in
        shares.withUnsafeBufferPointer { shares in
          centers.withUnsafeBufferPointer { centers in
            guard let base = values.baseAddress, let target = parts.baseAddress,
              let shares = shares.baseAddress, let centers = centers.baseAddress
            else { return }
            Workers.share(blocks, among: threads) { block in
              var start = block * size
              let end = min(start + size, rows.count)
              while start < end {
                // Rows beside each other are taken at once.
                let isRun = rows[end - 1] - rows[start] == end - 1 - start
                let count = isRun ? end - start : 1
                Centring.addMoments(
                  rows: count,
                  columns: width,
                  base + rows[start] * width,
                  stride: width,
                  weights: shares + start,
                  centers: centers,
                  like: base + first * width,
                  to: target + block * 3 * width
                )
                start += count
              }
            }
            for block in 0..<blocks {
              for j in total.indices { total[j] += target[block * 3 * width + j] }
            }
          }
        }
      }
    }
    return total
  }
}
