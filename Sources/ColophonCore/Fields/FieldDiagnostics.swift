/// The wording of what field readers find.
extension Diagnostic {
  static func unknownField(
    _ name: String,
    in context: String,
    at position: SourcePosition,
    known: [String]
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "cell.unknown-field",
      at: position,
      length: name.utf8.count,
      "unknown field '\(name)' in \(context)",
      hint: Suggestion.hint(for: name, among: known)
    )
  }

  static func missingField(
    _ name: String,
    in context: String,
    at position: SourcePosition,
    documentation: String
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "cell.missing-field",
      at: position,
      "\(context) needs the field '\(name)'",
      hint: "'\(name)': \(documentation)"
    )
  }

  /// A node of the wrong kind for its field.
  package static func wrongType(_ name: String, expected: String, found node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "cell.wrong-type",
      at: node.position,
      length: node.length,
      "'\(name)' takes \(expected), not \(node.kindName)"
        + (node.text.isEmpty ? "" : " ('\(node.text.prefix(40))')"),
      hint: node.quotedNumberHint(expected: expected)
    )
  }

  /// A number outside of what its field allows.
  package static func outOfRange(
    _ name: String,
    allowed: String,
    found node: Node,
    hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "cell.out-of-range",
      at: node.position,
      length: node.length,
      "'\(name)' must be \(allowed), not \(node.text)",
      hint: hint
    )
  }

  /// A word that is not one of the allowed ones.
  package static func unknownChoice(
    _ name: String,
    found node: Node,
    among choices: [String],
    noun: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "cell.unknown-choice",
      at: node.position,
      length: node.length,
      "'\(node.text)' is no \(noun ?? "'\(name)'")",
      hint: Suggestion.hint(for: node.text, among: choices)
    )
  }
}

extension Node {
  fileprivate func quotedNumberHint(expected: String) -> String? {
    guard case .string(let text) = content, expected.contains("number") else { return nil }
    if Double(text) != nil { return "write it without quotes" }
    return nil
  }
}
