/// The words of an SQL query, as far as it takes to tell whether its answer is the same every time.
struct SQLText {
  /// A word, a literal or a sign, and where it stands.
  private struct Token {
    /// Words in lower case; literals with their first quote.
    var text: String
    var offset: Int
    var depth: Int
  }

  private let tokens: [Token]

  init(_ query: String) { tokens = SQLText.tokens(Array(query.utf8)) }

  /// Whether the query itself, not one inside it, says how its rows are ordered.
  var isOrdered: Bool {
    zip(tokens, tokens.dropFirst()).contains {
      $0.text == "order" && $1.text == "by" && $0.depth == 0
    }
  }

  /// Where the query asks for the present time; nil where it doesn't.
  var clock: Int? {
    let functions = ["date", "time", "datetime", "julianday", "unixepoch"]
    for (place, token) in tokens.enumerated() {
      if token.text == "'now" { return token.offset }
      let next = tokens[(place + 1)...].prefix(3).map { $0.text }
      if functions.contains(token.text), next.starts(with: ["(", ")"]) { return token.offset }
      // A format alone stands for the present time too.
      if token.text == "strftime", next.count == 3, next[0] == "(", next[2] == ")" {
        return token.offset
      }
    }
    return nil
  }

  /// The first word; empty where there is none.
  var verb: String { tokens.first?.text ?? "" }

  private static func tokens(_ bytes: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var (i, depth) = (0, 0)
    while i < bytes.count {
      let start = i
      let byte = bytes[i]
      if let end = comment(bytes, at: i) {
        i = end
        continue
      }
      i += 1
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
        while i < bytes.count, bytes[i] != byte { i += 1 }
        let text = String(decoding: bytes[start..<i], as: UTF8.self).lowercased()
        tokens.append(Token(text: text, offset: start, depth: depth))
        i += 1
      case UInt8(ascii: "("):
        tokens.append(Token(text: "(", offset: start, depth: depth))
        depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        tokens.append(Token(text: ")", offset: start, depth: depth))
      case let first where isWord(first):
        while i < bytes.count, isWord(bytes[i]) { i += 1 }
        let text = String(decoding: bytes[start..<i], as: UTF8.self).lowercased()
        tokens.append(Token(text: text, offset: start, depth: depth))
      case 9, 10, 13, 32: break
      default: tokens.append(Token(text: ".", offset: start, depth: depth))
      }
    }
    return tokens
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// The end of the comment that starts at a place; nil where none does.
  private static func comment(_ bytes: [UInt8], at start: Int) -> Int? {
    let rest = bytes[start...]
    if rest.starts(with: "--".utf8) {
      return rest.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    }
    guard rest.starts(with: "/*".utf8) else { return nil }
    var i = start + 2
    while i + 1 < bytes.count {
      if bytes[i] == UInt8(ascii: "*"), bytes[i + 1] == UInt8(ascii: "/") { return i + 2 }
      i += 1
    }
    return bytes.count
  }
}
