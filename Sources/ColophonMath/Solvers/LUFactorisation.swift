/// The triangular factors of a square matrix with its rows exchanged, P A = L U.
///
/// The pivot is the element of largest magnitude in its column, the upper one where several are.
/// Each element subtracts its terms in ascending order of the pivot.
package struct LUFactorisation: Sendable {
  /// A column had no pivot but 0.
  package struct Singular: Error, Hashable, Sendable {
    /// The column, from 0.
    package let column: Int
    package init(column: Int) { self.column = column }
  }

  package let order: Int
  /// L under the diagonal, whose own diagonal is 1, and U on it and above.
  private var elements: [Double]
  /// Which row of A stands in each row.
  private var rows: [Int]
  private var isOdd = false

  package init(_ matrix: Matrix) throws(Singular) {
    precondition(matrix.rows == matrix.columns, "\(matrix.rows) × \(matrix.columns)")
    order = matrix.rows
    elements = matrix.elements
    rows = Array(0..<order)
    for column in 0..<order { try eliminate(column) }
  }

  private mutating func eliminate(_ column: Int) throws(Singular) {
    let n = order
    var pivot = column
    for i in column..<n where abs(elements[i * n + column]) > abs(elements[pivot * n + column]) {
      pivot = i
    }
    let value = elements[pivot * n + column]
    guard value != 0, value.isFinite else { throw Singular(column: column) }
    if pivot != column {
      for j in 0..<n { elements.swapAt(pivot * n + j, column * n + j) }
      rows.swapAt(pivot, column)
      isOdd.toggle()
    }
    elements.withUnsafeMutableBufferPointer { e in
      for i in column + 1..<max(n, column + 1) {
        let factor = e[i * n + column] / value
        e[i * n + column] = factor
        if factor == 0 { continue }
        for j in column + 1..<n {
          e[i * n + j] = e[i * n + j].addingProduct(-factor, e[column * n + j])
        }
      }
    }
  }

  /// The solution of A x = b.
  package func solve(_ b: [Double]) -> [Double] {
    precondition(b.count == order, "\(b.count) values for a matrix of order \(order)")
    var x = rows.map { b[$0] }
    for i in 0..<order {
      for k in 0..<i { x[i].addProduct(-elements[i * order + k], x[k]) }
    }
    for i in stride(from: order - 1, through: 0, by: -1) {
      for k in i + 1..<max(order, i + 1) { x[i].addProduct(-elements[i * order + k], x[k]) }
      x[i] /= elements[i * order + i]
    }
    return x
  }

  /// The determinant of A.
  package var determinant: Double {
    (0..<order).reduce(isOdd ? -1 : 1) { $0 * elements[$1 * order + $1] }
  }
}
