import ColophonCore

/// Splits a query's text into tokens that know their UTF-8 offsets.
enum RegistryQueryLexer {
  enum Token: Hashable {
    case number(Double)
    /// A quoted text.
    case text(String)
    /// A bare word: a path, a status, a digest, `dataset:churn`.
    case word(String)
    case symbol(String)
    case end
  }

  struct Placed: Hashable {
    var token: Token
    var offset: Int
    var length: Int
  }

  private static let symbols = ["==", "!=", "<=", ">=", "=", "<", ">", "(", ")"]

  static func tokens(of text: String) throws(ExpressionProblem) -> [Placed] {
    let bytes = Array(text.utf8)
    guard bytes.count <= 10_000 else {
      throw ExpressionProblem("the query is too long", at: 0)
    }
    var tokens: [Placed] = []
    var index = 0
    while index < bytes.count {
      if [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) {
        index += 1
        continue
      }
      let start = index
      let token = try next(bytes, &index)
      tokens.append(Placed(token: token, offset: start, length: index - start))
    }
    tokens.append(Placed(token: .end, offset: bytes.count, length: 1))
    return tokens
  }

  private static func next(_ bytes: [UInt8], _ index: inout Int) throws(ExpressionProblem) -> Token
  {
    let start = index
    if let symbol = symbols.first(where: { bytes[start...].starts(with: $0.utf8) }) {
      index += symbol.utf8.count
      return .symbol(symbol == "==" ? "=" : symbol)
    }
    if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
      return .text(try quoted(bytes, &index))
    }
    while index < bytes.count, isWord(bytes[index]) { index += 1 }
    guard index > start else {
      let rest = String(decoding: bytes[start...], as: UTF8.self)
      throw ExpressionProblem("'\(rest.prefix(1))' has no meaning in a query", at: start)
    }
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    if let percent = percent(word) { return .number(percent) }
    if let first = word.utf8.first, (0x30...0x39).contains(first) || first == UInt8(ascii: "-"),
      let number = Double(word), number.isFinite
    {
      return .number(number)
    }
    return .word(word)
  }

  private static func percent(_ word: String) -> Double? {
    guard word.hasSuffix("%"), let number = Double(word.dropLast()), number.isFinite else {
      return nil
    }
    return number / 100
  }

  /// Letters, digits, and what stands in paths, digests and file names.
  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
    default: "_.-:/[]%+@".utf8.contains(byte)
    }
  }

  private static func quoted(_ bytes: [UInt8], _ index: inout Int) throws(ExpressionProblem)
    -> String
  {
    let start = index
    let quote = bytes[index]
    index += 1
    var text: [UInt8] = []
    while index < bytes.count, bytes[index] != quote {
      text.append(bytes[index])
      index += 1
    }
    guard index < bytes.count else {
      throw ExpressionProblem("this quote is never closed", at: start)
    }
    index += 1
    return String(decoding: text, as: UTF8.self)
  }
}
