package import ColophonCore

/// A named scalar that cells use as `${name}` and that `-P name=value` overrides.
package struct Parameter: Hashable, Sendable {
  package var name: Located<String>
  package var value: Value
  /// The value as it was written, which stands where a parameter is part of a longer text.
  package var text: String

  /// Whether a word matches `[A-Za-z_][A-Za-z0-9_]*`.
  static func isName(_ word: String) -> Bool {
    guard let first = word.utf8.first, isWordByte(first), !(0x30...0x39).contains(first)
    else { return false }
    return word.utf8.allSatisfy(isWordByte)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
    default: false
    }
  }

  /// The parameter with another value of the same type; nil where the text is none of that type.
  func overridden(by text: String) -> Parameter? {
    guard let value = Parameter.value(of: text, like: value) else { return nil }
    return Parameter(name: name, value: value, text: text)
  }

  private static func value(of text: String, like original: Value) -> Value? {
    switch (original, CoreSchema.content(of: text)) {
    case (.boolean, .boolean(let value)): .boolean(value)
    case (.integer, .integer(let value)): .integer(value)
    case (.number, .integer(let value)): .number(Double(value))
    case (.number, .number(let value)) where value.isFinite: .number(value)
    case (.string, _): .string(text)
    default: nil
    }
  }
}

extension [Parameter] {
  /// Applies `-P` options in the order of their names; what can't be applied is reported.
  mutating func override(
    with options: [String: String],
    at start: SourcePosition,
    diagnostics: inout [Diagnostic]
  ) {
    for (name, text) in options.sorted(by: { $0.key < $1.key }) {
      guard let index = firstIndex(where: { $0.name.value == name }) else {
        diagnostics.append(.unknownOverride(name, at: start, known: map { $0.name.value }))
        continue
      }
      guard let parameter = self[index].overridden(by: text) else {
        diagnostics.append(.overrideOfOtherType(self[index], text: text))
        continue
      }
      self[index] = parameter
    }
  }
}
