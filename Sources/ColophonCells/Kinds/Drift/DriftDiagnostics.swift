import ColophonCore
import ColophonData
import ColophonEvaluation

/// The wording of what is found in a drift cell before it runs.
extension Diagnostic {
  static func driftNeedsModel(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "drift.needs-model",
      at: position,
      "'\(field)' is about a model's performance, and the cell names no 'model'",
      hint: "add 'model: NAME', or leave '\(field)' out"
    )
  }

  static func driftTestUnasked(_ entry: Node.Entry, asked: [String]) -> Diagnostic {
    let isTest = driftTests[entry.key] != nil
    return Diagnostic(
      .error,
      "drift.threshold",
      at: entry.keyPosition,
      length: entry.key.utf8.count,
      isTest ? "'\(entry.key)' is none of the cell's 'tests'" : "'\(entry.key)' is no drift test",
      hint: Suggestion.hint(for: entry.key, among: isTest ? asked : driftTests.names)
    )
  }

  static func driftBound(_ node: Node, isChance: Bool) -> Diagnostic {
    .wrongType(
      "threshold",
      expected: isChance
        ? "a level of a corrected p-value, above 0 and below 1" : "a number above 0",
      found: node
    )
  }

  static func columnOfOneType(
    _ column: Located<String>,
    _ reference: ColumnType,
    _ current: ColumnType
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "drift.column-type",
      at: column.position,
      length: column.value.utf8.count,
      "'\(column.value)' is \(reference.rawValue) in the reference and \(current.rawValue) now",
      hint: "declare it alike under 'columns' of both dataset cells"
    )
  }

  static func untestable(_ column: Located<String>, _ type: ColumnType) -> Diagnostic {
    Diagnostic(
      .error,
      "drift.column-type",
      at: column.position,
      length: column.value.utf8.count,
      "'\(column.value)' is a \(type.rawValue) column, whose distribution can't be compared",
      hint: "declare it as 'category' or 'numeric' in the dataset cell"
    )
  }

  static func sameRows(_ rows: RowsRecipe) -> Diagnostic {
    Diagnostic(
      .error,
      "drift.same-rows",
      at: rows.cell.position,
      length: rows.cell.value.utf8.count,
      "the rows of now are the reference itself",
      hint: "name other data, or another split: '{data: \(rows.cell.value), split: test}'"
    )
  }
}
