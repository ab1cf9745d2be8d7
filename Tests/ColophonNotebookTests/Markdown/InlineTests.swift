import ColophonCore
import ColophonNotebook
import Testing

@Suite struct InlineValues {
  @Test(
    arguments: [
      ("`= fit.f1`", "fit.f1", nil, "1:4"), ("`=fit.f1|percent`", "fit.f1", .percent(1), "1:3"),
      ("`` = fit.f1 | , ``", "fit.f1", .thousands, "1:6"),
      ("`= a.\"x|y\" + 1 | .2g`", "a.\"x|y\" + 1", .general(2), "1:4"),
      ("`= a.b == 'x|y'`", "a.b == 'x|y'", nil, "1:4"),
      ("text *and `= a.b`*", "a.b", nil, "1:14"), ("[link `= a.b`](x.md)", "a.b", nil, "1:10"),
      ("# Head `= a.b`", "a.b", nil, "1:11"), ("größe `= a.b`", "a.b", nil, "1:12"),
      ("- > `= a.b`", "a.b", nil, "1:8"),
    ] as [(String, String, NumberFormat?, String)]
  )
  func readsExpressionAndFormat(
    text: String,
    expression: String,
    format: NumberFormat?,
    place: String
  ) throws {
    let read = read(text)
    #expect(read.diagnostics == [])
    let value = try #require(read.notebook.inlineValues.first)
    #expect(value.expression.text == expression)
    #expect(value.format == format)
    #expect(value.position(at: 0).short == place)
  }

  @Test(arguments: [
    ("`= fit.f1 | .3x`", "1:13 value.unknown-format: '.3x' is no format"),
    ("`= fit.f1 |`", "1:11 value.unknown-format: there is no format after '|'"),
    ("`= `", "1:2 value.empty: there is no expression after '='"),
    ("`= a..b`", "1:6 value.expression: expected a name here"),
    ("`= a +\n  b +`", "2:6 value.expression: the expression ends where a value should follow"),
    (
      "text\n    more\n   `= a b`",
      "3:9 value.expression: expected an operator here"
    ),
    ("[x](y\n\"t\") z\n`= a b`", "3:6 value.expression: expected an operator here"),
    ("[d]: e\n[d] `= a b`", "2:10 value.expression: expected an operator here"),
    ("Head\n`= a b`\n===", "2:6 value.expression: expected an operator here"),
    ("> a\nlazy `= a b`", "2:11 value.expression: expected an operator here"),
    ("- a\n\n\t`= a b`", "3:7 value.expression: expected an operator here"),
  ])
  func pointsAtTheExactColumn(text: String, finding: String) {
    #expect(findings(text) == [finding])
  }

  @Test func showsABrokenValueAsCode() {
    guard case .paragraph(let content, _) = read("`= a b`").notebook.blocks.first else {
      Issue.record("no paragraph")
      return
    }
    #expect(content == [.code("= a b", at: SourcePosition(path: "a.md", line: 1, column: 2))])
  }

  @Test func leavesOtherCodeSpansAlone() {
    let read = read("`a = b` and `x` and ` = y`")
    #expect(read.diagnostics == [])
    // The leading space of the last span keeps it a listing.
    #expect(read.notebook.inlineValues == [])
  }
}

@Suite struct Destinations {
  @Test(arguments: [
    "http://a.b", "https://a.b/?c=d:e", "mailto:a@b.c", "a.md", "../a.md#b", "#b", "?q",
    "a%3Ab/../c", "HTTPS://a.b", "./a:b.md",
  ])
  func keepsSafeLinks(destination: String) {
    #expect(findings("[x](\(destination))") == [])
  }

