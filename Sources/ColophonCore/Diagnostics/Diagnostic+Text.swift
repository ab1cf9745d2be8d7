extension Diagnostic {
  /// The text that editors can jump from: place, sentence, code, source line with a caret, hint.
  ///
  /// `sourceLine`: The line that a path and a line number name, where it is known.
  package func text(sourceLine: (SourcePosition) -> String?) -> String {
    var text = "\(position): \(severity.rawValue): \(message) [\(code)]\n"
    text += excerpt(at: position, length: length, sourceLine: sourceLine)
    for note in notes {
      text += "\(note.position): note: \(note.message)\n"
      text += excerpt(at: note.position, length: 1, sourceLine: sourceLine)
    }
    if let hint { text += "hint: \(hint)\n" }
    return text
  }

  private func excerpt(
    at place: SourcePosition,
    length: Int,
    sourceLine: (SourcePosition) -> String?
  ) -> String {
    guard let line = sourceLine(place) else { return "" }
    let number = "\(place.line)"
    let before = Array(line.utf8.prefix(max(place.column - 1, 0)))
    // A tab stays a tab, so that the caret stands under its character whatever the tab width is.
    let indent = String(decoding: before, as: UTF8.self).unicodeScalars.map {
      $0 == "\t" ? "\t" : String(repeating: " ", count: TerminalWidth.columns(of: $0))
    }.joined()
    let marked = String(decoding: line.utf8.dropFirst(before.count).prefix(length), as: UTF8.self)
    let columns = marked.unicodeScalars.reduce(0) { $0 + TerminalWidth.columns(of: $1) }
    let tildes = String(repeating: "~", count: max(0, columns - 1))
    let gutter = String(repeating: " ", count: number.count)
    return "\(number) | \(line)\n\(gutter) | \(indent)^\(tildes)\n"
  }

  /// The finding with the same names as the text, for `--format json`.
  package var value: Value {
    var members: [String: Value] = [
      "severity": .string(severity.rawValue), "code": .string(code.description),
      "path": .string(position.path), "line": .integer(position.line),
      "column": .integer(position.column), "length": .integer(length), "message": .string(message),
    ]
    if let hint { members["hint"] = .string(hint) }
    if !notes.isEmpty {
      members["notes"] = .array(
        notes.map {
          .object([
            "message": .string($0.message), "path": .string($0.position.path),
            "line": .integer($0.position.line), "column": .integer($0.position.column),
          ])
        }
      )
    }
    return .object(members)
  }
}
