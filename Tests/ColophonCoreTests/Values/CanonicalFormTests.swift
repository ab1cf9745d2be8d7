import ColophonCore
import Testing

@Suite struct CanonicalForm {
  /// RFC 8785, appendix B: IEEE 754 bits and their ECMAScript spelling.
  @Test(
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"),
      (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
      (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
      (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
      (0x4340_0000_0000_0000, "9007199254740992"), (0xc340_0000_0000_0000, "-9007199254740992"),
      (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
      (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
      (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
      (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
      (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
      (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
      (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
      (0x41b3_de43_5555_5557, "333333333.33333343"),
      (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
      (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)]
  )
  func writesNumbersAsThePublishedSamples(bits: UInt64, text: String) {
    #expect(Value.number(Double(bitPattern: bits)).canonicalText == text)
  }

  @Test func writesWhatJSONHasNoNumberFor() {
    #expect(Value.number(.nan).canonicalText == "null")
    #expect(Value.number(.infinity).canonicalText == "\"Infinity\"")
    #expect(Value.number(-.infinity).canonicalText == "\"-Infinity\"")
  }

  @Test func wholeNumbersKeepAllTheirDigits() {
    // ECMAScript would round them to doubles; ours are 64-bit integers and stay what they are.
    #expect(Value.integer(9_007_199_254_740_993).canonicalText == "9007199254740993")
    #expect(Value.integer(.min).canonicalText == "-9223372036854775808")
  }

  /// RFC 8785, section 3.2.2.
  @Test func givesThePublishedExample() throws {
    let source = """
      {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
       "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}
      """
    let expected =
      "{\"literals\":[null,true,false],"
      + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
      + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
    #expect(try Value(json: source.utf8).canonicalText == expected)
  }

  /// RFC 8785, section 3.2.3: UTF-16 order puts a surrogate pair before U+FB33.
  @Test func sortsMembersByUTF16() {
    let value: Value = [
      "\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7,
    ]
    #expect(
      value.canonicalText
        == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}"
    )
  }

  @Test func indentsForPeople() {
    let value: Value = ["b": [1, 2], "a": [:], "c": []]
    let expected = "{\n  \"a\": {},\n  \"b\": [\n    1,\n    2\n  ],\n  \"c\": []\n}\n"
    #expect(value.indentedText == expected)
  }

  @Test func findsTheFirstDifference() throws {
    let a: Value = ["x": [1, ["y": 2]], "z": 3]
    let found = try #require(a.firstDifference(from: ["x": [1, ["y": 4]], "z": 5]))
    #expect(found.path == "x[1].y" && found.this == 2 && found.other == 4)
    #expect(a.firstDifference(from: a) == nil)
    #expect(try #require(a.firstDifference(from: ["x": [1]])).path == "x[1]")
    // Equal to Swift's String, not to a digest.
    #expect(Value.string("é").firstDifference(from: .string("e\u{301}")) != nil)
  }
}
