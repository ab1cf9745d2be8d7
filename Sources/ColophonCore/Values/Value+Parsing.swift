extension Value {
  /// Why a text is not JSON.
  package struct ParsingError: Error, CustomStringConvertible {
    package let description: String
  }

  /// Reads JSON, as the engine itself writes it.
  ///
  /// - Throws: `ParsingError` with the byte offset of what can't be read; nesting over 512 is refused.
  package init(json bytes: some Collection<UInt8>) throws {
    var reader = Reader(bytes: Array(bytes))
    self = try reader.value(depth: 0)
    reader.skipSpace()
    if reader.index != reader.bytes.count { throw reader.problem("nothing more") }
  }

  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    func problem(_ expected: String, at place: Int? = nil) -> ParsingError {
      ParsingError(description: "expected \(expected) at byte \(place ?? index)")
    }

    mutating func skipSpace() {
      while index < bytes.count {
        switch bytes[index] {
        case 0x20, 0x0A, 0x0D, 0x09: index += 1
        default: return
        }
      }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    mutating func value(depth: Int) throws -> Value {
      if depth > 512 { throw problem("less nesting") }
      skipSpace()
      guard index < bytes.count else { throw problem("a value") }
      switch bytes[index] {
      case UInt8(ascii: "{"): return try object(depth: depth)
      case UInt8(ascii: "["): return try array(depth: depth)
      case UInt8(ascii: "\""): return .string(try string())
      case UInt8(ascii: "t"): return try word("true", .boolean(true))
      case UInt8(ascii: "f"): return try word("false", .boolean(false))
      case UInt8(ascii: "n"): return try word("null", .null)
      default: return try number()
      }
    }

    mutating func word(_ word: String, _ value: Value) throws -> Value {
      guard bytes[index...].starts(with: word.utf8) else { throw problem(word) }
      index += word.utf8.count
      return value
    }

    mutating func array(depth: Int) throws -> Value {
      index += 1
      var items: [Value] = []
      skipSpace()
      if take("]") { return .array(items) }
      while true {
        items.append(try value(depth: depth + 1))
        skipSpace()
        if take("]") { return .array(items) }
        if !take(",") { throw problem("',' or ']'") }
      }
    }

    mutating func object(depth: Int) throws -> Value {
      index += 1
      var members: [String: Value] = [:]
      skipSpace()
      if take("}") { return .object(members) }
      while true {
        skipSpace()
        let key = try string()
        skipSpace()
        if !take(":") { throw problem("':'") }
        members[key] = try value(depth: depth + 1)
        skipSpace()
        if take("}") { return .object(members) }
        if !take(",") { throw problem("',' or '}'") }
      }
    }

    mutating func string() throws -> String {
      guard take("\"") else { throw problem("a quoted text") }
      let start = index
      skipPlainText()
      // Most texts hold no escape and are taken as they stand.
      if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
        index += 1
        return String(decoding: bytes[start..<index - 1], as: UTF8.self)
      }
      var text = Array(bytes[start..<index])
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
        if byte < 0x20 {
          index -= 1
          throw problem("no control character")
        }
        text += try escape().utf8
        let start = index
        skipPlainText()
        text += bytes[start..<index]
      }
      throw problem("a closing quote")
    }

    /// Goes on to the next quote, backslash or control character.
    private mutating func skipPlainText() {
      while index < bytes.count {
        switch bytes[index] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0..<0x20: return
        default: index += 1
        }
      }
    }

    mutating func escape() throws -> String {
      guard index < bytes.count else { throw problem("an escape") }
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{C}"
      case UInt8(ascii: "u"): return String(try scalar())
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
        return String(Unicode.Scalar(byte))
      default:
        index -= 1
        throw problem("a known escape")
      }
    }

    /// What follows `\u`: four digits, or two surrogates that make one scalar.
    mutating func scalar() throws -> Unicode.Scalar {
      let high = try hex()
      if let scalar = Unicode.Scalar(high) { return scalar }
      guard high < 0xDC00, take("\\"), take("u") else { throw problem("a second surrogate") }
      let low = try hex()
      guard low & 0xFC00 == 0xDC00,
        let scalar = Unicode.Scalar(0x10000 + (high & 0x3FF) << 10 + (low & 0x3FF))
      else { throw problem("a second surrogate") }
      return scalar
    }

    mutating func hex() throws -> UInt32 {
      guard index + 4 <= bytes.count, bytes[index] != UInt8(ascii: "+"),
        let code = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
      else { throw problem("four hexadecimal digits") }
      index += 4
      return code
    }

    private mutating func skipNumber() {
      while index < bytes.count {
        switch bytes[index] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
          UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
          index += 1
        default: return
        }
      }
    }

    /// A whole number of at most 18 digits, without going through a text; nil where it is none.
    private mutating func shortWholeNumber() -> Int? {
      let start = index
      let isNegative = bytes[index] == UInt8(ascii: "-")
      var place = isNegative ? index + 1 : index
      let first = place
      var whole = 0
      while place < bytes.count, place - first < 18,
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place])
      {
        whole = whole * 10 + Int(bytes[place] - UInt8(ascii: "0"))
        place += 1
      }
      index = place
      skipNumber()
      let hasLeadingZero = place > first + 1 && bytes[first] == UInt8(ascii: "0")
      guard index == place, place > first, !hasLeadingZero else {
        index = start
        return nil
      }
      return isNegative ? -whole : whole
    }

    mutating func number() throws -> Value {
      let start = index
      if let whole = shortWholeNumber() { return .integer(whole) }
      skipNumber()
      let text = String(decoding: bytes[start..<index], as: UTF8.self)
      guard Reader.isNumber(text.utf8) else { throw problem("a value", at: start) }
      if let whole = Int(text) { return .integer(whole) }
      guard let number = Double(text), number.isFinite else {
        throw problem("a number that a double can hold", at: start)
      }
      return .number(number)
    }

    /// JSON's grammar: no plus sign or needless zero in front, digits on both sides of the point.
    static func isNumber(_ text: String.UTF8View) -> Bool {
      var rest = text[...]
      func digits() -> Int {
        let found = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(found.count)
        return found.count
      }
      if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      let startsWithZero = rest.first == UInt8(ascii: "0")
      let whole = digits()
      guard whole > 0, !startsWithZero || whole == 1 else { return false }
      if rest.first == UInt8(ascii: ".") {
        rest = rest.dropFirst()
        guard digits() > 0 else { return false }
      }
      if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
        rest = rest.dropFirst()
        if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
          rest = rest.dropFirst()
        }
        guard digits() > 0 else { return false }
      }
      return rest.isEmpty
    }
  }
}
