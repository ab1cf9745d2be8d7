package import ColophonData

/// The values at which a column's effect is looked at.
package enum FeatureGrid: Hashable, Sendable {
  /// Numbers, ascending.
  case numbers([Double])
  /// Levels, in the column's order.
  case levels([String])

  package var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .levels(let names): names.count
    }
  }

  /// The grid of a column over some rows; nil where the column has neither numbers nor levels, or
  /// none of the rows has a value.
  ///
  /// All distinct numbers where they are at most `limit`, else quantiles: of the sorted values of
  /// the rows those at i (n − 1) / (limit − 1), linear in between (Hyndman and Fan's type 7). Of levels
  /// those that occur, the most frequent `limit` where there are more.
  package init?(_ column: Column, rows: [Int], limit: Int) {
    switch column.storage {
    case .numbers(let values):
      let sorted = rows.map { values[$0] }.filter { $0.isFinite }.sorted()
      guard !sorted.isEmpty else { return nil }
      self = .numbers(FeatureGrid.quantiles(sorted, limit: limit))
    case .categories(let codes, let levels):
      var counts = [Int](repeating: 0, count: levels.count)
      for row in rows where codes[row] >= 0 { counts[Int(codes[row])] += 1 }
      let order = levels.indices.filter { counts[$0] > 0 }
        .sorted { (counts[$1], $0) < (counts[$0], $1) }
      guard !order.isEmpty else { return nil }
      self = .levels(order.prefix(limit).sorted().map { levels[$0] })
    case .texts, .sparse: return nil
    }
  }

  static func quantiles(_ sorted: [Double], limit: Int) -> [Double] {
    let distinct = sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }
    if distinct.count <= limit { return distinct.map { sorted[$0] } }
    var values: [Double] = []
    for i in 0..<limit {
      let value = quantile(sorted, Double(i) / Double(limit - 1))
      if value != values.last { values.append(value) }
    }
    return values
  }

  /// A quantile of ascending numbers, of type 7.
  package static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = min(Int(place), sorted.count - 1)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }

  /// The column with one value of the grid in every row.
  package func column(_ column: Column, at place: Int) -> Column {
    var made = column
    switch (self, column.storage) {
    case (.numbers(let values), .numbers(let old)):
      made.storage = .numbers([Double](repeating: values[place], count: old.count))
    case (.levels(let names), .categories(let codes, let levels)):
      let code = levels.firstIndex(of: names[place]) ?? -1
      made.storage = .categories(
        codes: [Int32](repeating: Int32(code), count: codes.count),
        levels: levels
      )
    default: preconditionFailure("a grid of another column than '\(column.name)'")
    }
    return made
  }
}
