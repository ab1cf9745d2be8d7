import ColophonCore

extension DataFault {
  /// The fault with its field after the step's place.
  func within(step place: Int, _ name: String) -> DataFault {
    var fault = self
    fault.field = "steps[\(place)].\(name)" + (field.isEmpty ? "" : ".\(field)")
    return fault
  }

  /// The fault of a fitted step that meets later data, which is all that can be to blame.
  func about(step name: String) -> DataFault {
    var fault = self
    fault.message = "the model's '\(name)' step: \(message)"
    fault.field = "data"
    return fault
  }

  static let nothingToFit = DataFault(
    "prepare.no-rows",
    "the train split has no row of weight above 0 to learn from",
    field: ""
  )

  static let preparedOtherwise = DataFault(
    "prepare.other-steps",
    "the data was prepared by other steps than what the model learned from",
    hint: "name the dataset cell: the model carries its own preparation",
    field: "data"
  )

  static func stepColumn(_ name: String, known: [String], field: String) -> DataFault {
    DataFault(
      "data.unknown-column",
      "the data has no column '\(name)' here",
      hint: Suggestion.hint(for: name, among: known),
      field: field
    )
  }

  static func namedTwice(_ name: String, field: String) -> DataFault {
    DataFault("prepare.columns", "column '\(name)' is named twice", field: field)
  }

  static func stepRole(_ name: String, role: String, field: String) -> DataFault {
    DataFault(
      "prepare.column-role",
      "column '\(name)' is the \(role) of the data and stays as it is",
      hint: "steps work on features",
      field: field
    )
  }

  static func stepType(
    _ name: String,
    is type: ColumnType,
    needs types: [ColumnType],
    field: String
  ) -> DataFault {
    DataFault(
      "prepare.column-type",
      "column '\(name)' is \(words(type)) and this step takes \(plural(types))",
      field: field
    )
  }

  static func stepColumnType(_ name: String, wasNumeric: Bool) -> DataFault {
    DataFault(
      "prepare.column-type",
      "column '\(name)' is not \(wasNumeric ? "numeric" : "a category"), as it was when the step "
        + "learned from it",
      hint: "declare it under 'columns' of the dataset cell",
      field: "columns"
    )
  }

  static func stepNeeds(_ types: [ColumnType], choice: ColumnType) -> DataFault {
    DataFault(
      "prepare.column-type",
      "this step takes \(plural(types)), not '\(choice.rawValue)'",
      field: "columns"
    )
  }

  static let noColumns = DataFault(
    "prepare.columns",
    "the data has no column that this step can take",
    hint: "name the columns, or leave the step out",
    field: "columns"
  )

  static func nameTaken(_ name: String) -> DataFault {
    DataFault(
      "prepare.name-taken",
      "the step would make a column '\(name)', and there is one",
      hint: "leave out the step that made it, or rename the column",
      field: "columns"
    )
  }

  private static func words(_ type: ColumnType) -> String {
    switch type {
    case .numeric: "numeric"
    case .category: "a category"
    case .text: "text"
    case .time: "a time"
    case .ignore: "ignored"
    }
  }

  private static func plural(_ types: [ColumnType]) -> String {
    let names = types.map { type in
      switch type {
      case .numeric: "numbers"
      case .category: "categories"
      case .text: "texts"
      case .time: "times"
      case .ignore: "ignored columns"
      }
    }
    return names.joined(separator: " and ")
  }
}
