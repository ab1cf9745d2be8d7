import ColophonCore
import ColophonNotebook
import Testing

@Suite struct PipeTables {
  func firstTable(_ text: String) -> PipeTable? {
    for case .table(let table, _) in read(text).notebook.blocks { return table }
    return nil
  }

  @Test func readsAlignmentsAndRows() throws {
    let table = try #require(
      firstTable("| a | b | c | d |\n| --- | :-- | --: | :-: |\n| 1 | 2 | 3 | 4 |\n 5 | 6\n")
    )
    #expect(table.alignments == [.none, .left, .right, .center])
    #expect(table.head.map { $0.plainText } == ["a", "b", "c", "d"])
    #expect(
      table.rows.map { $0.map { $0.plainText } } == [["1", "2", "3", "4"], ["5", "6", "", ""]]
    )
  }

  @Test func parsesInlinesWithTheirPlaces() throws {
    let text =
      "> | model | *F1* |\n> |---|---|\n> | a\\|b | `= fit.f1 | .3f` |\n> | `x\\|y` | [r] |\n\n[r]: b.md\n"
    let read = read(text)
    #expect(read.diagnostics == [])
    #expect(read.notebook.outline == ["quote @1:1", "  table @1:3 2 rows"])
    let table = try #require(
      read.notebook.blocks.first?.children.compactMap { block -> PipeTable? in
        if case .table(let table, _) = block { table } else { nil }
      }.first
    )
    guard case .emphasis(_, let emphasis) = table.head[1].first else {
      Issue.record("no emphasis")
      return
    }
    #expect(emphasis.short == "1:13")
    #expect(table.rows[0][0].plainText == "a|b")
    #expect(table.rows[0][0].first?.position?.short == "3:5")
    #expect(read.notebook.inlineValues.map { $0.position(at: 0).short } == ["3:15"])
    #expect(read.notebook.inlineValues.first?.format == .fixed(3))
    #expect(table.rows[1][0].plainText == "x|y")
    guard case .link(let link, _) = table.rows[1][1].first else {
      Issue.record("the reference below the table does not resolve")
      return
    }
    #expect(link.destination == "b.md")
  }

  @Test func takesTheLineBeforeTheDelimitersForTheHead() {
    let outline = read("before *it*\nand more\n| a |\n| - |\n| 1 |\nafter\n").notebook.outline
    #expect(outline == ["p @1:1 \"before it and more\"", "table @3:1 2 rows"])
  }

  @Test(arguments: [
    "a | b\n--- | --- | ---\n", "| a |\n", "a\n| b |\n\n| - |\n", "| a | b |\n| - | x |\n",
    "    | a |\n    | - |\n", "| a |\n| : |\n",
  ])
  func leavesOtherTextAlone(text: String) {
    #expect(firstTable(text) == nil)
  }

  @Test func keepsCellsFromStartingBlocks() throws {
    let table = try #require(
      firstTable("| # a | - b | 1. c | > d | [e]: f | <div> |\n|-|-|-|-|-|-|\n")
    )
    #expect(table.head.map { $0.plainText } == ["# a", "- b", "1. c", "> d", "[e]: f", "<div>"])
  }

  @Test func reportsABrokenValueInACellAtItsColumn() {
    #expect(
      findings("| a |\n|---|\n| `= x + | .3f` |\n") == [
        "3:9 value.expression: the expression ends where a value should follow"
      ]
    )
  }
}
