import ColophonCore
import ColophonData

/// The wording of what is found in a bias cell before it runs.
extension Diagnostic {
  static func facetForm(_ expected: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "bias.facet",
      at: position,
      "'facet' takes \(expected)",
      hint:
        "such as 'facet: {column: sex, values: [F]}' or 'facet: {column: age, range: {min: 40}}'"
    )
  }

  static func biasSource(_ found: [String], at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "bias.source",
      at: position,
      found.isEmpty
        ? "a bias cell needs a 'model', a file of 'predictions', or 'data' alone for its labels"
        : "a bias cell takes a 'model' or a file of 'predictions', not both"
    )
  }

  static func rangeOfText(
    _ column: Located<String>,
    _ type: ColumnType,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "bias.range",
      at: position,
      "'\(column.value)' is a \(type.rawValue) column, which has no range",
      hint: "name the group's 'values'"
    )
  }

  static func facetIsTarget(_ column: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "bias.facet",
      at: column.position,
      length: column.value.utf8.count,
      "'\(column.value)' is what is predicted, and can't tell groups apart"
    )
  }

  static func outcomeForm(_ task: Task, isRange: Bool, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "bias.label-positive",
      at: position,
      isRange
        ? "a range has no meaning for the labels of a \(task.rawValue) task"
        : "a regression's numbers need a range that is good for whom they are about",
      hint: isRange ? "name the good labels" : "such as 'label_positive: {above: 50000}'"
    )
  }

  static func outcomeMissing(_ task: Task, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "bias.label-positive",
      at: position,
      "a \(task.rawValue) task does not tell which answer is good for whom it is about",
      hint: task == .regression
        ? "add a range: 'label_positive: {above: 50000}'" : "add 'label_positive: [LABEL, …]'"
    )
  }

  /// Rows that can't be audited so, as the run would say it.
  static func emptyAudit(_ failure: CellFailure, at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "bias.rows", at: position, failure.message, hint: failure.hint)
  }

  static func biasOfOtherTask(_ task: Task, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "bias.task",
      at: position,
      "bias is measured for labels or numbers that are predicted, and the data's task is "
        + "\(task.rawValue)"
    )
  }
}
