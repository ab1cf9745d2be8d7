import ColophonCore

/// The wording of what is wrong with the YAML of a cell or of front matter.
///
/// It stands apart from `NotebookDiagnostics.swift` because it is as long again.
extension Diagnostic {
  static func tabIndentation(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.tab",
      place,
      "this line is indented with a tab, and YAML takes spaces only",
      hint: "put two spaces in the tab's place"
    )
  }

  static func controlCharacter(_ byte: UInt8, at place: SourcePosition) -> Diagnostic {
    Diagnostic("yaml.control-character", place, "YAML can't hold a control character")
  }

  static func colonNeedsSpace(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.colon",
      place,
      "a ':' must be followed by a space",
      hint: "write 'name: value'"
    )
  }

  static func missingColon(at place: SourcePosition, length: Int) -> Diagnostic {
    Diagnostic(
      "yaml.colon",
      place,
      length: length,
      "this line has no ':'",
      hint: "write 'name: value'"
    )
  }

  static func secondColon(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.colon",
      place,
      "a second ':' can't follow on the line of the first",
      hint: "put a text that holds ': ' in quotes"
    )
  }

  static func deeperThanField(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.indentation",
      place,
      "this line is indented deeper than the field above, which has a value already",
      hint: "give it the indentation of its neighbours"
    )
  }

  static func misindentedItem(at place: SourcePosition, neighbour: SourcePosition?) -> Diagnostic {
    Diagnostic(
      "yaml.indentation",
      place,
      "this list item is not indented like its neighbours",
      notes: neighbour.map { [Note("the neighbours start here", at: $0)] } ?? []
    )
  }

  static func misindentedLine(at place: SourcePosition, neighbour: SourcePosition?) -> Diagnostic {
    Diagnostic(
      "yaml.indentation",
      place,
      "this line is not indented like its neighbours",
      notes: neighbour.map { [Note("the neighbours start here", at: $0)] } ?? []
    )
  }

  static func itemBesideKey(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.item",
      place,
      "a list item can't start on the line of its field",
      hint: "start the list on the next line, or write [a, b]"
    )
  }

  static func afterClosing(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.after-value",
      place,
      "nothing can follow the value that ends before this",
      hint: "put the whole value in one pair of quotes"
    )
  }

  static func expectedComma(close: UInt8, at place: SourcePosition) -> Diagnostic {
    let bracket = Character(Unicode.Scalar(close))
    return Diagnostic("yaml.bracket", place, "a ',' or a '\(bracket)' must stand before this")
  }

  static func unclosedBracket(_ bracket: UInt8, at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.bracket",
      place,
      "this '\(Character(Unicode.Scalar(bracket)))' is never closed"
    )
  }

  static func unclosedQuote(at place: SourcePosition) -> Diagnostic {
    Diagnostic("yaml.quote", place, "this quote is never closed")
  }

  static func unknownEscape(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.escape",
      place,
      "this backslash starts no known escape",
      hint: "write '\\\\' for a backslash, or put the text in single quotes"
    )
  }

  static func reservedStart(_ character: Character, at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.reserved",
      place,
      "a text can't start with '\(character)'",
      hint: "put it in quotes"
    )
  }

  static func missingNode(at place: SourcePosition) -> Diagnostic {
    Diagnostic("yaml.missing-value", place, "a value is missing before this")
  }

  static func textBesideBlockMark(at place: SourcePosition) -> Diagnostic {
    Diagnostic("yaml.block-text", place, "after '|' or '>' the text starts on the next line")
  }

  static func anchorNeedsName(at place: SourcePosition) -> Diagnostic {
    Diagnostic("yaml.anchor", place, "a text can't start with '&'", hint: "put it in quotes")
  }

  static func secondDocument(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.second-document",
      place,
      "the YAML ends before this, and a cell holds one document only"
    )
  }

  static func loneScalar(_ node: Node) -> Diagnostic {
    Diagnostic(
      "yaml.no-map",
      node.position,
      length: node.length,
      "a cell's body must be a map or a list, not \(node.kindName)",
      hint: "write 'name: value'"
    )
  }

  static func malformedYAML(_ problem: String, at place: SourcePosition) -> Diagnostic {
    Diagnostic("yaml.malformed", place, "the YAML can't be read here: \(problem)")
  }

  static func tag(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.tag",
      place,
      "a tag ('!…') has no meaning here",
      hint: "put the text in quotes"
    )
  }

  static func mergeKey(at place: SourcePosition) -> Diagnostic {
    Diagnostic(
      "yaml.merge-key",
      place,
      length: 2,
      "merge keys ('<<') are not supported",
      hint: "write the fields out, or let an alias stand for the whole map"
    )
  }

  static func keyIsNoText(at place: SourcePosition) -> Diagnostic {
    Diagnostic("yaml.key", place, "a field's name must be a text")
  }

  static func repeatedKey(
    _ name: String,
    at place: SourcePosition,
    first: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      "yaml.repeated-key",
      place,
      length: name.utf8.count,
      "'\(name)' is written twice in the same map",
      notes: [Note("it is first written here", at: first)]
    )
  }

  static func repeatedKeys(_ names: [String], at place: SourcePosition) -> Diagnostic {
    let list = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
    return Diagnostic("yaml.repeated-key", place, "this map repeats \(list)")
  }

  static func unknownAlias(
    _ name: String,
    at place: SourcePosition,
    known: [String]
  ) -> Diagnostic {
    Diagnostic(
      "yaml.alias",
      place,
      length: name.utf8.count + 1,
      "there is no anchor '&\(name)' before this",
      hint: Suggestion.nearest(to: name, among: known).map { "did you mean '*\($0)'?" }
        ?? "put a text that starts with '*' in quotes"
    )
  }

  static func aliasesExpandTooFar(_ limit: Int, at place: SourcePosition) -> Diagnostic {
    Diagnostic("yaml.expansion", place, "the aliases stand for more than \(limit) values")
  }

  static func deepYAML(_ limit: Int, at place: SourcePosition) -> Diagnostic {
    Diagnostic("yaml.nesting", place, "the YAML is nested more than \(limit) levels deep")
  }
}
