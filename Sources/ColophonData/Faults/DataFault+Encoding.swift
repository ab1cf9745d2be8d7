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

  static func featureOfOtherTerms(_ name: String) -> DataFault {
    DataFault(
      "data.feature-type",
      "column '\(name)' does not hold the terms that the model learned from",
      hint: "prepare the data with the same steps",
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
