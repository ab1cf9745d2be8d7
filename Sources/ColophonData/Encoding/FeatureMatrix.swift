/// Numbers to learn from: a row for each example, a named column for each feature.
///
/// The first columns are dense. Where there are sparse ones, they stand after them; only an
/// algorithm that says so (`Algorithm.reads`) is ever given any. One that reads texts is given
/// texts instead of numbers.
package struct FeatureMatrix: Hashable, Sendable {
  /// The features' names, such as `age` and `Contract=Two year`, the sparse ones' last.
  package var names: [String]
  package var rows: Int
  package var columns: Int
  /// Row-major, `rows` × `denseColumns`; NaN where missing and not imputed.
  package var values: [Double]
  /// The columns after the dense ones; nil where all are dense.
  package var sparse: SparseRows?
  /// Each row's text; nil where the algorithm reads numbers.
  package var texts: [String?]?
  /// The rows' series, for an algorithm that forecasts; nil for all others.
  package var series: SeriesPanel?

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

  /// Dense columns with sparse ones after them; the names are of the dense ones.
  package init(names: [String], rows: Int, values: [Double], sparse: SparseRows) {
    self.init(names: names, rows: rows, values: values)
    precondition(sparse.rows == rows, "\(sparse.rows) sparse rows beside \(rows)")
    self.names += sparse.names
    columns += sparse.columns
    self.sparse = sparse
  }

  /// Texts alone.
  package init(texts: [String?]) {
    self.init(names: [], rows: texts.count, values: [])
    self.texts = texts
  }

  /// Rows of series alone.
  package init(series: SeriesPanel) {
    let width = series.covariates.count
    self.init(
      names: series.covariates.map { $0.name },
      rows: series.places.count,
      values: series.places.flatMap { place in
        series.series[place.series].covariates[place.row * width..<(place.row + 1) * width]
      }
    )
    self.series = series
  }

  /// How many columns stand in `values`.
  package var denseColumns: Int { columns - (sparse?.columns ?? 0) }

  package subscript(row: Int, column: Int) -> Double {
    let dense = denseColumns
    if let sparse, column >= dense { return sparse[row, column - dense] }
    return values[row * dense + column]
  }

  /// One example's dense numbers.
  package func row(_ index: Int) -> ArraySlice<Double> {
    let dense = denseColumns
    return values[index * dense..<(index + 1) * dense]
  }

  /// One feature's numbers.
  package func column(_ index: Int) -> [Double] { (0..<rows).map { self[$0, index] } }

  /// The most numbers that sparse columns are written out as, 400 MB of them.
  package static let denseLimit = 50_000_000

  /// The same numbers without sparse columns; nil where they would be more than `denseLimit`.
  package var densified: FeatureMatrix? {
    guard let sparse else { return self }
    guard rows == 0 || columns <= FeatureMatrix.denseLimit / rows else { return nil }
    let dense = denseColumns
    var all = [Double](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for j in 0..<dense { all[row * columns + j] = values[row * dense + j] }
      for i in sparse.range(row) {
        all[row * columns + dense + Int(sparse.places[i])] = sparse.values[i]
      }
    }
    return FeatureMatrix(names: names, rows: rows, values: all)
  }
}
