import ColophonCore
import ColophonNotebook
import ColophonReport
import ColophonRuntime
import Testing

/// From the notebook's Markdown to the page's prose.
@Suite struct ProseOfAReport {
  private func result(_ name: String, _ status: CellResult.Status, _ values: Value) -> CellResult {
    var result = CellResult(name: name, kind: "train", status: status, why: "")
    result.values = values
    return result
  }

  private func bridge() -> ProseBridge {
    let results = [
      result("fit", .done, ["auc": 0.98765, "rows": 1234, "labels": ["Yes": 3], "name": "svm"]),
      result("gone", .skipped, [:]), result("broken", .failed, [:]),
    ]
    return ProseBridge(results: Dictionary(uniqueKeysWithValues: results.map { ($0.name, $0) })) {
      path in
      path == "a b.png"
        ? .success("data:image/png;base64,AA==")
        : .failure(PictureProblem(message: "can't be read"))
    }
  }

  private func prose(_ markdown: String) -> (blocks: [Prose.Block], diagnostics: [Diagnostic]) {
    let read = NotebookParser.parse(bytes: Array(markdown.utf8), path: "n.md", kinds: ["train"])
    #expect(read.diagnostics.isEmpty, "\(read.diagnostics)")
    var bridge = bridge()
    let blocks = bridge.blocks(read.notebook.blocks)
    return (blocks, bridge.diagnostics)
  }

  private func inline(_ markdown: String) throws -> Prose.Inline {
    let (blocks, _) = prose(markdown)
    guard case .paragraph(let content) = try #require(blocks.first) else {
      return .text("no paragraph: \(blocks)")
    }
    return try #require(content.first)
  }

  @Test(arguments: [
    ("`= fit.auc | .3f`", "0.988", "fit.auc"), ("`= fit.rows | ,`", "1,234", "fit.rows"),
    ("`= fit.labels.Yes / fit.rows | percent`", "0.2 %", "fit.labels.Yes / fit.rows"),
    ("`= fit.name`", "svm", "fit.name"), ("`= fit.rows`", "1,234", "fit.rows"),
  ])
  func holdsValuesThatLeadToTheirCell(markdown: String, text: String, path: String) throws {
    guard case .value(let written, let anchor, let source) = try inline(markdown) else {
      Issue.record("no value")
      return
    }
    #expect(written.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ") == text)
    #expect(anchor == "cell-fit")
    #expect(source == path)
  }

  @Test func holdsTheResultOfAnExpressionOverNothing() throws {
    #expect(try inline("`= 1 + 2`") == .text("3"))
  }

  @Test(arguments: ["gone", "broken"])
  func saysWithoutComplaintThatACellHasNoResult(cell: String) throws {
    let (blocks, diagnostics) = prose("`= \(cell).auc | .3f`")
    #expect(blocks == [.paragraph([.missingValue(reason: "\(cell).auc: the cell has no result")])])
    #expect(diagnostics.isEmpty)
  }

  @Test func complainsWhereARunDidNotFillAValue() throws {
    let (blocks, diagnostics) = prose("Some text,\nthen `= fit.rows + fit.nothing`.")
    guard case .paragraph(let content) = try #require(blocks.first),
      case .missingValue = try #require(content.dropFirst(3).first ?? content.dropFirst(2).first)
    else {
      Issue.record("\(blocks)")
      return
    }
    let found = try #require(diagnostics.first)
    #expect(diagnostics.count == 1)
    #expect(found.code == "value.unavailable")
    // Line 2, the column of the path's first byte.
    #expect("\(found.position)" == "n.md:2:20")
  }

  @Test func embedsPicturesAndNamesThoseItCannot() throws {
    let (blocks, _) = prose(
      "![A dot](a%20b.png \"T\")\n\n![Other](c.png)\n\nwithin ![a](c.png) text\n"
    )
    #expect(
      blocks.first
        == .image(
          Prose.Image(dataURI: "data:image/png;base64,AA==", alternative: "A dot", title: "T")
        )
    )
    #expect(
      blocks.dropFirst().first
        == .image(Prose.Image(dataURI: nil, missing: "c.png: can't be read", alternative: "Other"))
    )
    guard case .paragraph(let content) = try #require(blocks.last) else {
      Issue.record("\(blocks)")
      return
    }
    #expect(content.count == 3)
  }

  @Test func leavesACellToItsOwnSection() {
    let (blocks, _) = prose("Before\n\n```yaml train fit\na: 1\n```\n\nAfter\n")
    #expect(blocks == [.paragraph([.text("Before")]), .paragraph([.text("After")])])
  }

  @Test func keepsListsQuotesTablesAndListings() {
    let (blocks, _) = prose(
      "2. two\n3. three\n\n> quote\n\n```swift\nlet a = 1\n```\n\n| a | b |\n|:-:|--:|\n| 1 | `= fit.rows` |\n\n***\n"
    )
    #expect(
      blocks == [
        .list(
          start: 2,
          isTight: true,
          [[.paragraph([.text("two")])], [.paragraph([.text("three")])]]
        ),
        .quote([.paragraph([.text("quote")])]),
        .listing(language: "swift", "let a = 1\n"),
        .table(
          alignments: [.center, .right],
          header: [[.text("a")], [.text("b")]],
          rows: [[[.text("1")], [.value("1,234", anchor: "cell-fit", path: "fit.rows")]]]
        ),
        .thematicBreak,
      ]
    )
  }
}
