import ColophonCore
import Testing

@Suite struct NumberFormats {
  @Test(
    arguments: [
      (".3f", 3.14159, "3.142"), (".0f", 2.5, "2"), (".2f", -1.005, "−1.00"),
      (".3g", 1234.5, "1234"),
      (".3g", 0.00001234, "1.23e-5"), ("percent", 0.1234, "12.3\u{202F}%"),
      (".0%", 0.5, "50\u{202F}%"), (".2%", -0.5, "−50.00\u{202F}%"), (",", 1_234_567, "1,234,567"),
      (",", -1234, "−1,234"), (",", 1234.567, "1,234.57"), ("si", 999, "999"), ("si", 1500, "1.5k"),
      ("si", 999_960, "1M"), ("si", -2_500_000, "−2.5M"), ("si", 0.0001234, "0.000123"),
      ("si", 0, "0"),
      ("bytes", 512, "512 B"), ("bytes", 1536, "1.5 KiB"), ("bytes", 1_073_741_824, "1 GiB"),
      ("usd", 1234.5, "$1,234.50"), ("usd", -0.5, "−$0.50"), ("usd", -0.001, "$0.00"),
      ("seconds", 0, "0 s"), ("seconds", 0.0000015, "1.5 µs"), ("seconds", 0.25, "250 ms"),
      ("seconds", 12.34, "12.3 s"), ("seconds", 90, "1 min 30 s"), ("seconds", 3720, "1 h 2 min"),
      ("seconds", 90_000, "1 d 1 h"), ("seconds", -90, "−1 min 30 s"), ("raw", 0.1, "0.1"),
      ("raw", "text", "text"), ("raw", true, "true"), (".2f", .number(.nan), "–"),
      ("seconds", .number(.infinity), "∞"), ("percent", .number(.nan), "–"),
    ] as [(String, Value, String)]
  )
  func writes(spelling: String, value: Value, text: String) throws {
    let format = try #require(NumberFormat(spelling))
    #expect(try format.text(of: value) == text)
  }

  @Test(arguments: ["", "f", ".f", ".21f", ".-1f", ".+1f", ".0g", ".3x", "Percent", ".1.f", " .1f"])
  func refusesUnknownSpellings(spelling: String) { #expect(NumberFormat(spelling) == nil) }

  @Test(arguments: NumberFormat.spellings)
  func everySpellingListedIsRead(spelling: String) throws {
    let format = try #require(NumberFormat(spelling.replacing("N", with: "3")))
    #expect(throws: Never.self) { try format.text(of: 1.5) }
    if format != .raw { #expect(throws: ExpressionProblem.self) { try format.text(of: "x") } }
  }

  @Test func writesValuesWithoutAFormat() {
    #expect(NumberFormat.standard(1234) == "1,234")
    #expect(NumberFormat.standard(0.123456) == "0.1235")
    #expect(NumberFormat.standard("x") == "x")
    #expect(NumberFormat.standard(.null) == "null")
  }
}
