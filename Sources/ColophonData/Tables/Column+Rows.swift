extension Column {
  /// The column with some rows, in the order given; a row may come several times.
  package func taking(_ rows: [Int]) -> Column {
    var column = self
    switch storage {
    case .numbers(let values): column.storage = .numbers(rows.map { values[$0] })
    case .categories(let codes, let levels):
      column.storage = .categories(codes: rows.map { codes[$0] }, levels: levels)
    case .texts(let values): column.storage = .texts(rows.map { values[$0] })
    }
    return column
  }
}

extension Dataset {
  /// The dataset with some rows, in the order given; a row may come several times.
  package func taking(_ rows: [Int]) -> Dataset {
    var made = self
    made.table = Table(columns: table.columns.map { $0.taking(rows) }, rowCount: rows.count)
    made.splits = rows.map { splits[$0] }
    return made
  }
}
