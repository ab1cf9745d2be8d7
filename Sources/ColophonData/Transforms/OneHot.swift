package import ColophonCore

/// Writes a category as a column of 0 and 1 for each level of the training rows.
///
/// The columns are named `COLUMN=LEVEL` and stand where the category stood. A missing value, and a
/// level that training never saw, is 0 in all of them. As scikit-learn's `OneHotEncoder`, but that
/// missing values are no level of their own.
package struct OneHot: Transform {
  package enum Dropping: String, Codable, Hashable, Sendable, CaseIterable {
    case none
    case first
    case ifBinary = "if_binary"
  }

  package static let name = "one_hot"
  package static let summary = "A column of 0 and 1 for each level of a category."

  package var columns: ColumnChoice
  package var dropping: Dropping
  package var refusesUnknown: Bool

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice([.category], "The category columns; by default all.")
    let word = fields.choice(
      "drop",
      of: Dropping.allCases.map { $0.rawValue },
      default: Dropping.none.rawValue,
      "The level that gets no column, which then is what all others are compared to: none, the "
        + "first of each column, or the first of columns with two levels."
    )
    dropping = Dropping(rawValue: word) ?? .none
    refusesUnknown =
      fields.choice(
        "unknown",
        of: ["ignore", "error"],
        default: "ignore",
        "What a level that training never saw is: 0 in every column, or an error."
      ) == "error"
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    let faults = columns.faults(in: preview, of: [.category])
    let names = columns.names(in: preview, of: [.category])
    preview.families += names.map { "\($0)=" }
    // Of columns that aren't named only the type tells whether they will be gone.
    for name in names where columns.isByName || preview.types[name] == .category {
      preview.remove(name)
    }
    return faults
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> OneHotEncoded {
    var parts: [OneHotEncoded.Part] = []
    for place in try columns.places(in: training.dataset, of: [.category]) {
      let column = training.dataset.table.columns[place]
      let levels = training.levels(of: column)
      let dropsFirst = dropping == .first || (dropping == .ifBinary && levels.count == 2)
      parts.append(
        OneHotEncoded.Part(
          column: column.name,
          levels: levels,
          dropped: dropsFirst ? levels.first : nil
        )
      )
    }
    return OneHotEncoded(parts: parts, refusesUnknown: refusesUnknown)
  }
}

extension FittingRows {
  /// The levels of a category column that training rows have, in the column's order.
  func levels(of column: Column) -> [String] {
    guard case .categories(let codes, let levels) = column.storage else { return [] }
    let weights = weights(of: codes, levels: levels.count)
    return levels.indices.filter { weights[$0] > 0 }.map { levels[$0] }
  }
}

/// The levels of category columns.
package struct OneHotEncoded: FittedTransform {
  package static let name = OneHot.name

  /// One column's levels.
  package struct Part: Codable, Hashable, Sendable {
    package var column: String
    /// Those of the training rows, in their order.
    package var levels: [String]
    /// The one of them that gets no column.
    package var dropped: String?

    /// The levels that get a column.
    package var written: [String] { levels.filter { $0 != dropped } }
  }

  package var parts: [Part]
  package var refusesUnknown: Bool

  package var learned: [String: Value] {
    [
      "levels": .byColumn(
        parts.map { ($0.column, .array($0.levels.map { .string($0) })) }
      )
    ]
  }

  package var origins: [String: String] {
    parts.reduce(into: [:]) { all, part in
      for level in part.written { all["\(part.column)=\(level)"] = part.column }
    }
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var made = dataset
    for part in parts {
      let (codes, levels) = try dataset.categories(of: part.column)
      if refusesUnknown { try dataset.checkKnown(part.levels, of: part.column) }
      let columns = part.written.map { level -> Column in
        let code = levels.firstIndex(of: level).map { Int32($0) }
        return Column(
          name: "\(part.column)=\(level)",
          type: .numeric,
          storage: .numbers(codes.map { $0 == code ? 1 : 0 })
        )
      }
      try made.checkNew(columns.map { $0.name })
      made.replace(part.column, with: columns)
    }
    return made
  }

  package func notices(of dataset: Dataset) -> [TransformNotice] {
    parts.compactMap { part in
      part.levels.count == 1
        ? .oneLevel(part.column)
        : refusesUnknown ? nil : dataset.newLevels(of: part.column, beside: part.levels)
    }
  }
}

extension Dataset {
  /// Tells of rows whose level the training rows don't have; nil where there are none.
  func newLevels(of name: String, beside known: [String]) -> TransformNotice? {
    guard case .categories(let codes, let levels)? = table[name]?.storage else { return nil }
    let isNew = levels.map { !known.contains($0) }
    let rows = codes.indices.filter {
      codes[$0] >= 0 && isNew[Int(codes[$0])] && splits[$0] != nil
    }
    guard let first = rows.first else { return nil }
    return .newLevels(name, rows: rows.count, example: levels[Int(codes[first])])
  }

  /// - Throws: A fault at `columns` for the first rows whose level training never saw.
  func checkKnown(_ known: [String], of name: String) throws(DataFaults) {
    let (codes, levels) = try categories(of: name)
    let isNew = levels.map { !known.contains($0) }
    let rows = codes.indices.filter { codes[$0] >= 0 && isNew[Int(codes[$0])] }
    guard !rows.isEmpty else { return }
    throw DataFaults(
      rows.prefix(TextTable.shown).map {
        .newLevel(levels[Int(codes[$0])], of: name, row: $0 + 1, known: known)
      }
    )
  }
}
