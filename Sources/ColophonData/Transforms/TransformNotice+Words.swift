import ColophonCore

extension TransformNotice {
  /// A column that tells nothing.
  static func constant(_ column: String) -> TransformNotice {
    TransformNotice(
      "data.constant-column",
      "column '\(column)' holds one number only in the training rows",
      hint: "drop it: nothing can be learned from it"
    )
  }

  static func oneLevel(_ column: String) -> TransformNotice {
    TransformNotice(
      "data.constant-column",
      "column '\(column)' has one level only in the training rows",
      hint: "drop it: nothing can be learned from it"
    )
  }

  /// Rows whose level the training rows don't have.
  static func newLevels(_ column: String, rows: Int, example: String) -> TransformNotice {
    TransformNotice(
      "data.new-level",
      "\(rows) row\(rows == 1 ? " has a level" : "s have levels") of '\(column)' that the training "
        + "rows don't, such as '\(example.prefix(40))'",
      hint: "a rarer level may belong to a common one, or the split may not be stratified"
    )
  }

  static func fewerBins(_ column: String, _ made: Int, wanted: Int) -> TransformNotice {
    TransformNotice(
      "prepare.fewer-bins",
      "column '\(column)' has too many equal values for \(wanted) bins and gets \(made)",
      hint: "take fewer bins, or 'strategy: uniform'",
      field: "bins"
    )
  }

  /// Training rows that take their values from rows of another split.
  static func looksBack(rows: Int) -> TransformNotice {
    TransformNotice(
      "eval.leakage",
      "\(rows) training row\(rows == 1 ? " looks" : "s look") back at rows of the validation or "
        + "test split",
      hint: "split by time: 'split: {by: time}' in the dataset cell",
      field: ""
    )
  }
}

extension Value {
  /// An object with a member for each column.
  static func byColumn(_ members: [(String, Value)]) -> Value {
    .object(Dictionary(members) { first, _ in first })
  }
}
