import ColophonCore
import Yams

/// Finds out what an author did wrong where libYAML gave up, and says it in our words.
struct YAMLProblem {
  let diagnostic: Diagnostic

  /// What libYAML reports, with its marks as offsets.
  private struct Report {
    var problem: String
    var offset: Int
    /// What was being read, and where that began.
    var context: String?
    var start: Int?
  }

  init(_ error: YamlError, in text: YAMLText, marks: MarkCursor) {
    var marks = marks
    func offset(_ mark: Mark) -> Int {
      min(marks.offset(line: mark.line, column: mark.column), text.bytes.count)
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let report = Report(
        problem: problem,
        offset: offset(mark),
        context: context?.text,
        start: context.map { offset($0.mark) }
      )
      diagnostic = YAMLProblem.diagnostic(report, text)
    case .memory: diagnostic = .deepYAML(1_000, at: text.position(at: 0))
    case .reader(let problem, _, _, _):
      diagnostic = .malformedYAML(problem, at: text.position(at: 0))
    default: diagnostic = .malformedYAML("it is no YAML", at: text.position(at: 0))
    }
  }

  /// A body of one word: most often `name:value` without the space.
  static func loneScalar(_ node: ColophonCore.Node, in text: YAMLText) -> Diagnostic {
    if let colon = tightColon(in: text, from: 0) {
      return .colonNeedsSpace(at: text.position(at: colon))
    }
    return .loneScalar(node)
  }

  private static func diagnostic(_ report: Report, _ text: YAMLText) -> Diagnostic {
    let place = text.position(at: report.offset)
    let byte = report.offset < text.bytes.count ? text.bytes[report.offset] : 0x0A
    if let tab = indentingTab(at: report.offset, text) {
      return .tabIndentation(at: text.position(at: tab))
    }
    switch report.problem {
    case "mapping values are not allowed in this context": return unexpectedColon(report, text)
    case "could not find expected ':'": return missingColon(report, text)
    case "did not find expected key", "did not find expected '-' indicator":
      return misindented(report, text)
    case "block sequence entries are not allowed in this context":
      return .itemBesideKey(at: place)
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      return openBracket(report, text)
    case "found unexpected end of stream", "found unexpected document indicator":
      return .unclosedQuote(at: text.position(at: report.start ?? report.offset))
    case "found character that cannot start any token":
      return .reservedStart(Character(Unicode.Scalar(byte)), at: place)
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return .unknownEscape(at: place)
    case "did not find expected node content":
      return unclosedBracket(report, text) ?? .missingNode(at: place)
    case let problem where problem.hasPrefix("Maximum nesting level"):
      return .deepYAML(1_000, at: place)
    case "found undefined tag handle", "did not find expected tag URI",
      "did not find expected '!'", "did not find expected whitespace or line break":
      return .tag(at: text.position(at: report.start ?? report.offset))
    case "did not find expected alphabetic or numeric character":
      return .anchorNeedsName(at: text.position(at: report.start ?? report.offset))
    case "did not find expected comment or line break":
      return .textBesideBlockMark(at: place)
    case "but found another document", "did not find expected <document start>":
      return .secondDocument(at: place)
    default: return .malformedYAML(report.problem, at: place)
    }
  }

  // MARK: Cases that depend on what stands around

  /// The tab in the space that a line starts with, where the problem lies in that space.
  private static func indentingTab(at offset: Int, _ text: YAMLText) -> Int? {
    let start = text.lineStart(at: offset)
    let space = text.bytes[start...].prefix { $0 == 0x20 || $0 == 0x09 }
    guard let tab = space.firstIndex(of: 0x09), offset <= space.endIndex else { return nil }
    return tab
  }

  private static func unexpectedColon(_ report: Report, _ text: YAMLText) -> Diagnostic {
    let start = text.lineStart(at: report.offset)
    let line = text.bytes[start..<report.offset]
    let content = line.firstIndex { $0 != 0x20 } ?? start
    let isSecond = line.indices.contains {
      line[$0] == UInt8(ascii: ":") && $0 + 1 < report.offset && line[$0 + 1] == 0x20
    }
    if !isSecond, let bare = bareLine(before: start, indentation: content - start, text) {
      return missingColon(Report(problem: report.problem, offset: bare, start: bare), text)
    }
    return isSecond
      ? .secondColon(at: text.position(at: report.offset))
      : .deeperThanField(at: text.position(at: content))
  }

