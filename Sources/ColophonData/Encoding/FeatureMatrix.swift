/// Numbers to learn from: a row for each example, a named column for each feature.
package struct FeatureMatrix: Hashable, Sendable {
  /// The features' names, such as `age` and `Contract=Two year`.
  package var names: [String]
  package var rows: Int
  package var columns: Int
  /// Row-major, `rows` × `columns`; NaN where missing and not imputed.
  package var values: [Double]

  package init(names: [String], rows: Int, values: [Double]) {
    precondition(
      values.count == rows * names.count,
      "\(values.count) values for \(rows) rows of \(names.count) features"
    )
    self.names = names
    self.rows = rows
    columns = names.count
    self.values = values
  }

  package subscript(row: Int, column: Int) -> Double { values[row * columns + column] }

  /// One example's numbers.
  package func row(_ index: Int) -> ArraySlice<Double> {
    values[index * columns..<(index + 1) * columns]
  }

  /// One feature's numbers.
  package func column(_ index: Int) -> [Double] {
    (0..<rows).map { values[$0 * columns + index] }
  }
}
