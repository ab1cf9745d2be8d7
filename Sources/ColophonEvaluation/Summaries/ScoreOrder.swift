/// Rows in the order of a number they carry, ties marked; sorted once, walked for every resample.
struct ScoreOrder: Sendable {
  /// For each place in the order: row · 4 + (last of its tie ? 2 : 0) + (flagged ? 1 : 0).
  let places: [UInt32]

  /// Orders rows by `values`, highest first; ties stay in the rows' order.
  ///
  /// `flag` is what is remembered of each row, such as whether it is positive.
  static func descending(_ values: [Double], flag: (Int) -> Bool) -> ScoreOrder {
    ScoreOrder(RadixSort.sort(values.map { ~RadixSort.key($0) }), flag: flag)
  }

  /// Orders rows by `values`, lowest first; ties stay in the rows' order.
  static func ascending(_ values: [Double]) -> ScoreOrder {
    ScoreOrder(RadixSort.sort(values.map { RadixSort.key($0) }), flag: { _ in false })
  }

  private init(_ sorted: (keys: [UInt64], rows: [UInt32]), flag: (Int) -> Bool) {
    let (keys, rows) = sorted
    places = rows.indices.map { i in
      let isLast = i + 1 == keys.count || keys[i] != keys[i + 1]
      return rows[i] << 2 | (isLast ? 2 : 0) | (flag(Int(rows[i])) ? 1 : 0)
    }
  }

  /// The rows in order.
  var rows: [Int] { places.map { Int($0 >> 2) } }

  /// Visits each place in order with its row, whether it ends a tie, and its flag as 0 or 1.
  @inline(__always)
  func walk(_ visit: (_ row: Int, _ isLast: Bool, _ flag: Double) -> Void) {
    places.withUnsafeBufferPointer { places in
      for place in places {
        visit(Int(place >> 2), place & 2 != 0, Double(place & 1))
      }
    }
  }

  /// Visits each place in order with its row's weight, whether it ends a tie, and its flag.
  ///
  /// Whether there are weights is asked once and not at every row.
  @inline(__always)
  func walk(
    _ weighting: Weighting,
    _ visit: (_ weight: Double, _ isLast: Bool, _ flag: Double) -> Void
  ) {
    guard let values = weighting.values else {
      walk { _, isLast, flag in visit(1, isLast, flag) }
      return
    }
    precondition(values.count == places.count, "\(values.count) weights for \(places.count) rows")
    values.withUnsafeBufferPointer { values in
      walk { row, isLast, flag in visit(values[row], isLast, flag) }
    }
  }
}