  /// The start of the line before, where it is indented alike: the parser has taken it for the first
  /// line of a text that goes on.
  private static func bareLine(before start: Int, indentation: Int, _ text: YAMLText) -> Int? {
    guard start > 0 else { return nil }
    let above = text.lineStart(at: start - 1)
    let line = text.bytes[above..<start - 1]
    let content = line.firstIndex { $0 != 0x20 } ?? start
    return content - above == indentation && content < start - 1 ? content : nil
  }

  private static func missingColon(_ report: Report, _ text: YAMLText) -> Diagnostic {
    let start = report.start ?? report.offset
    if let colon = tightColon(in: text, from: start) {
      return .colonNeedsSpace(at: text.position(at: colon))
    }
    return .missingColon(at: text.position(at: start), length: text.lineEnd(at: start) - start)
  }

  /// A colon on the line, after a word and directly before another.
  private static func tightColon(in text: YAMLText, from start: Int) -> Int? {
    let line = text.bytes[start..<text.lineEnd(at: start)]
    return line.indices.dropFirst().first {
      line[$0] == UInt8(ascii: ":") && $0 + 1 < line.endIndex && line[$0 + 1] > 0x20
        && line[$0 + 1] != UInt8(ascii: "/") && line[$0 - 1] > 0x20
    }
  }

  private static func misindented(_ report: Report, _ text: YAMLText) -> Diagnostic {
    let start = text.lineStart(at: report.offset)
    let place = text.position(at: report.offset)
    let neighbour = report.start.map { text.position(at: $0) }
    let before = text.bytes[start..<report.offset]
    let isFirst = before.allSatisfy { $0 == 0x20 }
    if !isFirst {
      if let parameter = parameter(in: text, near: report.offset) { return parameter }
      return .afterClosing(at: place)
    }
    let rest = text.bytes[report.offset...]
    let isItem =
      rest.first == UInt8(ascii: "-") && rest.dropFirst().first.map { $0 <= 0x20 } ?? true
    if isItem { return .misindentedItem(at: place, neighbour: neighbour) }
    return .misindentedLine(at: place, neighbour: neighbour)
  }

  private static func openBracket(_ report: Report, _ text: YAMLText) -> Diagnostic {
    let start = report.start ?? report.offset
    if let parameter = parameter(in: text, near: report.offset) { return parameter }
    let bracket = start < text.bytes.count ? text.bytes[start] : UInt8(ascii: "[")
    let close: UInt8 = bracket == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
    let isOnOpeningLine = report.offset < text.lineEnd(at: start)
    let isClosed = text.bytes[start..<text.lineEnd(at: start)].contains(close)
    if isOnOpeningLine, isClosed {
      return .expectedComma(close: close, at: text.position(at: report.offset))
    }
    return .unclosedBracket(bracket, at: text.position(at: start))
  }

  /// The innermost bracket that is open where the text ends.
  private static func unclosedBracket(_ report: Report, _ text: YAMLText) -> Diagnostic? {
    guard text.bytes[report.offset...].allSatisfy({ $0 <= 0x20 }) else { return nil }
    var open: [Int] = []
    for i in text.bytes.indices {
      switch text.bytes[i] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): open.append(i)
      case UInt8(ascii: "]"), UInt8(ascii: "}"): _ = open.popLast()
      default: break
      }
    }
    return open.last.map { .unclosedBracket(text.bytes[$0], at: text.position(at: $0)) }
  }

  /// An unquoted `${name}` in a flow collection, whose braces YAML takes for its own.
  private static func parameter(in text: YAMLText, near offset: Int) -> Diagnostic? {
    let start = text.lineStart(at: offset)
    let line = text.bytes[start..<text.lineEnd(at: offset)]
    let mark = line.indices.first {
      line[$0] == UInt8(ascii: "$") && $0 + 1 < line.endIndex && line[$0 + 1] == UInt8(ascii: "{")
    }
    guard let mark, mark <= offset else { return nil }
    let end = line[mark...].firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? line.endIndex
    let word = String(decoding: line[mark..<end], as: UTF8.self)
    return .parameterNeedsQuotes(word, at: text.position(at: mark))
  }
}
