import ColophonCore

extension DataFault {
  static func featureMissing(_ name: String, known: [String]) -> DataFault {
    DataFault(
      "data.feature-missing",
      "the data has no column '\(name)', which the model learned from",
      hint: Suggestion.hint(for: name, among: known),
      field: "data"
    )
  }

  static func featureOfOtherType(_ name: String, wasNumeric: Bool) -> DataFault {
    DataFault(
      "data.feature-type",
      "column '\(name)' was \(wasNumeric ? "numeric" : "a category") when the model learned from "
        + "it and is not here",
      hint: "declare it under 'columns' of the dataset cell",
      field: "data"
    )
  }
}
