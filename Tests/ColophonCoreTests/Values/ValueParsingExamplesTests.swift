import ColophonCore
import Testing

@Suite struct ValueParsingExamples {
  @Test(
    arguments: [
      ("0", .integer(0)), ("-0", .integer(0)), ("-7", .integer(-7)),
      ("123456789012345678", .integer(123_456_789_012_345_678)),
      // Beyond 18 digits the text is read by the standard library, up to the last whole number.
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)),
      ("1.5", .number(1.5)), ("1e3", .number(1000)), ("-2.5E-3", .number(-0.0025)),
      ("0.1", .number(0.1)), ("5e-324", .number(.leastNonzeroMagnitude)),
      (" [1 , 2.0,\n\t-3] ", .array([.integer(1), .number(2), .integer(-3)])),
    ] as [(String, Value)]
  )
  func readsNumbers(text: String, expected: Value) throws {
    #expect(try Value(json: text.utf8) == expected)
  }

  @Test(arguments: [
    (#""""#, ""), (#""plain""#, "plain"), (#""größer""#, "größer"), (#""a\"b""#, "a\"b"),
    (#""\\""#, "\\"), (#""\n\tx\u00e9""#, "\n\txé"), (#""\ud83d\ude00!""#, "😀!"),
    (#""tail\/""#, "tail/"),
  ])
  func readsTexts(text: String, expected: String) throws {
    #expect(try Value(json: text.utf8) == .string(expected))
  }

  @Test(arguments: [
    "", "-", "+", "1 2", "[1,]x", "\"open", "\"open\\", "\"\\u12", "1.2.3", "--1", "tru",
  ])
  func refusesWhatIsNoValue(text: String) {
    #expect(throws: Value.ParsingError.self) { try Value(json: text.utf8) }
  }
}
