extension Matrix {
  /// The matrix with rows and columns exchanged.
  package func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows {
      for j in 0..<columns { result.elements[j * rows + i] = elements[i * columns + j] }
    }
    return result
  }

  /// The matrix product, each element in the order that `MatrixProduct` states.
  package static func * (left: Matrix, right: Matrix) -> Matrix {
    MatrixProduct.product(left, right)
  }

  /// The matrix times a column vector, in the order of the matrix product.
  package static func * (left: Matrix, right: [Double]) -> [Double] {
    MatrixProduct.product(left, right)
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
