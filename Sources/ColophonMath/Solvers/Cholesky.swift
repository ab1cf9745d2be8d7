/// The lower triangular factor L of a symmetric positive definite matrix, A = L Lᵀ.
///
/// Columns are taken in blocks of 64: the diagonal block is factored by itself, the panel under it is
/// solved, and the rest loses the panel's product. Every element therefore subtracts its terms
/// block by block, in ascending order.
package struct Cholesky: Sendable {
  /// The matrix is not positive definite: a pivot was not above 0.
  package struct Failure: Error, Hashable, Sendable {
    /// The row, from 0, whose pivot failed.
    package let row: Int
    package init(row: Int) { self.row = row }
  }

  package let order: Int
  /// Row by row; zero above the diagonal.
  package private(set) var factor: [Double]
  private static let block = 64

  /// Factors the matrix; only its lower triangle is read.
  package init(_ matrix: Matrix) throws(Failure) {
    precondition(matrix.rows == matrix.columns, "\(matrix.rows) × \(matrix.columns)")
    order = matrix.rows
    factor = matrix.elements
    var start = 0
    while start < order {
      let end = min(start + Cholesky.block, order)
      try factorDiagonal(start, end)
      solvePanel(start, end)
      updateRest(start, end)
      start = end
    }
    for i in 0..<order {
      for j in i + 1..<max(order, i + 1) { factor[i * order + j] = 0 }
    }
  }

  private mutating func factorDiagonal(_ start: Int, _ end: Int) throws(Failure) {
    for j in start..<end {
      var pivot = factor[j * order + j]
      for k in start..<j {
        pivot.addProduct(-factor[j * order + k], factor[j * order + k])
      }
      guard pivot > 0, pivot.isFinite else { throw Failure(row: j) }
      let root = pivot.squareRoot()
      factor[j * order + j] = root
      for i in j + 1..<max(end, j + 1) {
        var sum = factor[i * order + j]
        for k in start..<j { sum.addProduct(-factor[i * order + k], factor[j * order + k]) }
        factor[i * order + j] = sum / root
      }
    }
  }

  private mutating func solvePanel(_ start: Int, _ end: Int) {
    let n = order
    factor.withUnsafeMutableBufferPointer { f in
      for i in end..<max(n, end) {
        for j in start..<end {
          var sum = f[i * n + j]
          for k in start..<j { sum.addProduct(-f[i * n + k], f[j * n + k]) }
          f[i * n + j] = sum / f[j * n + j]
        }
      }
    }
  }

  /// Subtracts the panel times its transpose, one block of columns at a time, below the diagonal.
  private mutating func updateRest(_ start: Int, _ end: Int) {
    let n = order
    var first = end
    while first < n {
      let last = min(first + Cholesky.block, n)
      let rows = panel(first..<n, start..<end)
      let columns = panel(first..<last, start..<end).transposed()
      let product = rows * columns
      let height = last - first
      factor.withUnsafeMutableBufferPointer { f in
        for i in first..<n {
          for j in first..<last {
            f[i * n + j] -= product.elements[(i - first) * height + j - first]
          }
        }
      }
      first = last
    }
  }

  private func panel(_ rows: Range<Int>, _ columns: Range<Int>) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(rows.count * columns.count)
    for i in rows {
      elements += factor[i * order + columns.lowerBound..<i * order + columns.upperBound]
    }
    return Matrix(rows: rows.count, columns: columns.count, elements: elements)
  }

  /// The solution of A x = b.
  package func solve(_ b: [Double]) -> [Double] { backward(forward(b)) }

  /// The solutions of A X = B, column by column.
  package func solve(_ b: Matrix) -> Matrix {
    var result = Matrix(rows: b.rows, columns: b.columns)
    for j in 0..<b.columns {
      for (i, x) in solve(b.column(j)).enumerated() { result[i, j] = x }
    }
    return result
  }

  /// The solution of L y = b.
  package func forward(_ b: [Double]) -> [Double] {
    precondition(b.count == order, "\(b.count) values for a matrix of order \(order)")
    var y = b
    for i in 0..<order {
      var sum = y[i]
      for k in 0..<i { sum.addProduct(-factor[i * order + k], y[k]) }
      y[i] = sum / factor[i * order + i]
    }
    return y
  }

  /// The solution of Lᵀ x = y.
  package func backward(_ y: [Double]) -> [Double] {
    var x = y
    for i in stride(from: order - 1, through: 0, by: -1) {
      let value = x[i] / factor[i * order + i]
      x[i] = value
      for k in 0..<i { x[k].addProduct(-factor[i * order + k], value) }
    }
    return x
  }

  /// log det A.
  package var logDeterminant: Double {
    2 * (0..<order).reduce(0) { $0 + Elementary.log(factor[$1 * order + $1]) }
  }

  /// A⁻¹.
  package var inverse: Matrix { solve(Matrix.identity(order)) }
}
