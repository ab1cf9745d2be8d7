/// What a column holds, in a few numbers.
package struct ColumnProfile: Hashable, Sendable {
  package struct Level: Hashable, Sendable {
    package var label: String
    package var count: Int

    package init(_ label: String, _ count: Int) {
      self.label = label
      self.count = count
    }
  }

  package var name: String
  package var type: ColumnType
  /// Rows that have a value.
  package var count: Int
  package var missing: Int
  package var distinct: Int
  /// For numbers and times.
  package var numbers: NumberSummary?
  /// The most frequent values of a category or text column, most first, equal ones by their text.
  package var levels: [Level]

  /// How many of the most frequent values are kept.
  package static let shown = 10

  package init(_ column: Column) {
    name = column.name
    type = column.type
    missing = column.missingCount
    count = column.count - missing
    if let values = column.numbers {
      numbers = NumberSummary(values)
      distinct = numbers?.distinct ?? 0
      levels = []
      return
    }
    let counts = ColumnProfile.counts(column)
    distinct = counts.count
    levels = []
    for level in counts {
      // Kept in order by insertion, since all but a few levels belong to no top ten.
      let place = levels.firstIndex { ColumnProfile.isBefore(level, $0) } ?? levels.count
      guard place < ColumnProfile.shown else { continue }
      levels.insert(level, at: place)
      if levels.count > ColumnProfile.shown { levels.removeLast() }
    }
  }

  private static func isBefore(_ a: Level, _ b: Level) -> Bool {
    a.count != b.count ? a.count > b.count : scalarOrder(a.label, b.label)
  }

  /// Each value (each column, of sparse rows) with its number of rows, in any order.
  private static func counts(_ column: Column) -> [Level] {
    switch column.storage {
    case .numbers: return []
    case .categories(let codes, let labels):
      var counts = [Int](repeating: 0, count: labels.count)
      for code in codes where code >= 0 { counts[Int(code)] += 1 }
      return zip(labels, counts).filter { $0.1 > 0 }.map { Level($0.0, $0.1) }
    case .texts(let values):
      var counts: [String: Int] = [:]
      for case let value? in values { counts[value, default: 0] += 1 }
      return counts.map { Level($0.key, $0.value) }
    case .sparse(let rows):
      var counts = [Int](repeating: 0, count: rows.columns)
      for place in rows.places { counts[Int(place)] += 1 }
      return zip(rows.names, counts).filter { $0.1 > 0 }.map { Level($0.0, $0.1) }
    }
  }
}
