/// What the values of a column mean.
package enum ColumnType: String, Codable, Hashable, Sendable, CaseIterable {
  case numeric
  case category
  case text
  case time
  case ignore
}

/// One named column of a table: a value for every row, or nothing.
package struct Column: Hashable, Sendable {
  /// A column's values, one for each row.
  package enum Storage: Hashable, Sendable {
    /// Numbers; NaN where missing. Also times, as seconds since 1970-01-01T00:00:00Z.
    case numbers([Double])
    /// Positions in `levels`; -1 where missing. Levels stand in numeric order where all are
    /// numbers, else by Unicode scalars, so that they don't depend on the rows' order.
    case categories(codes: [Int32], levels: [String])
    /// Texts; nil where missing.
    case texts([String?])
    /// Many numbers a row, most of them zero, such as the terms of a text.
    case sparse(SparseRows)
  }

  package var name: String
  package var type: ColumnType
  package var storage: Storage
  /// Whether the numbers of a time column are seconds since 1970; else they are plain numbers, such
  /// as years or steps, in a unit of the column's own.
  package var isCalendar: Bool

  package init(name: String, type: ColumnType, storage: Storage, isCalendar: Bool = true) {
    self.name = name
    self.type = type
    self.storage = storage
    self.isCalendar = isCalendar
  }

  /// The number of rows.
  package var count: Int {
    switch storage {
    case .numbers(let values): values.count
    case .categories(let codes, _): codes.count
    case .texts(let values): values.count
    case .sparse(let rows): rows.rows
    }
  }
}

/// Columns of equal length.
package struct Table: Hashable, Sendable {
  package var columns: [Column]
  /// The number of rows; kept apart, since a table may have no columns.
  package var rowCount: Int

  package init(columns: [Column], rowCount: Int) {
    precondition(
      columns.allSatisfy { $0.count == rowCount },
      "columns of \(columns.map { $0.count }) rows in a table of \(rowCount)"
    )
    self.columns = columns
    self.rowCount = rowCount
  }

  /// The column of that name.
  package subscript(name: String) -> Column? { columns.first { $0.name == name } }
}
