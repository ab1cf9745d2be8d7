import ColophonCore

extension Diagnostic {
  /// A map for `source` that no key tells the form of.
  static func unknownSource(_ node: Node, _ keys: [String]) -> Diagnostic {
    let first = node.entries?.first
    return Diagnostic(
      .error,
      "data.unknown-source",
      at: first?.keyPosition ?? node.position,
      length: first?.key.utf8.count ?? node.length,
      "a map for 'source' has one of the keys \(keys.joined(separator: ", "))",
      hint: first.flatMap { Suggestion.nearest(to: $0.key, among: keys) }
        .map { "did you mean '\($0)'?" }
        ?? "a file is named alone: 'source: data/patients.csv'"
    )
  }

  static func unknownFormat(_ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "data.unknown-format",
      at: node.position,
      length: node.length,
      "the name '\(node.text)' doesn't tell how its table is written",
      hint: "names that do end in .csv, .tsv, .csv.gz or .tsv.gz"
    )
  }

  /// A plot of points without a column to draw them along.
  static func plotNeedsX(_ kind: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "plot.no-x",
      at: position,
      length: kind.utf8.count,
      "a \(kind) plot needs 'x'",
      hint: "name the column to draw along: 'x: COLUMN'"
    )
  }

  /// A column that a table or a plot asks for and its data lacks.
  static func unknownColumn(_ column: Located<String>, known: [String]) -> Diagnostic {
    Diagnostic(
      .error,
      "data.unknown-column",
      at: column.position,
      length: column.value.utf8.count,
      "the data has no column '\(column.value)'",
      hint: Suggestion.hint(for: column.value, among: known)
    )
  }
}
