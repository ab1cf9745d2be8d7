extension Matrix {
  /// The matrix with rows and columns exchanged.
  package func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows {
      for j in 0..<columns { result.elements[j * rows + i] = elements[i * columns + j] }
    }
    return result
  }

  /// The matrix product; each element adds its terms in ascending order, one fused multiply-add a term.
  package static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columns == right.rows, "\(left.columns) columns times \(right.rows) rows")
    var result = Matrix(rows: left.rows, columns: right.columns)
    for i in 0..<left.rows {
      for j in 0..<right.columns {
        var sum = 0.0
        for k in 0..<left.columns { sum.addProduct(left[i, k], right[k, j]) }
        result[i, j] = sum
      }
    }
    return result
  }

  /// The matrix times a column vector, in the order of the matrix product.
  package static func * (left: Matrix, right: [Double]) -> [Double] {
    (left * Matrix(rows: right.count, columns: 1, elements: right)).elements
  }

  /// The sum, element by element.
  package static func + (left: Matrix, right: Matrix) -> Matrix {
    left.combined(with: right, by: +)
  }

  /// The difference, element by element.
  package static func - (left: Matrix, right: Matrix) -> Matrix {
    left.combined(with: right, by: -)
  }

  /// Every element times a factor.
  package static func * (factor: Double, right: Matrix) -> Matrix {
    right.map { factor * $0 }
  }

  /// The matrix of a function of each element.
  package func map(_ transform: (Double) -> Double) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: elements.map(transform))
  }

  private func combined(
    with other: Matrix,
    by operation: (Double, Double) -> Double
  ) -> Matrix {
    precondition(
      rows == other.rows && columns == other.columns,
      "\(rows) × \(columns) beside \(other.rows) × \(other.columns)"
    )
    var result = self
    for index in elements.indices {
      result.elements[index] = operation(elements[index], other.elements[index])
    }
    return result
  }
}
