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
}

extension Value {
  /// An object with a member for each column.
  static func byColumn(_ members: [(String, Value)]) -> Value {
    .object(Dictionary(members) { first, _ in first })
  }
}
