import ColophonCore

extension Column {
  /// Whether a row has no value in the column.
  package func isMissing(_ row: Int) -> Bool {
    switch storage {
    case .numbers(let values): values[row].isNaN
    case .categories(let codes, _): codes[row] < 0
    case .texts(let values): values[row] == nil
    case .sparse: false
    }
  }

  /// A row's value as a person would read it; nil where missing.
  package func text(_ row: Int) -> String? {
    switch storage {
    case .numbers(let values):
      let value = values[row]
      if value.isNaN { return nil }
      return type == .time && isCalendar ? ISOTime.text(value) : shortestText(value)
    case .categories(let codes, let levels): return codes[row] < 0 ? nil : levels[Int(codes[row])]
    case .texts(let values): return values[row]
    case .sparse(let rows):
      return rows.range(row).map {
        "\(rows.names[Int(rows.places[$0])]) \(shortestText(rows.values[$0]))"
      }.joined(separator: ", ")
    }
  }

  /// How many rows have no value.
  package var missingCount: Int {
    switch storage {
    case .numbers(let values): values.reduce(0) { $0 + ($1.isNaN ? 1 : 0) }
    case .categories(let codes, _): codes.reduce(0) { $0 + ($1 < 0 ? 1 : 0) }
    case .texts(let values): values.reduce(0) { $0 + ($1 == nil ? 1 : 0) }
    case .sparse: 0
    }
  }

  /// The values, for columns of numbers and times; NaN where missing.
  package var numbers: [Double]? {
    if case .numbers(let values) = storage { values } else { nil }
  }

  /// A whole number for each row, equal for equal values; -1 where missing.
  ///
  /// Numbers are assigned in the values' order (numbers ascending, texts by Unicode scalars), so
  /// they don't depend on the rows' order.
  package var keys: (codes: [Int32], count: Int) {
    switch storage {
    case .categories(let codes, let levels): return (codes, levels.count)
    case .numbers(let values):
      let distinct = Array(Set(values.lazy.filter { !$0.isNaN })).sorted()
      let places = Dictionary(uniqueKeysWithValues: zip(distinct, Int32(0)...))
      return (values.map { places[$0] ?? -1 }, distinct.count)
    case .texts(let values):
      let distinct = Array(Set(values.lazy.compactMap { $0 })).sorted(by: scalarOrder)
      let places = Dictionary(uniqueKeysWithValues: zip(distinct, Int32(0)...))
      return (values.map { $0.flatMap { places[$0] } ?? -1 }, distinct.count)
    case .sparse(let rows):
      let keys = rows.rowKeys
      return (keys, Int((keys.max() ?? -1) + 1))
    }
  }
}

extension Column {
  /// How many different values there are.
  package var distinctCount: Int {
    switch storage {
    case .numbers(let values):
      let sorted = values.filter { !$0.isNaN }.sorted()
      return sorted.isEmpty
        ? 0 : 1 + zip(sorted, sorted.dropFirst()).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
    case .categories(let codes, let levels):
      var isSeen = [Bool](repeating: false, count: levels.count)
      for code in codes where code >= 0 { isSeen[Int(code)] = true }
      return isSeen.reduce(0) { $0 + ($1 ? 1 : 0) }
    case .texts(let values): return Set(values.lazy.compactMap { $0 }).count
    case .sparse(let rows): return Set(rows.rowKeys).count
    }
  }

  /// A word for each row, equal for equal values and for missing ones; cheaper than `keys`.
  package var words: [UInt64] {
    switch storage {
    case .numbers(let values):
      // Zero has two spellings and NaN many; each becomes one.
      return values.map { $0 == 0 ? 0 : $0.isNaN ? .max : $0.bitPattern }
    case .categories(let codes, _): return codes.map { UInt64(bitPattern: Int64($0)) }
    case .texts(let values):
      var places: [String: UInt64] = [:]
      return values.map { value in
        guard let value else { return .max }
        let next = UInt64(places.count)
        return places[value]
          ?? {
            places[value] = next
            return next
          }()
      }
    case .sparse(let rows): return rows.rowKeys.map { UInt64($0) }
    }
  }
}

/// Whether a text stands before another by Unicode scalars, which is the order of UTF-8 bytes.
package func scalarOrder(_ a: String, _ b: String) -> Bool {
  a.utf8.lexicographicallyPrecedes(b.utf8)
}
