/// A trap in a dataset, as data; whoever reports it finds the words.
package enum DataFinding: Hashable, Sendable {
  /// Rows that agree in every feature and the target stand in two splits.
  ///
  /// `rows` counts those of the later split, the first example is (row, equal row), from 0.
  case repeatedRows(first: Split, second: Split, rows: Int, example: [Int])
  /// A feature alone tells the target; `score` is at most 1 and says how well.
  case tellsTarget(column: String, score: Double)
  /// A feature is different in every row, as an identifier is.
  case identifier(column: String)
  /// Rows without a target, which belong to no split.
  case unlabelled(rows: Int)
}

extension Dataset {
  /// Every trap that the data itself shows, the gravest first.
  package var findings: [DataFinding] {
    var findings: [DataFinding] = []
    findings += repeatedRows
    findings += tellingFeatures
    findings += identifiers
    if let column = targetColumn, column.missingCount > 0 {
      findings.append(.unlabelled(rows: column.missingCount))
    }
    return findings
  }
}
