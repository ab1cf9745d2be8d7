/// What each feature adds to what a model says of each row: rows that add up.
///
/// For every row and output, `base` and the row's values sum to the explained number.
package struct Attributions: Hashable, Sendable {
  package let rows: Int
  package let outputs: Int
  package let features: Int
  /// What is said where nothing is known of a row; one for each output.
  package let base: [Double]
  /// Rows × outputs × features.
  package let values: [Double]

  package init(rows: Int, outputs: Int, features: Int, base: [Double], values: [Double]) {
    precondition(
      base.count == outputs && values.count == rows * outputs * features,
      "\(values.count) attributions for \(rows) × \(outputs) × \(features)"
    )
    self.rows = rows
    self.outputs = outputs
    self.features = features
    self.base = base
    self.values = values
  }

  package subscript(row: Int, output: Int, feature: Int) -> Double {
    values[(row * outputs + output) * features + feature]
  }

  /// A row's values for an output.
  package func row(_ row: Int, output: Int) -> ArraySlice<Double> {
    let start = (row * outputs + output) * features
    return values[start..<start + features]
  }

  /// What the base and a row's values add up to, features ascending.
  package func total(_ row: Int, output: Int) -> Double {
    base[output] + self.row(row, output: output).reduce(0, +)
  }

  /// The mean size of a feature's values over the rows, ascending; 0 for no rows.
  package func meanSize(output: Int, feature: Int) -> Double {
    guard rows > 0 else { return 0 }
    return (0..<rows).reduce(0) { $0 + self[$1, output, feature].magnitude } / Double(rows)
  }

  /// The values of features that belong together, added up: one entry for each group.
  ///
  /// `groups`: the group of each feature. The sum of exact values of a category's indicator columns
  /// is what the category as a whole adds, where the columns are taken as players of their own.
  package func gathered(_ groups: [Int], count: Int) -> Attributions {
    precondition(groups.count == features, "\(groups.count) groups for \(features) features")
    var sums = [Double](repeating: 0, count: rows * outputs * count)
    for line in 0..<rows * outputs {
      for feature in 0..<features {
        sums[line * count + groups[feature]] += values[line * features + feature]
      }
    }
    return Attributions(
      rows: rows,
      outputs: outputs,
      features: count,
      base: base,
      values: sums
    )
  }
}
