/// Sums whose error does not grow with the number of rows, in one order on every machine.
///
/// Rows are taken in blocks of 256. Within a block, lane j of 4 adds the rows at positions
/// j, j + 4, j + 8 … of the block in ascending order; the lanes are joined as
/// (0 + 1) + (2 + 3), and block sums are added in order with Neumaier's compensation (1974). The
/// order depends on the number of rows alone. The relative error for terms of one sign is below
/// 1e-14.
enum BlockSum {
  static let block = 256

  /// The sum of `term(0)` to `term(count - 1)`.
  @inline(__always)
  static func sum(_ count: Int, _ term: (Int) -> Double) -> Double {
    var total = CompensatedSum()
    var start = 0
    while start < count {
      let end = min(start + block, count)
      var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
      var row = start
      while row + 4 <= end {
        a += term(row)
        b += term(row + 1)
        c += term(row + 2)
        d += term(row + 3)
        row += 4
      }
      if row < end { a += term(row) }
      if row + 1 < end { b += term(row + 1) }
      if row + 2 < end { c += term(row + 2) }
      total.add((a + b) + (c + d))
      start = end
    }
    return total.value
  }
}

/// A running sum that carries what rounding lost (Neumaier, 1974).
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  @inline(__always)
  mutating func add(_ term: Double) {
    let next = sum + term
    lost += sum.magnitude >= term.magnitude ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  /// The sum; infinite where a term was.
  var value: Double { sum.isFinite ? sum + lost : sum }
}
