/// Splits an expression's text into tokens that know their UTF-8 offsets.
struct ExpressionLexer {
  enum Token: Hashable {
    case number(Double, isWhole: Bool)
    case percent
    case text(String)
    case word(String)
    case symbol(String)
    case end
  }

  struct Placed: Hashable {
    var token: Token
    var offset: Int
    var length: Int
  }

  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  static func tokens(of text: String) throws(ExpressionProblem) -> [Placed] {
    var lexer = ExpressionLexer(text)
    var tokens: [Placed] = []
    while let token = try lexer.next() { tokens.append(token) }
    tokens.append(Placed(token: .end, offset: lexer.bytes.count, length: 1))
    return tokens
  }

  private mutating func next() throws(ExpressionProblem) -> Placed? {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    guard index < bytes.count else { return nil }
    let start = index
    let token = try scan()
    return Placed(token: token, offset: start, length: index - start)
  }

  private mutating func scan() throws(ExpressionProblem) -> Token {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try quoted(by: byte))
    case _ where ValuePath.isWordStart(byte):
      let start = index
      while index < bytes.count, ValuePath.isWord(bytes[index]) { index += 1 }
      return .word(String(decoding: bytes[start..<index], as: UTF8.self))
    case UInt8(ascii: "%"):
      index += 1
      return .percent
    default: return try symbol()
    }
  }

  private mutating func symbol() throws(ExpressionProblem) -> Token {
    for candidate in [
      "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", ",", ".", "[", "]", "|",
    ]
    where bytes[index...].starts(with: candidate.utf8) {
      index += candidate.utf8.count
      return .symbol(candidate)
    }
    let rest = String(decoding: bytes[index...], as: UTF8.self)
    let character = rest.first.map { String($0) } ?? ""
    let hints = ["=": "use '==' to compare", "&": "use 'and'", "!": "use 'not'"]
    throw ExpressionProblem(
      "'\(character)' has no meaning in an expression",
      at: index,
      length: character.utf8.count,
      hint: hints[character]
    )
  }

  private mutating func number() throws(ExpressionProblem) -> Token {
    let start = index
    var isWhole = true
    while index < bytes.count {
      let byte = bytes[index]
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      let isSign =
        (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"))
        && (bytes[index - 1] | 0x20) == UInt8(ascii: "e")
      guard isDigit || isSign || byte == UInt8(ascii: ".") || (byte | 0x20) == UInt8(ascii: "e")
      else { break }
      if !isDigit { isWhole = false }
      index += 1
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw ExpressionProblem("'\(text)' is not a number", at: start, length: index - start)
    }
    return .number(value, isWhole: isWhole)
  }

  private mutating func quoted(by quote: UInt8) throws(ExpressionProblem) -> String {
    let start = index
    index += 1
    var text: [UInt8] = []
    while index < bytes.count, bytes[index] != quote {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
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
