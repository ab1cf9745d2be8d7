/// A dense matrix of `Double` whose rows lie one after another in memory.
///
/// ```swift
/// let a = Matrix([[1, 2], [3, 4]])
/// a[1, 0]              // 3
/// (a * a.transposed()) // [[5, 11], [11, 25]]
/// ```
package struct Matrix: Hashable, Sendable {
  /// How many rows there are.
  package let rows: Int
  /// How many columns there are.
  package let columns: Int
  /// The elements, row by row: element (i, j) is at `i * columns + j`.
  package var elements: [Double]

  /// Makes a matrix of one repeated value.
  package init(rows: Int, columns: Int, repeating value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) × \(columns)")
    self.rows = rows
    self.columns = columns
    elements = Array(repeating: value, count: rows * columns)
  }

  /// Makes a matrix of elements given row by row.
  package init(rows: Int, columns: Int, elements: [Double]) {
    precondition(
      elements.count == rows * columns,
      "\(elements.count) elements for a matrix of \(rows) × \(columns)"
    )
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// Makes a matrix of rows of equal length.
  package init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "the rows differ in length")
    self.init(rows: rows.count, columns: columns, elements: Array(rows.joined()))
  }

  /// Makes a square matrix with these values on its diagonal and zero elsewhere.
  package init(diagonal values: [Double]) {
    self.init(rows: values.count, columns: values.count)
    for (index, value) in values.enumerated() { self[index, index] = value }
  }

  /// The identity matrix of an order.
  package static func identity(_ order: Int) -> Matrix {
    Matrix(diagonal: Array(repeating: 1, count: order))
  }

  /// The element in a row and a column, both counted from 0.
  package subscript(row: Int, column: Int) -> Double {
    get {
      precondition(column >= 0 && column < columns, "column \(column) of \(columns)")
      return elements[row * columns + column]
    }
    set {
      precondition(column >= 0 && column < columns, "column \(column) of \(columns)")
      elements[row * columns + column] = newValue
    }
  }

  /// The elements of one row.
  package func row(_ index: Int) -> ArraySlice<Double> {
    elements[index * columns..<(index + 1) * columns]
  }

  /// The elements of one column.
  package func column(_ index: Int) -> [Double] {
    (0..<rows).map { self[$0, index] }
  }

  /// The elements on the diagonal.
  package var diagonal: [Double] {
    (0..<min(rows, columns)).map { self[$0, $0] }
  }
}
