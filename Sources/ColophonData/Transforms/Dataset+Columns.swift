extension Dataset {
  /// The numbers of a column that a fitted step needs.
  ///
  /// - Throws: A fault at `columns` where there is none of that name, or it holds no numbers.
  package func numbers(of name: String) throws(DataFaults) -> [Double] {
    let column = try column(named: name)
    guard column.type != .time, let values = column.numbers else {
      throw DataFaults(.stepColumnType(name, wasNumeric: true))
    }
    return values
  }

  /// The codes and levels of a category column that a fitted step needs.
  ///
  /// - Throws: A fault at `columns` where there is none of that name, or it holds no categories.
  package func categories(of name: String) throws(DataFaults) -> (codes: [Int32], levels: [String])
  {
    guard case .categories(let codes, let levels) = try column(named: name).storage else {
      throw DataFaults(.stepColumnType(name, wasNumeric: false))
    }
    return (codes, levels)
  }

  private func column(named name: String) throws(DataFaults) -> Column {
    if let column = table[name] { return column }
    throw DataFaults(
      .stepColumn(name, known: table.columns.map { $0.name }, field: "columns")
    )
  }

  /// Puts numbers in a column's place.
  package mutating func replace(_ name: String, with numbers: [Double]) {
    replace(name, with: [Column(name: name, type: .numeric, storage: .numbers(numbers))])
  }

  /// Puts columns in a column's place.
  package mutating func replace(_ name: String, with columns: [Column]) {
    guard let place = table.columns.firstIndex(where: { $0.name == name }) else { return }
    table.columns.replaceSubrange(place...place, with: columns)
  }

  /// Leaves a column out, where there is one of that name.
  package mutating func remove(_ name: String) { replace(name, with: [Column]()) }

  /// Adds columns after the last one.
  ///
  /// - Throws: A fault at `columns` where a name is taken.
  package mutating func append(_ columns: [Column]) throws(DataFaults) {
    try checkNew(columns.map { $0.name })
    table.columns += columns
  }

  /// - Throws: A fault at `columns` for each name that a column has already.
  package func checkNew(_ names: [String]) throws(DataFaults) {
    let known = Set(table.columns.map { $0.name })
    let taken = names.filter { known.contains($0) }
    if !taken.isEmpty { throw DataFaults(taken.map { .nameTaken($0) }) }
  }
}
