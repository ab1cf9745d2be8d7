extension Dataset {
  /// Features that differ in every row as an identifier does.
  ///
  /// Texts of a category that never repeat; whole numbers that never repeat and rise by one from row
  /// to row or fill a range; and columns called `id` or `…_id` of which nine in ten values differ.
  package var identifiers: [DataFinding] {
    features.filter { isIdentifier($0) }.map { .identifier(column: $0.name) }
  }

  private func isIdentifier(_ column: Column) -> Bool {
    let present = column.count - column.missingCount
    guard present >= 20 else { return false }
    let distinct = column.keys.count
    let name = column.name.lowercased()
    if name == "id" || name.hasSuffix("_id") || name.hasSuffix(" id") || column.name.hasSuffix("ID")
    {
      if distinct * 10 >= present * 9 { return true }
    }
    guard distinct == present else { return false }
    guard let values = column.numbers else { return true }
    let whole = values.filter { !$0.isNaN }
    guard whole.allSatisfy({ $0 == $0.rounded() }), let low = whole.min(), let high = whole.max()
    else { return false }
    return high - low == Double(present - 1)
  }
}
