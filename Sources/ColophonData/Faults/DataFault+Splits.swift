import ColophonCore

extension DataFault {
  static func fraction(_ split: Split, _ fraction: Double) -> DataFault {
    DataFault(
      "data.split-fraction",
      "the fraction of the \(split.rawValue) split is \(shortestText(fraction)), not from 0 to 1",
      field: "split.\(split.rawValue)"
    )
  }

  static func fractionSum(_ sum: Double) -> DataFault {
    DataFault(
      "data.split-fraction",
      "the split's fractions sum to \(DecimalText.general(sum, digits: 6)), not 1",
      hint: "a fraction that is left out is 0 where another is given",
      field: "split"
    )
  }

  static let noTraining = DataFault(
    "data.split-fraction",
    "the split leaves no rows to train on",
    field: "split"
  )

  static func emptySplit(_ split: Split, rows: Int) -> DataFault {
    DataFault(
      "data.empty-split",
      "the \(split.rawValue) split of \(rows) rows is empty",
      hint: "give it a larger fraction, or none",
      field: "split"
    )
  }

  static func splitNeeds(_ method: String, _ what: String) -> DataFault {
    DataFault(
      "data.split-method",
      "a \(method) split needs \(what)",
      field: "split.by"
    )
  }

  static func splitValue(_ text: String, row: Int, column: String) -> DataFault {
    DataFault(
      "data.split-value",
      "row \(row) of the split column '\(column)' holds '\(text.prefix(40))'",
      hint: "a split column holds train, validation or test, or nothing",
      field: "split.by"
    )
  }
}
