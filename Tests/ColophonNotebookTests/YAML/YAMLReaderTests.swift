import ColophonCore
import ColophonNotebook
import Testing

@Suite struct YAMLReading {
  @Test func knowsThePlaceOfEveryKeyAndValue() {
    let body = """
      data: churn
      layers:
        - dense: {units: 16, activation: "relu"}
        - dropout: 0.5
      'quoted key': [1, 2.5, ~]
      größe: ä  # two bytes a letter
      """
    #expect(
      config(body)?.dump
        == "{data@2:1 \"churn\"@2:7, layers@3:1 [{dense@4:5 {units@4:13 16@4:20, "
        + "activation@4:24 \"relu\"@4:36}}, {dropout@5:5 0.5@5:14}], "
        + "quoted key@6:1 [1@6:16, 2.5@6:19, null@6:24], größe@7:1 \"ä\"@7:10}"
    )
  }

  /// The core schema of YAML 1.2; what the older one took for booleans is text.
  @Test(
    arguments: [
      ("true", Value.boolean(true)), ("False", false), ("null", .null), ("~", .null), ("", .null),
      ("yes", "yes"), ("no", "no"), ("on", "on"), ("NO", "NO"), ("nul", "nul"), ("tRUE", "tRUE"),
      ("12", 12), ("-7", -7), ("+3", 3), ("0o17", 15), ("0xfF", 255), ("007", 7),
      ("1_000", "1_000"),
      ("12:30", "12:30"), ("1.5", 1.5), ("-.5", -0.5), ("1.", 1.0), ("1e3", 1000.0), ("1e", "1e"),
      (".", "."), ("+", "+"), ("0o8", "0o8"), ("0x", "0x"), ("2024-01-05", "2024-01-05"),
      (".inf", .number(.infinity)), ("-.INF", .number(-.infinity)), ("+.5e-3", 0.0005),
      ("\"12\"", "12"), ("'true'", "true"), ("1e1000", .number(.infinity)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("=", "="),
    ] as [(String, Value)]
  )
  func resolvesScalarsByTheCoreSchema(text: String, value: Value) {
    #expect(config("a: \(text)")?["a"]?.value == value)
  }

  @Test func takesNotANumberAsANumber() {
    guard case .number(let value) = config("a: .nan")?["a"]?.content else {
      Issue.record("not a number")
      return
    }
    #expect(value.isNaN)
  }

  /// The offset of a letter in the scalar's text, and where it stands; the body starts on line 2.
  @Test(arguments: [
    ("a: plain text", 6, "2:10"),
    ("a: 'it''s here'", 5, "2:11"),  // one quote of two: the text "it's here", 'h' at 5
    ("a: \"tab\\there\"", 4, "2:10"),  // an escape of two bytes for one
    ("a: \"\\u00e9t\\xe9\"", 2, "2:11"),  // é is two bytes of text, six of source
    ("a: one\n  two", 4, "3:3"),  // folded: the break is one space
    ("a: \"one\n\n  two\"", 4, "4:3"),  // an empty line is one line feed
    ("a: |\n  one\n    two", 6, "4:5"),  // literal: the deeper line keeps two spaces
    ("a: >-\n  one\n  two", 4, "4:3"),
    ("a: \"one \\\n   two\"", 4, "3:4"),  // an escaped break is nothing
    ("a: &x text", 2, "2:9"),  // behind an anchor
    ("a: |2\n    b", 2, "3:5"),
    ("- - deep", 2, "2:7"),
  ])
  func mapsOffsetsWithinAScalarToTheFile(body: String, offset: Int, place: String) throws {
    var node = try #require(config(body))
    node = node["a"] ?? node.items?.first?.items?.first ?? node
    #expect(node.position(at: offset).short == place, "\(node.text)")
  }

  @Test func underlinesAScalarOnItsFirstLine() {
    #expect(config("a: plain text")?["a"]?.length == 10)
    #expect(config("a: 'it''s'")?["a"]?.length == 7)
    #expect(config("a: \"\\u00e9\"")?["a"]?.length == 8)
    #expect(config("a: one\n  two")?["a"]?.length == 3)
  }

  @Test func followsAliases() {
    let dump = config("a: &x {b: 1}\nc: [*x, *x]\nd: '*x'\ne: a*b")?.dump
    #expect(
      dump
        == "{a@2:1 {b@2:8 1@2:11}, c@3:1 [{b@2:8 1@2:11}, {b@2:8 1@2:11}], d@4:1 \"*x\"@4:4, "
        + "e@5:1 \"a*b\"@5:4}"
    )
  }

  @Test func refusesAliasesThatExpandTooFar() {
    var body = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for i in 1...9 {
      let list = Array(repeating: "*a\(i - 1)", count: 10).joined(separator: ", ")
      body += "a\(i): &a\(i) [\(list)]\n"
    }
    // An alias of a0 stands for 11 nodes, of a1 for 111, of a2 for 1,111: 110 + 1,110 + 8 · 1,111
    // is the first sum above 10,000, at the eighth alias of the fourth line.
    #expect(
      findings(inCell: body) == [
        "5:45 yaml.expansion: the aliases stand for more than 10000 values"
      ]
    )
  }

  @Test func reportsEachRepeatedKeyWithItsFirst() throws {
    let text = "```yaml train fit\na: 1\nb: 2\na: 3\n'a': 4\nc: {d: 1, d: 2}\n```\n"
    let read = read(text)
    #expect(
      read.diagnostics.map { $0.summary } == [
        "4:1 yaml.repeated-key: 'a' is written twice in the same map",
        "5:1 yaml.repeated-key: 'a' is written twice in the same map",
        "6:11 yaml.repeated-key: 'd' is written twice in the same map",
      ]
    )
    #expect(read.diagnostics.map { $0.notes.first?.position.short } == ["2:1", "2:1", "6:5"])
    #expect(
      read.notebook.cells.first?.config.dump == "{a@2:1 1@2:4, b@3:1 2@3:4, c@6:1 {d@6:5 1@6:8}}"
    )
  }

  @Test func goesOnWithOtherCellsAfterABrokenOne() {
    let text = "```yaml train a\nx: [1\n```\n\n```yaml train b\ny: 1\n```\n"
    let read = read(text)
    #expect(read.diagnostics.map { $0.summary } == ["2:4 yaml.bracket: this '[' is never closed"])
    #expect(read.notebook.cells.map { $0.isBroken } == [true, false])
    #expect(read.notebook.cells.last?.config.dump == "{y@6:1 1@6:4}")
  }

  @Test func readsAListAtTheTop() {
    #expect(config("- a > 1\n- b")?.dump == "[\"a > 1\"@2:3, \"b\"@3:3]")
  }
}
