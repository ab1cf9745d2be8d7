import ColophonCore

/// Finds where each part of a scalar's text stands, through quotes, escapes and folded lines.
///
/// The text and its source are walked side by side; wherever one source byte is not one byte of the
/// text, a new run starts. What can't be followed keeps the run before it.
struct ScalarRuns {
  enum Style { case plain, singleQuoted, doubleQuoted, block }

  private(set) var runs: [Node.TextRun] = []
  /// The bytes of the scalar on its first line, quotes included.
  private(set) var length = 1
  private let source: YAMLText
  private let text: [UInt8]
  private let style: Style
  private var from: Int
  private var to = 0

  /// The node of a scalar that stands on one line as it is, which most do; nil for any other.
  static func verbatim(
    _ text: String,
    _ content: Node.Content,
    from start: Int,
    in source: YAMLText,
    style: Style
  ) -> Node? {
    guard style != .block else { return nil }
    let quotes = style == .plain ? 0 : 1
    let count = text.utf8.count
    guard start + quotes + count <= source.bytes.count else { return nil }
    var i = start + quotes
    for byte in text.utf8 {
      guard source.bytes[i] == byte, byte != UInt8(ascii: "\\") || style != .doubleQuoted
      else { return nil }
      i += 1
    }
    let place = source.position(at: start)
    return Node(
      content,
      text: text,
      at: place,
      length: count + 2 * quotes,
      runs: [Node.TextRun(offset: 0, position: place.advanced(by: quotes))]
    )
  }

  /// Follows a scalar from its first byte on, which is its quote, or its `|` or `>`.
  init(_ text: String, from start: Int, in source: YAMLText, style: Style) {
    self.source = source
    self.text = Array(text.utf8)
    self.style = style
    from = start
    let isQuoted = style == .singleQuoted || style == .doubleQuoted
    if isQuoted { from += 1 }
    if style == .block {
      length = max(1, source.lineEnd(at: start) - start)
      from = min(source.lineEnd(at: start) + 1, source.bytes.count)
      mark()
      skipSpace()
    }
    mark()
    follow()
    if style != .block {
      let end = max(from + (isQuoted ? 1 : 0), start + 1)
      length = max(1, min(end, source.lineEnd(at: start)) - start)
    }
  }

  private mutating func mark() {
    let run = Node.TextRun(offset: to, position: source.position(at: from))
    if runs.last?.offset == to { runs[runs.count - 1] = run } else { runs.append(run) }
  }

  private mutating func follow() {
    while to < text.count, from < source.bytes.count {
      let byte = source.bytes[from]
      if style == .doubleQuoted, byte == UInt8(ascii: "\\") {
        followEscape()
      } else if style == .singleQuoted, byte == UInt8(ascii: "'"), peek(1) == UInt8(ascii: "'") {
        from += 2
        to += 1
        mark()
      } else if isSpace(byte), endsLine {
        skipSpace()
      } else if byte == text[to] {
        from += 1
        to += 1
      } else {
        return
      }
    }
  }

  private func peek(_ distance: Int) -> UInt8? {
    from + distance < source.bytes.count ? source.bytes[from + distance] : nil
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }

  /// Whether nothing but space follows on the line.
  private var endsLine: Bool {
    source.bytes[from...].first { $0 != 0x20 && $0 != 0x09 } == 0x0A
  }

  /// Goes over a line break and the space around it, on both sides.
  private mutating func skipSpace() {
    while to < text.count, isSpace(text[to]) {
      mark()
      to += 1
    }
    while from < source.bytes.count, isSpace(source.bytes[from]) { from += 1 }
    if to < text.count { mark() }
  }

  private mutating func followEscape() {
    guard let kind = peek(1) else {
      from += 1
      return
    }
    let digits = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8][kind]
    if kind == 0x0A {
      from += 2
      while from < source.bytes.count, isSpace(source.bytes[from]) { from += 1 }
    } else if let digits {
      let end = min(from + 2 + digits, source.bytes.count)
      let code = UInt32(String(decoding: source.bytes[from + 2..<end], as: UTF8.self), radix: 16)
      to += code.flatMap { Unicode.Scalar($0) }.map { UTF8.width($0) } ?? 1
      from = end
    } else {
      // U+0085 and U+00A0 take two bytes, U+2028 and U+2029 three.
      to += ["N": 2, "_": 2, "L": 3, "P": 3][Unicode.Scalar(kind)] ?? 1
      from += 2
    }
    mark()
  }
}
