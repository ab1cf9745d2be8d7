/// Least squares by Householder's reflections with the columns pivoted: no normal equations, so
/// that the condition of the matrix isn't squared.
///
/// Columns that depend on earlier ones get a coefficient of 0 and are counted as missing rank. The
/// pivot is the column with the largest remaining norm, the left one where several are.
///
/// - SeeAlso: Businger and Golub, "Linear least squares solutions by Householder transformations",
///   1965.
package struct LeastSquares: Sendable {
  package let rank: Int
  private let rows: Int
  /// The reflected columns one after another: R on and above the diagonal, reflectors below.
  private let columns: [[Double]]
  private let scales: [Double]
  private let order: [Int]

  /// Factors the matrix.
  ///
  /// `tolerance`: a remaining norm below this share of the first is taken for 0.
  package init(_ matrix: Matrix, tolerance: Double = 1e-12) {
    rows = matrix.rows
    var columns = (0..<matrix.columns).map { matrix.column($0) }
    var scales = Array(repeating: 0.0, count: matrix.columns)
    var order = Array(0..<matrix.columns)
    var rank = 0
    var largest = 0.0
    while rank < min(matrix.rows, matrix.columns) {
      let norms = (rank..<columns.count).map { LeastSquares.norm(columns[$0][rank...]) }
      let best = norms.indices.reduce(0) { norms[$1] > norms[$0] ? $1 : $0 }
      if rank == 0 { largest = norms[best] }
      guard norms[best] > tolerance * largest else { break }
      columns.swapAt(rank, rank + best)
      order.swapAt(rank, rank + best)
      LeastSquares.reflect(&columns, &scales, at: rank, norm: norms[best])
      rank += 1
    }
    self.rank = rank
    self.columns = columns
    self.scales = scales
    self.order = order
  }

  /// Makes the reflector of one column and applies it to the columns right of it.
  private static func reflect(
    _ columns: inout [[Double]],
    _ scales: inout [Double],
    at k: Int,
    norm: Double
  ) {
    let head = columns[k][k]
    let target = head > 0 ? -norm : norm
    columns[k][k] = head - target
    let reflector = columns[k]
    // v·v / 2 = norm (norm + |head|), without the cancellation of computing it anew.
    let scale = 1 / (norm * (norm + abs(head)))
    for j in k + 1..<max(columns.count, k + 1) { apply(reflector, scale, to: &columns[j], from: k) }
    scales[k] = scale
    columns[k][k] = target
  }

  private static func apply(
    _ v: [Double],
    _ scale: Double,
    to x: inout [Double],
    from k: Int
  ) {
    var product = 0.0
    for i in k..<x.count { product.addProduct(v[i], x[i]) }
    product *= -scale
    for i in k..<x.count { x[i].addProduct(product, v[i]) }
  }

  private static func norm(_ x: ArraySlice<Double>) -> Double {
    let largest = x.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return largest }
    return largest * x.reduce(0) { $0.addingProduct($1 / largest, $1 / largest) }.squareRoot()
  }

  /// The coefficients x that minimise ‖A x − b‖, and that norm.
  package func solve(_ b: [Double]) -> (solution: [Double], residualNorm: Double) {
    precondition(b.count == rows, "\(b.count) values for \(rows) rows")
    var y = b
    for k in 0..<rank {
      var reflector = columns[k]
      // The reflector's head isn't kept: it is what R's diagonal was subtracted from.
      let target = columns[k][k]
      reflector[k] = -1 / (scales[k] * target)
      LeastSquares.apply(reflector, scales[k], to: &y, from: k)
    }
    var solution = Array(repeating: 0.0, count: columns.count)
    for i in stride(from: rank - 1, through: 0, by: -1) {
      var sum = y[i]
      for j in i + 1..<max(rank, i + 1) { sum.addProduct(-columns[j][i], solution[order[j]]) }
      solution[order[i]] = sum / columns[i][i]
    }
    return (solution, LeastSquares.norm(y[rank...]))
  }
}
