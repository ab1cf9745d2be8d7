import ColophonCore

extension DataFault {
  package static func unknownColumn(_ name: String, field: String, known: [String]) -> DataFault {
    DataFault(
      "data.unknown-column",
      "the file has no column '\(name)'",
      hint: Suggestion.hint(for: name, among: known),
      field: field
    )
  }

  static func twoRoles(_ column: String, _ first: String, _ second: String) -> DataFault {
    DataFault(
      "data.column-role",
      "column '\(column)' is named by '\(first)' and by '\(second)'",
      field: second
    )
  }

  static func ignoredRole(_ column: String, field: String) -> DataFault {
    DataFault(
      "data.column-role",
      "column '\(column)' is ignored by 'columns' and named by '\(field)'",
      field: field
    )
  }

  static func taskNeeds(_ task: Task, _ what: String) -> DataFault {
    DataFault("data.task", "a \(task.rawValue) dataset needs \(what)", field: "task")
  }

  static func taskOfTarget(_ task: Task, _ what: String) -> DataFault {
    DataFault("data.task", "a \(task.rawValue) dataset can't have \(what)", field: "task")
  }

  static let positiveWithoutTarget = DataFault(
    "data.positive",
    "a positive label without a target",
    field: "positive"
  )

  static func positiveOfOtherTask(_ task: Task) -> DataFault {
    DataFault(
      "data.positive",
      "a \(task.rawValue) dataset has no positive label",
      hint: "only a binary task has one",
      field: "positive"
    )
  }

  static func positiveUnknown(_ label: String, classes: [String], target: String) -> DataFault {
    DataFault(
      "data.positive",
      "no row's '\(target)' is '\(label)'",
      hint: Suggestion.hint(for: label, among: classes),
      field: "positive"
    )
  }

  static func notNumeric(
    _ column: String,
    row: Int,
    text: String,
    field: String,
    place: Place
  ) -> DataFault {
    DataFault(
      "data.not-numeric",
      "column '\(column)' is numeric, but row \(row) (line \(place.line)) holds "
        + "'\(text.prefix(40))'",
      hint: "if the text stands for a missing value, list it under 'missing'",
      field: field,
      place: place
    )
  }

  static func notTime(
    _ column: String,
    row: Int,
    text: String,
    field: String,
    place: Place
  ) -> DataFault {
    DataFault(
      "data.not-time",
      "column '\(column)' is a time, but row \(row) (line \(place.line)) holds "
        + "'\(text.prefix(40))'",
      hint: "times are written as 2026-07-01, 2026-07-01T12:30:00Z, or all as plain numbers",
      field: field,
      place: place
    )
  }

  static func moreOfType(_ column: String, _ count: Int, code: Diagnostic.Code, field: String)
    -> DataFault
  {
    DataFault(
      code,
      "column '\(column)' has \(counted(count, "more row")) of which the same is true",
      field: field
    )
  }

  static func roleType(_ column: String, field: String, needs type: String) -> DataFault {
    DataFault(
      "data.column-type",
      "column '\(column)' is named by '\(field)' and isn't \(type)",
      field: field
    )
  }

  static func missingRole(_ column: String, row: Int, count: Int, field: String) -> DataFault {
    DataFault(
      "data.missing-value",
      "column '\(column)', named by '\(field)', is missing in "
        + "\(counted(count, "row")), first in row \(row)",
      field: field
    )
  }

  static func negativeWeight(_ column: String, row: Int, weight: Double) -> DataFault {
    DataFault(
      "data.weight",
      "row \(row) has the weight \(shortestText(weight)) in column '\(column)'",
      hint: "weights are at least 0",
      field: "weight"
    )
  }

  static func noLabels(_ target: String) -> DataFault {
    DataFault("data.target", "the target '\(target)' is missing in every row", field: "target")
  }

  static func oneClass(_ target: String, label: String) -> DataFault {
    DataFault(
      "data.target",
      "every row's '\(target)' is '\(label)', so there is nothing to tell apart",
      field: "target"
    )
  }

  static func notBinary(_ target: String, classes: Int) -> DataFault {
    DataFault(
      "data.task",
      "the target '\(target)' of a binary dataset has \(classes) labels, not 2",
      hint: "take 'multiclass'",
      field: "task"
    )
  }
}
