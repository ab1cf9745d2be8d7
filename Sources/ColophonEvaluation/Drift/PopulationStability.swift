package import ColophonData
import ColophonMath

/// How far a distribution over bins has moved.
package enum PopulationStability {
  /// What a share of 0 counts as, so that its logarithm exists.
  static let floor = 1e-4

  /// The population stability index Σ (q - p) ln(q / p), over bins in order, of the shares p of the
  /// reference and q of the current counts; shares below 1e-4 count as that.
  ///
  /// 0 for equal shares; by custom below 0.1 is stable and above 0.25 a large shift. It is
  /// symmetric (Jeffreys' divergence). Nil where either has no rows.
  package static func index(_ reference: [Double], _ current: [Double]) -> Double? {
    precondition(reference.count == current.count, "\(reference.count), \(current.count) bins")
    let (before, after) = (reference.reduce(0, +), current.reduce(0, +))
    guard before > 0, after > 0 else { return nil }
    var sum = 0.0
    for (r, c) in zip(reference, current) {
      let p = max(r / before, floor)
      let q = max(c / after, floor)
      sum += (q - p) * Elementary.log(q / p)
    }
    return sum
  }
}

/// One column's shift between two sets of rows.
package struct ColumnDrift: Hashable, Sendable {
  /// The index above which a column has drifted far.
  package static let farBound = 0.25

  package var column: String
  /// The population stability index.
  package var index: Double

  /// The shift of each column that both datasets hold as the same type, in the order given.
  ///
  /// Numbers are counted in ten bins between the deciles of the old rows (fewer where deciles
  /// coincide), categories by level, and missing values in a bin of their own.
  package static func columns(
    _ names: [String],
    from old: Dataset,
    rows oldRows: [Int],
    to new: Dataset,
    rows newRows: [Int]
  ) -> [ColumnDrift] {
    names.compactMap { name in
      guard let before = old.table[name], let after = new.table[name],
        let counts = DriftPair(before, rows: oldRows, current: after, rows: newRows)?.counts,
        let index = PopulationStability.index(counts.reference, counts.current)
      else { return nil }
      return ColumnDrift(column: name, index: index)
    }
  }
}
