import ColophonCore

extension DataFault {
  static func nothingKnown(_ name: String) -> DataFault {
    DataFault(
      "prepare.all-missing",
      "column '\(name)' is missing in every training row, so nothing can be learned to put in",
      hint: "drop the column, or take 'strategy: constant'",
      field: "columns"
    )
  }

  static func constantOfOtherType(_ name: String) -> DataFault {
    DataFault(
      "prepare.constant",
      "column '\(name)' is numeric and the constant is a text",
      field: "value"
    )
  }

  static func newLevel(_ level: String, of name: String, row: Int, known: [String]) -> DataFault {
    DataFault(
      "data.new-level",
      "row \(row) of '\(name)' holds '\(level.prefix(40))', which the training rows don't",
      hint: Suggestion.hint(for: level, among: known),
      field: "columns"
    )
  }

  static func outsideLog(_ name: String, row: Int, value: Double, offset: Double) -> DataFault {
    DataFault(
      "prepare.log-domain",
      "row \(row) of '\(name)' holds \(shortestText(value)), and the logarithm of "
        + "\(shortestText(value)) + \(shortestText(offset)) does not exist",
      hint: "a larger 'offset' or 'power' takes such numbers",
      field: "columns"
    )
  }

  static func outsideBoxCox(_ name: String, row: Int, value: Double) -> DataFault {
    DataFault(
      "prepare.box-cox-domain",
      "row \(row) of '\(name)' holds \(shortestText(value)), and box-cox takes numbers above 0",
      hint: "take 'method: yeo-johnson'",
      field: "method"
    )
  }

  static func moreOutside(_ name: String, _ count: Int) -> DataFault {
    DataFault(
      "prepare.domain",
      "column '\(name)' has \(counted(count, "more row")) of which the same is true",
      field: "columns"
    )
  }

  static func tooManyProducts(_ columns: Int, degree: Int, most: Int) -> DataFault {
    DataFault(
      "prepare.products",
      "\(columns) columns have more than \(most) products of up to \(degree) factors",
      hint: "name fewer columns, or take a lower degree",
      field: "degree"
    )
  }

  static func stepNeedsTime(_ step: String) -> DataFault {
    DataFault(
      "prepare.no-time",
      "'\(step)' looks back in time, and the dataset has no time column",
      hint: "name it: 'time: COLUMN' in the dataset cell",
      field: ""
    )
  }

  static let balanceNeedsClasses = DataFault(
    "prepare.no-classes",
    "there are no classes to balance",
    hint: "only a dataset with a target of classes has them",
    field: ""
  )

  static func scoreNeedsClasses(_ method: String) -> DataFault {
    DataFault(
      "prepare.no-classes",
      "'\(method)' compares classes, and the target has none",
      hint: "take 'method: mutual_information'",
      field: "method"
    )
  }

  static func scoreNeedsTarget(_ method: String) -> DataFault {
    DataFault(
      "prepare.no-target",
      "'\(method)' scores by the target, and the dataset has none",
      hint: "take 'method: variance'",
      field: "method"
    )
  }

  static func negativeForChi(_ name: String, row: Int, value: Double) -> DataFault {
    DataFault(
      "prepare.chi2-domain",
      "row \(row) of '\(name)' holds \(shortestText(value)), and chi2 takes counts of at least 0",
      field: "columns"
    )
  }

  static func missingForScore(_ name: String) -> DataFault {
    DataFault(
      "prepare.missing",
      "column '\(name)' has missing training values, which can't be scored",
      hint: "put an 'impute' step before",
      field: "columns"
    )
  }
}
