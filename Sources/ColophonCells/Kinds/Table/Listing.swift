import ColophonCore
import ColophonData

/// Named columns of scalars: what a table prints and a plot draws, from a dataset or from values.
struct Listing: Hashable, Sendable {
  struct Column: Hashable, Sendable {
    var name: String
    /// Scalars; null where missing.
    var values: [Value]
    /// Of a column of dates their seconds since 1970, NaN where missing.
    var seconds: [Double]?
  }

  var columns: [Column]
  var rowCount: Int

  subscript(name: String) -> Column? { columns.first { $0.name == name } }

  /// The named columns of a dataset, or all, in its order.
  init(_ dataset: Dataset, columns names: [String]? = nil) {
    rowCount = dataset.table.rowCount
    columns = dataset.table.columns.filter { names?.contains($0.name) ?? true }.map { column in
      let isNumber = column.numbers != nil && !(column.type == .time && column.isCalendar)
      let values = (0..<column.count).map { row -> Value in
        if isNumber, let number = column.numbers?[row] {
          return number.isNaN ? .null : .number(number)
        }
        return column.text(row).map { .string($0) } ?? .null
      }
      let isDate = column.type == .time && column.isCalendar
      return Column(name: column.name, values: values, seconds: isDate ? column.numbers : nil)
    }
  }

  /// A value laid out as a table.
  ///
  /// A list of scalars has the columns `index` and `value`; a list of maps a column for each key; a
  /// map of scalars `name` and `value`; a map of maps `name` and a column for each inner key; a map
  /// of lists a column for each list; anything deeper its leaves as `name` and `value`.
  init(_ value: Value) {
    switch value {
    case .array(let items) where items.allSatisfy({ $0.isScalar }):
      self.init([("index", items.indices.map { .integer($0) }), ("value", items)])
    case .array(let items) where items.allSatisfy({ $0.isFlatMap }):
      self.init(maps: items.map { ($0, nil) })
    case .object(let members) where !members.isEmpty && members.values.allSatisfy({ $0.isFlatMap }):
      self.init(maps: sortedKeys(members).map { (members[$0] ?? .null, $0) })
    case .object(let members)
    where !members.isEmpty && members.values.allSatisfy({ $0.isFlatList }):
      self.init(sortedKeys(members).map { ($0, members[$0]?.asArray ?? []) })
    case .object, .array:
      let leaves = ValuePath.leaves(of: value)
      let found = leaves.map { leaf -> Value in
        // A leaf's path reads back by the same grammar that conditions use.
        guard let segments = try? Expression(parsing: "x.\(leaf)").paths.first?.path.segments
        else { return .null }
        return ValuePath.find(segments, in: value) ?? .null
      }
      self.init([("name", leaves.map { .string($0) }), ("value", found)])
    default: self.init([("value", [value])])
    }
  }

  private init(_ columns: [(String, [Value])]) {
    let count = columns.map { $0.1.count }.max() ?? 0
    rowCount = count
    self.columns = columns.map { name, values in
      Column(
        name: name,
        values: values + [Value](repeating: .null, count: count - values.count)
      )
    }
  }

  private init(maps: [(value: Value, name: String?)]) {
    let keys = Set(maps.flatMap { $0.value.asObject.map { Array($0.keys) } ?? [] })
      .sorted(by: scalarOrder)
    let names = maps.compactMap { $0.name.map { Value.string($0) } }
    self.init(
      (names.isEmpty ? [] : [("name", names)])
        + keys.map { key in (key, maps.map { $0.value[key] ?? .null }) }
    )
  }
}

private func sortedKeys(_ members: [String: Value]) -> [String] {
  members.keys.sorted(by: scalarOrder)
}

extension Value {
  fileprivate var isScalar: Bool { asArray == nil && asObject == nil }
  fileprivate var isFlatMap: Bool { asObject.map { $0.values.allSatisfy { $0.isScalar } } ?? false }
  fileprivate var isFlatList: Bool { asArray.map { $0.allSatisfy { $0.isScalar } } ?? false }

  /// The value as a person reads it.
  var plainText: String {
    switch self {
    case .string(let text): text
    case .null: ""
    default: canonicalText
    }
  }
}
