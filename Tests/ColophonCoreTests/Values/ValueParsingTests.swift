import ColophonCore
import Testing

@Suite struct ValueParsing {
  private func parse(_ text: String) throws -> Value { try Value(json: text.utf8) }

  @Test(
    arguments: [
      ("1", .integer(1)), ("-0", .integer(0)), ("1.5", .number(1.5)), ("1e2", .number(100)),
      ("9223372036854775808", .number(9223372036854775808)), (" [ ] ", .array([])),
      ("\"\\ud83d\\ude00\"", .string("😀")), ("\"\\u0041\\/\"", .string("A/")),
      ("{\"a\":{\"b\":[null]}}", ["a": ["b": [.null]]]),
    ] as [(String, Value)]
  )
  func reads(text: String, value: Value) throws { #expect(try parse(text) == value) }

  @Test(arguments: [
    ("", "expected a value at byte 0"), ("[1,]", "expected a value at byte 3"),
    ("[1 2]", "expected ',' or ']' at byte 3"), ("{\"a\" 1}", "expected ':' at byte 5"),
    ("{\"a\":1,}", "expected a quoted text at byte 7"), ("tru", "expected true at byte 0"),
    ("1 2", "expected nothing more at byte 2"), ("01", "expected a value at byte 0"),
    ("+1", "expected a value at byte 0"), ("1.", "expected a value at byte 0"),
    (".5", "expected a value at byte 0"), ("1e", "expected a value at byte 0"),
    ("NaN", "expected a value at byte 0"),
    ("1e999", "expected a number that a double can hold at byte 0"),
    ("\"\\ud800\"", "expected a second surrogate at byte 7"),
    ("\"\\ud800\\u0041\"", "expected a second surrogate at byte 13"),
    ("\"\\udc00\"", "expected a second surrogate at byte 7"),
    ("\"\\u+123\"", "expected four hexadecimal digits at byte 3"),
    ("\"\\q\"", "expected a known escape at byte 2"),
    ("\"a\u{1}\"", "expected no control character at byte 2"),
    ("\"abc", "expected a closing quote at byte 4"),
  ])
  func refuses(text: String, message: String) {
    #expect {
      _ = try parse(text)
    } throws: {
      "\($0)" == message
    }
  }

  @Test func refusesWhatWouldExhaustTheStack() {
    let bomb = String(repeating: "[", count: 100_000)
    #expect(throws: Value.ParsingError.self) { try parse(bomb) }
    let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(throws: Never.self) { try parse(deep) }
  }

  private func random(_ stream: inout RandomStream, depth: Int) -> Value {
    switch stream.integer(below: depth > 3 ? 5 : 7) {
    case 0: return .null
    case 1: return .boolean(stream.integer(below: 2) == 0)
    case 2: return .integer(Int(bitPattern: UInt(stream.next())) >> stream.integer(below: 64))
    case 3: return .number(Double(bitPattern: stream.next()))
    case 4:
      let scalars = (0..<stream.integer(below: 6)).compactMap { _ in
        Unicode.Scalar(
          UInt32(stream.integer(below: 0x11_0000)) >> UInt32(stream.integer(below: 20))
        )
      }
      return .string(String(String.UnicodeScalarView(scalars)))
    case 5:
      return .array((0..<stream.integer(below: 4)).map { _ in random(&stream, depth: depth + 1) })
    default:
      var members: [String: Value] = [:]
      for i in 0..<stream.integer(below: 4) {
        members["k\(stream.integer(below: 100))\(i)"] = random(&stream, depth: depth + 1)
      }
      return .object(members)
    }
  }

  @Test func readsBackWhatTheEngineWrites() throws {
    var stream = RandomStream(root: 9, cell: "values", purpose: "fuzz")
    for _ in 0..<2000 {
      let value = random(&stream, depth: 0)
      let bytes = value.canonicalBytes
      #expect(try Value(json: bytes).canonicalBytes == bytes)
      #expect(try Value(json: value.indentedText.utf8).canonicalBytes == bytes)
    }
  }

  @Test func survivesDamagedText() {
    var stream = RandomStream(root: 9, cell: "values", purpose: "damage")
    let source = Array(#"{"a":[1,2.5e-3,"x\u00e9\n",true,null],"b":{"c":"\ud83d\ude00"}}"#.utf8)
    for _ in 0..<5000 {
      var bytes = source
      for _ in 0..<1 + stream.integer(below: 3) {
        bytes[stream.integer(below: bytes.count)] = UInt8(stream.integer(below: 256))
      }
      // Either a value or an error; never a crash.
      _ = try? Value(json: bytes)
    }
  }
}
