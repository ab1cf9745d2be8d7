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
    let name = column.name.lowercased()
    let isNamed =
      name == "id" || name.hasSuffix("_id") || name.hasSuffix(" id") || column.name.hasSuffix("ID")
    // The cheap questions first: most columns of numbers need no sorting to be ruled out.
    if !isNamed, let values = column.numbers, !fillsRange(values, present) { return false }
    let distinct = column.distinctCount
    return isNamed && distinct * 10 >= present * 9 ? true : isEachOnce(column, distinct, present)
  }

  private func isEachOnce(_ column: Column, _ distinct: Int, _ present: Int) -> Bool {
    guard distinct == present else { return false }
    return column.numbers.map { fillsRange($0, present) } ?? true
  }

  /// Whether the numbers are whole and span as many steps of one as there are numbers.
  private func fillsRange(_ values: [Double], _ present: Int) -> Bool {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where !value.isNaN {
      if value != value.rounded() { return false }
      low = min(low, value)
      high = max(high, value)
    }
    return high - low == Double(present - 1)
  }
}
