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
    let keys = column.keys
    if let values = column.numbers {
      numbers = NumberSummary(values)
      distinct = keys.count
      levels = []
      return
    }
    var counts = [Int](repeating: 0, count: keys.count)
    var first = [Int](repeating: 0, count: keys.count)
    for (row, code) in keys.codes.enumerated() where code >= 0 {
      if counts[Int(code)] == 0 { first[Int(code)] = row }
      counts[Int(code)] += 1
    }
    distinct = counts.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    let order = counts.indices.filter { counts[$0] > 0 }.sorted {
      (-counts[$0], $0) < (-counts[$1], $1)
    }
    levels = order.prefix(ColumnProfile.shown).map {
      Level(column.text(first[$0]) ?? "", counts[$0])
    }
  }
}
