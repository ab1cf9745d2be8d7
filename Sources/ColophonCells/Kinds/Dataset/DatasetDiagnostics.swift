import ColophonCore

extension Diagnostic {
  /// A form of `source` that the language knows and this version doesn't.
  static func unsupportedSource(_ form: String, at node: Node) -> Diagnostic {
    let isKnown = form == "sqlite" || form == "synthetic"
    return Diagnostic(
      .error,
      "data.unsupported-source",
      at: node.position,
      length: node.length,
      isKnown
        ? "a '\(form)' source is not in this version" : "'source' names a file, not a map",
      hint: "name a file that ends in .csv, .tsv, .csv.gz or .tsv.gz"
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
