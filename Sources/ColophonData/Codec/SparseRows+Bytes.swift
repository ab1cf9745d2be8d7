extension ByteWriter {
  /// The names, each row's length, the places within a row as steps, and the numbers.
  mutating func sparse(_ rows: SparseRows) {
    count(rows.columns)
    rows.names.forEach { text($0) }
    for row in 0..<rows.rows {
      count(rows.range(row).count)
      var last: Int32 = -1
      for i in rows.range(row) {
        count(Int(rows.places[i] - last - 1))
        last = rows.places[i]
      }
    }
    numbers(rows.values)
  }
}

extension ByteReader {
  /// What `ByteWriter.sparse` wrote for as many rows.
  mutating func sparse(rows: Int) throws(Damage) -> SparseRows {
    let width = try count(ofSize: 1)
    var names: [String] = []
    for _ in 0..<width { names.append(try text()) }
    var starts = [0]
    var places: [Int32] = []
    for _ in 0..<rows {
      let length = try count(ofSize: 1)
      var last = -1
      for _ in 0..<length {
        last += try count() + 1
        guard last < width else { throw damage }
        places.append(Int32(last))
      }
      starts.append(places.count)
    }
    let values = try numbers(places.count)
    guard values.allSatisfy({ $0.isFinite }) else { throw damage }
    return SparseRows(names: names, starts: starts, places: places, values: values)
  }
}
