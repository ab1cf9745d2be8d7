import ColophonCore
import Foundation
import Testing

@Suite struct DecimalTexts {
  /// Python's own formatting, which rounds the exact binary value half to even
  /// (`Tests/Fixtures/make/decimal.py`).
  @Test func agreesWithPython() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/decimal.tsv")
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count > 700)
    for line in lines {
      let parts = line.split(separator: "\t")
      let digits = try #require(Int(parts[1]))
      let value = try #require(Double(String(parts[2])))
      let text =
        parts[0] == "f"
        ? DecimalText.fixed(value, decimals: digits) : DecimalText.general(value, digits: digits)
      #expect(text == String(parts[3]), "\(line)")
    }
  }

  @Test func namesWhatIsNotFinite() {
    #expect(DecimalText.fixed(.nan, decimals: 2) == "–")
    #expect(DecimalText.general(-.infinity, digits: 3) == "−∞")
  }

  @Test(arguments: [
    ("1", "1"), ("123", "123"), ("1234", "1,234"), ("−1234567.891", "−1,234,567.891"),
    ("123456", "123,456"),
  ])
  func groupsThousands(text: String, grouped: String) {
    #expect(DecimalText.grouped(text) == grouped)
  }

  @Test(arguments: [("1.500", "1.5"), ("2.0", "2"), ("100", "100"), ("0.0", "0")])
  func dropsTrailingZeros(text: String, trimmed: String) {
    #expect(DecimalText.trimmed(text) == trimmed)
  }
}
