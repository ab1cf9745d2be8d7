/// What a dataset holds: its columns, and how its rows and classes fall to the splits.
package struct DatasetProfile: Hashable, Sendable {
  package struct Class: Hashable, Sendable {
    package var label: String
    package var count: Int
    /// In the splits' order; rows that belong to no split count above alone.
    package var bySplit: [Int]
  }

  package var rows: Int
  package var columns: [ColumnProfile]
  /// The rows of each split, in the splits' order.
  package var splits: [Int]
  package var classes: [Class]

  package init(_ dataset: Dataset) {
    rows = dataset.table.rowCount
    columns = dataset.table.columns.map { ColumnProfile($0) }
    let parts = Split.allCases.map { dataset.rows(of: $0) }
    splits = parts.map { $0.count }
    let all = dataset.classCounts(in: 0..<rows)
    let counts = parts.map { dataset.classCounts(in: $0) }
    classes = dataset.classes.indices.map { place in
      Class(
        label: dataset.classes[place],
        count: all[place],
        bySplit: counts.map { $0[place] }
      )
    }
  }

  /// The class of fewest rows and its share of all labelled rows; nil without classes.
  package var rarestClass: (label: String, share: Double)? {
    let labelled = classes.reduce(0) { $0 + $1.count }
    guard labelled > 0, let rarest = classes.min(by: { $0.count < $1.count }) else { return nil }
    return (rarest.label, Double(rarest.count) / Double(labelled))
  }
}
