import ColophonCore

/// The meaning of a plain scalar by the core schema (YAML 1.2.2, 10.3.2).
///
/// `yes`, `no`, `on` and `off` are texts, and so is whatever stands in quotes.
enum CoreSchema {
  static func content(of text: String) -> Node.Content {
    guard let first = text.utf8.first else { return .null }
    switch first {
    case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
      return ["~", "null", "Null", "NULL"].contains(text) ? .null : .string(text)
    case UInt8(ascii: "t"), UInt8(ascii: "T"):
      return ["true", "True", "TRUE"].contains(text) ? .boolean(true) : .string(text)
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
      return ["false", "False", "FALSE"].contains(text) ? .boolean(false) : .string(text)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      return number(text) ?? .string(text)
    default: return .string(text)
    }
  }

  private static func number(_ text: String) -> Node.Content? {
    let bytes = Array(text.utf8)
    if bytes.starts(with: "0o".utf8) { return whole(text.dropFirst(2), radix: 8) }
    if bytes.starts(with: "0x".utf8) { return whole(text.dropFirst(2), radix: 16) }
    let isSigned = bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-")
    let body = bytes.dropFirst(isSigned ? 1 : 0)
    if !body.isEmpty, body.allSatisfy(isDigit) {
      return Int(text).map { .integer($0) } ?? Double(text).map { .number($0) }
    }
    let word = String(decoding: body, as: UTF8.self)
    if [".inf", ".Inf", ".INF"].contains(word) {
      return .number(bytes[0] == UInt8(ascii: "-") ? -.infinity : .infinity)
    }
    if [".nan", ".NaN", ".NAN"].contains(text) { return .number(.nan) }
    return isDecimal(body) ? Double(text).map { .number($0) } : nil
  }

  private static func whole(_ digits: Substring, radix: Int) -> Node.Content? {
    guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-")
    else { return nil }
    return Int(digits, radix: radix).map { .integer($0) }
  }

  /// Whether an unsigned text is a decimal number of the schema.
  ///
  /// That is `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
  private static func isDecimal(_ body: ArraySlice<UInt8>) -> Bool {
    var rest = body
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: isDigit)
      rest = rest.dropFirst(1 + fraction.count)
      if whole.isEmpty, fraction.isEmpty { return false }
    } else if whole.isEmpty {
      return false
    }
    guard let mark = rest.first else { return true }
    guard mark | 0x20 == UInt8(ascii: "e") else { return false }
    rest = rest.dropFirst()
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
      rest = rest.dropFirst()
    }
    return !rest.isEmpty && rest.allSatisfy(isDigit)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
