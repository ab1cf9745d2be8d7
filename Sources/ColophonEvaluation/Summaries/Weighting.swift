/// How much each row counts in one sample.
struct Weighting: Sendable {
  /// One weight a row; nil where all weigh 1.
  var values: [Double]?

  @inline(__always)
  subscript(row: Int) -> Double {
    if let values { values[row] } else { 1 }
  }

  /// The sum of the weights.
  func total(_ count: Int) -> Double {
    guard let values else { return Double(count) }
    return values.withUnsafeBufferPointer { values in BlockSum.sum(count) { values[$0] } }
  }

  /// The sum of weight · term; a row of weight 0 adds nothing even where its term is infinite.
  @inline(__always)
  func sum(_ count: Int, _ term: (Int) -> Double) -> Double {
    guard let values else { return BlockSum.sum(count, term) }
    return values.withUnsafeBufferPointer { values in
      BlockSum.sum(count) { row in
        let weight = values[row]
        return weight == 0 ? 0 : weight * term(row)
      }
    }
  }
}
