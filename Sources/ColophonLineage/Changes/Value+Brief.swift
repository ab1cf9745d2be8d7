package import ColophonCore

extension Value {
  /// The value in at most about 40 characters, for sentences and tables.
  ///
  /// Texts that could be misread (empty, or with spaces at an end, or that look like another kind
  /// of value) are quoted.
  package var briefText: String {
    switch self {
    case .null: "nothing"
    case .string(let text): Value.shortened(Value.isPlain(text) ? text : "'\(text)'")
    case .array(let items):
      Value.shortened("[" + items.map { $0.briefText }.joined(separator: ", ") + "]")
    case .object(let members) where members.isEmpty: "{}"
    case .object(let members):
      Value.shortened(
        "{"
          + members.keys.sorted().map { key in
            "\(key): \((members[key] ?? .null).briefText)"
          }.joined(separator: ", ") + "}"
      )
    case .number(let number) where !number.isFinite:
      number.isNaN ? "nothing" : number < 0 ? "\u{2212}\u{221E}" : "\u{221E}"
    default: canonicalText
    }
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    if first.isWhitespace || last.isWhitespace || Double(text) != nil { return false }
    if ["true", "false", "nothing"].contains(text) { return false }
    return !text.contains { $0.isNewline || $0 == "\u{2192}" }
  }

  private static func shortened(_ text: String) -> String {
    let oneLine = text.replacing("\n", with: " ")
    return oneLine.count <= 40 ? oneLine : oneLine.prefix(39) + "\u{2026}"
  }
}
