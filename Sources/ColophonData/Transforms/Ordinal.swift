package import ColophonCore

/// Writes a category as the position of its level, from 0.
///
/// The levels are those of the training rows in the column's order, or the author's. A level that
/// is none of them is missing, as a missing value is. As scikit-learn's `OrdinalEncoder`.
package struct Ordinal: Transform {
  package static let name = "ordinal"
  package static let summary = "A category as its level's position, from 0."

  package var columns: ColumnChoice
  /// Levels in the author's order, by column.
  package var categories: [String: [String]]
  package var refusesUnknown: Bool

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice([.category], "The category columns; by default all.")
    let read = fields.map(
      "categories",
      of: .list(.string),
      "For a column the order of its levels, such as size: [S, M, L]; else that of the column."
    ) { fields, entry -> [String]? in
      guard let items = entry.value.items, items.allSatisfy({ $0.isScalar }) else {
        fields.report(.wrongType(entry.key, expected: "a list of levels", found: entry.value))
        return nil
      }
      return items.map { $0.text }
    }
    categories = Dictionary(read.map { ($0.key.value, $0.value) }) { first, _ in first }
    refusesUnknown =
      fields.choice(
        "unknown",
        of: ["missing", "error"],
        default: "missing",
        "What a level that is not among those known becomes: missing, or an error."
      ) == "error"
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    var faults = columns.faults(in: preview, of: [.category])
    let names = columns.names(in: preview, of: [.category])
    for name in categories.keys.sorted(by: scalarOrder) where !names.contains(name) {
      faults.append(.stepColumn(name, known: names, field: "categories.\(name)"))
    }
    if columns != .all { for name in names { preview.types[name] = .numeric } }
    return faults
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> OrdinalEncoded {
    let places = try columns.places(in: training.dataset, of: [.category])
    let chosen = places.map { training.dataset.table.columns[$0] }
    let names = chosen.map { $0.name }
    let strangers = categories.keys.sorted(by: scalarOrder).filter { !names.contains($0) }
    if !strangers.isEmpty {
      throw DataFaults(
        strangers.map { .stepColumn($0, known: names, field: "categories.\($0)") }
      )
    }
    return OrdinalEncoded(
      parts: chosen.map { column in
        OrdinalEncoded.Part(
          column: column.name,
          levels: categories[column.name] ?? training.levels(of: column)
        )
      },
      refusesUnknown: refusesUnknown
    )
  }
}

/// The levels of category columns in their order.
package struct OrdinalEncoded: FittedTransform {
  package static let name = Ordinal.name

  /// One column's levels; a level's position is its number.
  package struct Part: Codable, Hashable, Sendable {
    package var column: String
    package var levels: [String]
  }

  package var parts: [Part]
  package var refusesUnknown: Bool

  package var learned: [String: Value] {
    [
      "levels": .byColumn(parts.map { ($0.column, .array($0.levels.map { .string($0) })) })
    ]
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var made = dataset
    for part in parts {
      let (codes, levels) = try dataset.categories(of: part.column)
      if refusesUnknown { try dataset.checkKnown(part.levels, of: part.column) }
      let numbers = levels.map { level in
        part.levels.firstIndex(of: level).map { Double($0) } ?? .nan
      }
      made.replace(part.column, with: codes.map { $0 < 0 ? .nan : numbers[Int($0)] })
    }
    return made
  }

  package func notices(of dataset: Dataset) -> [TransformNotice] {
    parts.compactMap { part in
      refusesUnknown ? nil : dataset.newLevels(of: part.column, beside: part.levels)
    }
  }
}
