import ColophonCore

/// The wording of what reading a notebook finds: the file and its prose.
extension Diagnostic {
  static func tooLarge(megabytes: Int, at place: SourcePosition) -> Diagnostic {
    Diagnostic("source.too-large", place, "a notebook may have \(megabytes) MB at most")
  }

  static func invalidUTF8(_ byte: UInt8, at place: SourcePosition) -> Diagnostic {
    let hex = String(byte, radix: 16, uppercase: true)
    return Diagnostic(
      "source.invalid-utf8",
      place,
      "the byte 0x\(hex) is not UTF-8",
      hint: "save the file as UTF-8"
    )
  }

  static func nulByte(at place: SourcePosition) -> Diagnostic {
    Diagnostic("source.nul", place, "a notebook can't hold a NUL character")
  }

  static func unclosedFence(length: Int, at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "markdown.unclosed-fence",
      place,
      length: length,
      "this fence is never closed, so it takes in everything that follows",
      hint: "close it with a line of as many characters as opened it"
    )
  }

  static func nesting(_ limit: Int, at place: SourcePosition) -> Diagnostic {
    Diagnostic("markdown.nesting", place, "the text is nested more than \(limit) levels deep")
  }

  static func unsafeLink(
    _ destination: String,
    because reason: String,
    at place: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .advice,
      "markdown.unsafe-link",
      at: place,
      "the link to '\(shortened(destination))' is shown as text, because \(reason)",
      hint: "link to an http, https or mailto address, a relative file, or an #anchor"
    )
  }

  static func unusableImage(
    _ destination: String,
    because reason: String,
    at place: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      "markdown.image",
      place,
      "the image '\(shortened(destination))' can't be embedded, because \(reason)",
      hint: "name a file by its path relative to the notebook"
    )
  }

  static func emptyValue(at place: SourcePosition, length: Int) -> Diagnostic {
    Diagnostic(
      "value.empty",
      place,
      length: length,
      "there is no expression after '='",
      hint: "write a value path, such as `= final.roc_auc | .3f`"
    )
  }

  static func unknownFormat(_ word: String, at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "value.unknown-format",
      place,
      length: word.utf8.count,
      word.isEmpty ? "there is no format after '|'" : "'\(shortened(word))' is no format",
      hint: Suggestion.hint(for: word, among: NumberFormat.spellings)
    )
  }

  static func expression(_ problem: ExpressionProblem, at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "value.expression",
      place,
      length: problem.length,
      problem.message,
      hint: problem.hint
    )
  }

  /// An error; every finding of this module is one unless it says otherwise.
  init(
    _ code: Code,
    _ place: SourcePosition,
    length: Int = 1,
    _ message: String,
    hint: String? = nil,
    notes: [Note] = []
  ) {
    self.init(.error, code, at: place, length: length, message, hint: hint, notes: notes)
  }

  private static func shortened(_ text: String) -> String {
    text.count > 60 ? text.prefix(59) + "…" : text
  }
}

/// Cells, front matter and parameters.
extension Diagnostic {
  static func unknownKind(_ kind: Located<String>, known: [String]) -> Diagnostic {
    Diagnostic(
      "cell.unknown-kind",
      kind.position,
      length: kind.value.utf8.count,
      "'\(shortened(kind.value))' is no kind of cell",
      hint: Suggestion.hint(for: kind.value, among: known)
    )
  }

  static func missingName(of kind: Located<String>) -> Diagnostic {
    Diagnostic(
      "cell.missing-name",
      kind.position,
      length: kind.value.utf8.count,
      "a \(kind.value) cell needs a name",
      hint: "write ```yaml \(kind.value) NAME"
    )
  }

  static func invalidName(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      "cell.invalid-name",
      name.position,
      length: name.value.utf8.count,
      "'\(shortened(name.value))' can't be a cell's name",
      hint: "a name is a lower-case letter, then lower-case letters, digits and _"
    )
  }

  static func unknownFlag(_ flag: Located<String>, known: [String]) -> Diagnostic {
    Diagnostic(
      "cell.unknown-flag",
      flag.position,
      length: flag.value.utf8.count,
      "'\(shortened(flag.value))' is no flag of a cell",
      hint: Suggestion.hint(for: flag.value, among: known)
    )
  }

  static func repeatedName(_ name: Located<String>, first: SourcePosition) -> Diagnostic {
    Diagnostic(
      "cell.repeated-name",
      name.position,
      length: name.value.utf8.count,
      "another cell is named '\(name.value)' already",
      notes: [Note("'\(name.value)' is first used here", at: first)]
    )
  }

  static func unclosedFrontMatter(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "front-matter.unclosed",
      place,
      length: 3,
      "the front matter that opens here is never closed",
      hint: "close it with a line '---', or write '***' for a rule"
    )
  }

  static func frontMatterIsNoMap(_ node: Node) -> Diagnostic {
    Diagnostic(
      "front-matter.no-map",
      node.position,
      length: node.length,
      "the front matter must be a map, not \(node.kindName)",
      hint: "write 'title: …'"
    )
  }

  static func invalidParameterName(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      "parameters.invalid-name",
      name.position,
      length: name.value.utf8.count,
      "'\(shortened(name.value))' can't be a parameter's name",
      hint: "a name is a letter or _, then letters, digits and _"
    )
  }

  static func parameterIsNoScalar(_ name: Located<String>, found node: Node) -> Diagnostic {
    Diagnostic(
      "parameters.no-scalar",
      node.position,
      length: node.length,
      "the default of '\(name.value)' must be a number, a text, true or false, "
        + "not \(node.kindName)"
    )
  }

  static func unknownParameter(
    _ name: String,
    at place: SourcePosition,
    length: Int,
    known: [String]
  ) -> Diagnostic {
    Diagnostic(
      "parameters.unknown",
      place,
      length: length,
      "'\(shortened(name))' is no parameter of this notebook",
      hint: Suggestion.nearest(to: name, among: known).map { "did you mean '${\($0)}'?" }
        ?? "declare it under 'parameters' in the front matter, or write '$${' for a literal '${'"
    )
  }

  static func unclosedParameter(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "parameters.unclosed",
      place,
      length: 2,
      "this '${' is never closed",
      hint: "write '${name}', or '$${' for a literal '${'"
    )
  }

  static func parameterInKey(at place: SourcePosition, length: Int) -> Diagnostic {
    Diagnostic(
      "parameters.in-key",
      place,
      length: length,
      "a parameter can't stand in a field's name"
    )
  }

  static func parameterNeedsQuotes(_ word: String, at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "parameters.needs-quotes",
      place,
      length: word.utf8.count,
      "within { } or [ ], a parameter must stand in quotes",
      hint: "write \"\(shortened(word))\""
    )
  }

  static func unknownOverride(
    _ name: String,
    at place: SourcePosition,
    known: [String]
  ) -> Diagnostic {
    Diagnostic(
      "parameters.unknown-override",
      place,
      "-P \(shortened(name)): this notebook has no such parameter",
      hint: known.isEmpty
        ? "the front matter declares no parameters" : Suggestion.hint(for: name, among: known)
    )
  }

  static func overrideOfOtherType(_ parameter: Parameter, text: String) -> Diagnostic {
    let name = parameter.name
    let isWhole = if case .integer = parameter.value { Double(text) != nil } else { false }
    return Diagnostic(
      "parameters.override-type",
      name.position,
      length: name.value.utf8.count,
      "-P \(name.value)=\(shortened(text)): the default is \(parameter.value.kindName), "
        + "and '\(shortened(text))' is not",
      hint: isWhole ? "write the default with a point, as \(parameter.text).0" : nil
    )
  }
}