  @Test(arguments: [
    "javascript:alert(1)", "JavaScript:x", "data:text/html,x", "vbscript:x", "ftp://a.b",
    "//a.b/c", "\\\\\\\\a.b", "java&#10;script:x", "javascript&colon;x", "&#x01;javascript:x",
    "file:///etc/passwd", "&#32;javascript:x",
  ])
  func dropsOtherLinksToText(destination: String) {
    let read = read("*a [x *y*](<\(destination)>)*")
    #expect(read.diagnostics.map { $0.code } == ["markdown.unsafe-link"], "\(destination)")
    #expect(read.diagnostics.map { $0.position.short } == ["1:4"])
    #expect(read.diagnostics.allSatisfy { $0.severity == .advice })
    guard case .paragraph(let content, _) = read.notebook.blocks.first else { return }
    #expect(content.plainText == "a x y")
    #expect(
      content.first?.children.contains { if case .link = $0 { true } else { false } } == false
    )
  }

  @Test func keepsImagesOfRelativeFiles() throws {
    let read = read("![a *b* `c`](my%20plot.png \"T\")")
    #expect(read.diagnostics == [])
    guard case .paragraph(let content, _) = read.notebook.blocks.first,
      case .image(let image, let place) = content.first
    else {
      Issue.record("no image")
      return
    }
    #expect(place.short == "1:1")
    #expect(image.path == "my plot.png")
    #expect(image.destination == "my%20plot.png")
    #expect(image.alt == "a b c")
    #expect(image.title == "T")
  }

  @Test(arguments: ["https://a.b/c.png", "/a.png", "data:image/png;base64,x", "//a/b.png", ""])
  func refusesOtherImages(destination: String) {
    let read = read("x ![alt](<\(destination)>)")
    #expect(read.diagnostics.map { $0.code } == ["markdown.image"])
    #expect(read.diagnostics.map { $0.position.short } == ["1:3"])
  }
}

@Suite struct Prose {
  @Test func givesEveryHeadingItsOwnAnchor() {
    let text = "# A b!\n## a B\n### Ünï `c_d`\n# ***\n# a-b-1\n# A b\n"
    #expect(
      read(text).notebook.outline.map { $0.split(separator: " ")[2] } == [
        "#a-b", "#a-b-1", "#ünï-c_d", "#section", "#a-b-1-1", "#a-b-2",
      ]
    )
  }

  @Test func keepsRawHTMLAsText() {
    let blocks = read("<script>x</script>\n\na <b>c</b>\n").notebook.blocks
    let place = SourcePosition(path: "a.md", line: 1, column: 1)
    #expect(blocks.first == .html("<script>x</script>\n", at: place))
    guard case .paragraph(let content, _) = blocks.last else { return }
    #expect(content.contains(.html("<b>", at: SourcePosition(path: "a.md", line: 3, column: 3))))
  }

  @Test(arguments: [
    String(repeating: ">", count: 20_000) + "x", String(repeating: "- ", count: 5_000) + "x",
    String(repeating: "*a **b ", count: 5_000) + String(repeating: "c** d*", count: 5_000),
    String(repeating: "![", count: 5_000) + "a" + String(repeating: "](b)", count: 5_000),
  ])
  func refusesDeepNestingWithoutOverflow(text: String) {
    #expect(Set(findings(text)).allSatisfy { $0.contains("markdown.nesting") })
    #expect(!findings(text).isEmpty)
  }

  @Test(arguments: [
    String(repeating: "[", count: 50_000), String(repeating: "`", count: 50_000),
    String(repeating: "a`", count: 25_000), String(repeating: "[a](", count: 20_000),
    String(repeating: "| a ", count: 20_000) + "|\n" + String(repeating: "|-", count: 20_000) + "|",
    String(repeating: "<", count: 50_000), String(repeating: "\\[*_`&<", count: 8_000),
    String(repeating: "[a]: b\n", count: 10_000) + "x",
  ])
  func survivesHostileProse(text: String) {
    var checker = PlaceChecker(SourceText(prepared: Array(text.utf8), path: "a.md"))
    checker.check(read(text).notebook.blocks)
    #expect(checker.problems.prefix(3) == [])
  }
}
