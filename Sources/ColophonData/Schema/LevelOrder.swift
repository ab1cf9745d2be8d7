/// The order in which a column's levels stand, whatever the order of its rows.
enum LevelOrder {
  /// Numeric where every level is a number (equal ones by their text), else by Unicode scalars.
  static func sorted(_ levels: [String]) -> [String] {
    let parser = DecimalParser()
    let numbers = levels.compactMap { parser.parse($0) }
    guard numbers.count == levels.count else { return levels.sorted(by: scalarOrder) }
    return zip(numbers, levels).sorted { a, b in
      a.0 == b.0 ? scalarOrder(a.1, b.1) : a.0 < b.0
    }.map { $0.1 }
  }

  /// A category column's storage with its levels put in order.
  static func storage(codes: [Int32], levels: [String]) -> Column.Storage {
    let order = sorted(levels)
    let places = Dictionary(uniqueKeysWithValues: zip(order, Int32(0)...))
    let map = levels.map { places[$0] ?? -1 }
    return .categories(codes: codes.map { $0 < 0 ? -1 : map[Int($0)] }, levels: order)
  }
}
