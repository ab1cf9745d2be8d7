import ColophonCore
import ColophonData
import Testing

@Suite struct ReadingANumber {
  private let parser = DecimalParser()

  @Test(arguments: [
    "0", "-0", "1", "+1", "1.", ".5", "-.5e1", "1e5", "1E-5", "1e+5", "00012", "1.50", " 2 ", "\t3",
    "123456789012345678", "1234567890123456789", "12345678901234567890", "0.1", "0.3",
    "9007199254740993", "9007199254740992.5", "9007199254740993.0000000000000000001",
    "1e22", "1e23", "8.5e22", "1.7976931348623157e308", "2.2250738585072014e-308",
    "2.2250738585072011e-308", "5e-324", "2.4703282292062328e-324", "1e-400", "0e999999999",
    "6.631236846766476e-316", "9214843084008499e-16", "0.000000000000000000000000000000000001",
    "3.08984926168550152811e-32", "2.07507922e+15", "69e267", "7.2057594037927933e+16",
  ])
  func roundsAsTheStandardLibraryDoes(text: String) throws {
    let trimmed = text.trimmingPrefix { $0 == "\t" || $0 == " " }
    let expected = try #require(Double(String(trimmed).replacing(" ", with: "")))
    #expect(parser.parse(text)?.bitPattern == expected.bitPattern)
  }

  @Test(arguments: [
    "", " ", "+", "-", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "1 000", "0x10", "inf", "nan", "NaN",
    "Infinity", "--1", "1-", "1_000", "١", "1e400", "-1e999", "1d5", "1f",
  ])
  func takesNothingElseForANumber(text: String) {
    #expect(parser.parse(text) == nil)
  }

  @Test func agreesWithTheStandardLibraryOnRandomText() throws {
    var random = RandomStream(root: 3, cell: "numbers", purpose: "fuzz")
    for i in 0..<150_000 {
      let text = randomNumber(&random, form: i % 3)
      let expected = try #require(Double(text), "\(text)")
      let found = parser.parse(text)
      if expected.isFinite {
        #expect(found?.bitPattern == expected.bitPattern, "\(text)")
      } else {
        #expect(found == nil, "\(text)")
      }
    }
  }

  @Test func readsBackTheShortestTextOfRandomDoubles() {
    var random = RandomStream(root: 4, cell: "numbers", purpose: "fuzz")
    for _ in 0..<50_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(parser.parse(value.description) == value, "\(value)")
    }
  }

  @Test func decidesTheMiddleBetweenTwoDoublesToEven() {
    // 2^53 + 1 and its like lie exactly between two doubles.
    for step in 0..<2_000 {
      let low = 9_007_199_254_740_992 + 2 * step
      let even = step % 2 == 0 ? low : low + 2
      #expect(parser.parse("\(low + 1)") == Double(even))
      #expect(parser.parse("\(low + 1).000") == Double(even))
      #expect(parser.parse("\(low + 1)000e-3") == Double(even))
    }
  }

  /// Plain decimals, decimals with exponents, and long ones.
  private func randomNumber(_ random: inout RandomStream, form: Int) -> String {
    func digits(_ count: Int, _ random: inout RandomStream) -> String {
      (0..<count).map { _ in String(random.integer(below: 10)) }.joined()
    }
    let sign = ["", "-", "+"][random.integer(below: 3)]
    switch form {
    case 0:
      return sign + digits(1 + random.integer(below: 6), &random) + "."
        + digits(random.integer(below: 12), &random)
    case 1:
      let exponent = random.integer(below: 700) - 350
      return sign + digits(1, &random) + "." + digits(1 + random.integer(below: 18), &random)
        + "e\(exponent)"
    default:
      return sign + digits(1 + random.integer(below: 40), &random) + "."
        + digits(1 + random.integer(below: 40), &random)
        + (random.integer(below: 2) == 0 ? "" : "E\(random.integer(below: 80) - 60)")
    }
  }
}
