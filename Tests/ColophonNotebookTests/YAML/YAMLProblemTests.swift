import ColophonCore
import ColophonNotebook
import Testing

@Suite struct YAMLProblems {
  /// A cell's body from line 2 on, and the one finding that it must yield.
  @Test(arguments: [
    ("data:churn", "2:5 yaml.colon: a ':' must be followed by a space"),
    ("a: 1\ndata:churn\nb: 2", "3:5 yaml.colon: a ':' must be followed by a space"),
    ("a: 1\nrounds\nb: 2", "3:1 yaml.colon: this line has no ':'"),
    ("just words", "2:1 yaml.no-map: a cell's body must be a map or a list, not text"),
    ("a: b: c", "2:5 yaml.colon: a second ':' can't follow on the line of the first"),
    (
      "a: 1\n  b: 2",
      "3:3 yaml.indentation: this line is indented deeper than the field above, which has a value "
        + "already"
    ),
    ("a:\n  - x\n - y", "4:2 yaml.indentation: this list item is not indented like its neighbours"),
    ("a:\n    b: 1\n  c: 2", "4:3 yaml.indentation: this line is not indented like its neighbours"),
    (
      "  a: 1\nb: 2",
      "3:1 yaml.second-document: the YAML ends before this, and a cell holds one document only"
    ),
    ("a: - x", "2:4 yaml.item: a list item can't start on the line of its field"),
    ("a:\n\tb: 1", "3:1 yaml.tab: this line is indented with a tab, and YAML takes spaces only"),
    (
      "a:\n  b: 1\n\tc: 2",
      "4:1 yaml.tab: this line is indented with a tab, and YAML takes spaces only"
    ),
    ("a: \"open\nb: 1", "2:4 yaml.quote: this quote is never closed"),
    ("a: 'open", "2:4 yaml.quote: this quote is never closed"),
    ("a: {b: 1\nc: 2", "2:4 yaml.bracket: this '{' is never closed"),
    ("a: [1, 2\nb: 2", "2:4 yaml.bracket: this '[' is never closed"),
    ("a: [\"x\" \"y\"]", "2:9 yaml.bracket: a ',' or a ']' must stand before this"),
    ("a: \"x\" y", "2:8 yaml.after-value: nothing can follow the value that ends before this"),
    ("a: @x", "2:4 yaml.reserved: a text can't start with '@'"),
    ("a: `x`", "2:4 yaml.reserved: a text can't start with '`'"),
    ("a: %x", "2:4 yaml.reserved: a text can't start with '%'"),
    ("a: \"C:\\data\"", "2:7 yaml.escape: this backslash starts no known escape"),
    ("a: [b, , c]", "2:8 yaml.missing-value: a value is missing before this"),
    ("a: | text\n  b", "2:6 yaml.block-text: after '|' or '>' the text starts on the next line"),
    (
      "a: 1\n---\nb: 2",
      "3:1 yaml.second-document: the YAML ends before this, and a cell holds one document only"
    ),
    ("a: !!str 1", "2:4 yaml.tag: a tag ('!…') has no meaning here"),
    ("a: !file x", "2:4 yaml.tag: a tag ('!…') has no meaning here"),
    ("a: !set {x}", "2:4 yaml.tag: a tag ('!…') has no meaning here"),
    ("a: !x!y z", "2:4 yaml.tag: a tag ('!…') has no meaning here"),
    ("a: &x 1\nb: {<<: *x}", "3:5 yaml.merge-key: merge keys ('<<') are not supported"),
    ("? [a, b]\n: 1", "2:3 yaml.key: a field's name must be a text"),
    ("? {a: b}\n: 1", "2:3 yaml.key: a field's name must be a text"),
    ("a: *b", "2:4 yaml.alias: there is no anchor '&b' before this"),
    ("a: &b [*b]", "2:8 yaml.alias: there is no anchor '&b' before this"),
    ("a: & b", "2:4 yaml.anchor: a text can't start with '&'"),
    ("a: x\u{1}y", "2:5 yaml.control-character: YAML can't hold a control character"),
    (
      "a: {b: ${x}}",
      "2:8 parameters.needs-quotes: within { } or [ ], a parameter must stand in quotes"
    ),
    (
      "a: [${x}, 1]",
      "2:5 parameters.needs-quotes: within { } or [ ], a parameter must stand in quotes"
    ),
  ])
  func saysWhatIsWrongInOurWords(body: String, finding: String) {
    #expect(findings(inCell: body) == [finding])
  }

  /// The first mistake's entry hides nothing of the entries after it; an unclosed bracket is told
  /// once, at the bracket.
  @Test func reportsTheMistakesOfEachEntry() {
    let body = "data:churn\na: {b: 1\nc: 2\nd: \"x\" y\ne: 3\nf: [1, , 2]\n"
    #expect(
      findings(inCell: body) == [
        "2:5 yaml.colon: a ':' must be followed by a space",
        "3:4 yaml.bracket: this '{' is never closed",
        "5:8 yaml.after-value: nothing can follow the value that ends before this",
        "7:8 yaml.missing-value: a value is missing before this",
      ]
    )
  }

  @Test func refusesDeepNesting() {
    let body = "a: " + String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
    #expect(
      findings(inCell: body) == ["2:68 yaml.nesting: the YAML is nested more than 64 levels deep"]
    )
    // libYAML itself stops at a thousand.
    let bomb = String(repeating: "- ", count: 5_000) + "x"
    #expect(
      findings(inCell: bomb) == [
        "2:1999 yaml.nesting: the YAML is nested more than 1000 levels deep"
      ]
    )
  }

  @Test func hintsAtTheQuotesThatAParameterNeeds() {
    let hint = read("```yaml train fit\na: {b: ${rounds}}\n```").diagnostics.first?.hint
    #expect(hint == "write \"${rounds}\"")
  }
}
