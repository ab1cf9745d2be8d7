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

    func problem(_ expected: String) -> ParsingError {
      ParsingError(description: "expected \(expected) at byte \(index)")
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
        text += try escape().utf8
        let start = index
        skipPlainText()
        text += bytes[start..<index]
      }
      throw problem("a closing quote")
    }

    /// Goes on to the next quote or backslash.
    private mutating func skipPlainText() {
      while index < bytes.count {
        switch bytes[index] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return
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
      case UInt8(ascii: "u"):
        var code = try hex()
        if code & 0xFC00 == 0xD800, take("\\"), take("u") {
          code = 0x10000 + (code & 0x3FF) << 10 + (try hex() & 0x3FF)
        }
        return Unicode.Scalar(code).map { String($0) } ?? "\u{FFFD}"
      default: return String(decoding: [byte], as: UTF8.self)
      }
    }

    mutating func hex() throws -> UInt32 {
      guard index + 4 <= bytes.count,
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
      guard index == place, place > first else {
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
      if let whole = Int(text) { return .integer(whole) }
      guard let number = Double(text) else {
        index = start
        throw problem("a value")
      }
      return .number(number)
    }
  }
}
