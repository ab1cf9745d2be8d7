/// Numbers of which most are zero: for each row the columns that are not, ascending.
///
/// Compressed by rows: row *i* holds the places `starts[i]..<starts[i + 1]` of `places` and
/// `values`.
package struct SparseRows: Hashable, Sendable {
  /// One for each column.
  package let names: [String]
  /// One for each row and one more; the first is 0.
  package let starts: [Int]
  /// The column of each number; ascending within a row.
  package let places: [Int32]
  /// Finite.
  package let values: [Double]

  package init(names: [String], starts: [Int], places: [Int32], values: [Double]) {
    precondition(
      starts.first == 0 && starts.last == places.count && places.count == values.count,
      "\(places.count) places and \(values.count) values for starts up to \(starts.last ?? -1)"
    )
    self.names = names
    self.starts = starts
    self.places = places
    self.values = values
  }

  /// Rows made one after another, each of pairs with ascending columns.
  package init(names: [String], rows: [[(place: Int32, value: Double)]]) {
    var starts = [0]
    starts.reserveCapacity(rows.count + 1)
    for row in rows { starts.append(starts[starts.count - 1] + row.count) }
    self.init(
      names: names,
      starts: starts,
      places: rows.flatMap { $0.map { $0.place } },
      values: rows.flatMap { $0.map { $0.value } }
    )
  }

  package var rows: Int { starts.count - 1 }
  package var columns: Int { names.count }

  /// The places of a row's numbers.
  package func range(_ row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

  /// Some rows, in the order given.
  package func selecting(_ rows: [Int]) -> SparseRows {
    var starts = [0]
    starts.reserveCapacity(rows.count + 1)
    var places: [Int32] = []
    var values: [Double] = []
    for row in rows {
      places += self.places[range(row)]
      values += self.values[range(row)]
      starts.append(places.count)
    }
    return SparseRows(names: names, starts: starts, places: places, values: values)
  }

  /// The columns of others beside these.
  package func joined(_ other: SparseRows) -> SparseRows {
    precondition(other.rows == rows, "\(other.rows) rows beside \(rows)")
    let shift = Int32(columns)
    return SparseRows(
      names: names + other.names,
      rows: (0..<rows).map { row in
        range(row).map { (places[$0], values[$0]) }
          + other.range(row).map { (other.places[$0] + shift, other.values[$0]) }
      }
    )
  }

  /// A number; 0 where the row holds none.
  package subscript(row: Int, column: Int) -> Double {
    for i in range(row) where places[i] == Int32(column) { return values[i] }
    return 0
  }

  /// Whether two rows hold the same numbers.
  func isEqual(_ first: Int, _ second: Int) -> Bool {
    places[range(first)].elementsEqual(places[range(second)])
      && values[range(first)].elementsEqual(values[range(second)])
  }

  /// A whole number for each row, equal for equal rows, in order of their first appearance.
  var rowKeys: [Int32] {
    var known: [[UInt64]: Int32] = [:]
    return (0..<rows).map { row in
      let key = range(row).flatMap { [UInt64(places[$0]), values[$0].bitPattern] }
      let next = Int32(known.count)
      let place = known[key] ?? next
      known[key] = place
      return place
    }
  }
}
