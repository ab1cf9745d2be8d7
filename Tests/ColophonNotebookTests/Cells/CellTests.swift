import ColophonCore
import ColophonNotebook
import Testing

@Suite struct CellParsing {
  @Test func knowsKindNameFlagsAndExtent() throws {
    let read = read(
      """
      # Title

      ```yaml train fit show skip
      eta: 0.1
      ```

      ~~~~ yaml   evaluate  final	hide
      model: fit
      ~~~~
      """
    )
    #expect(read.diagnostics == [])
    #expect(
      read.notebook.cells.map { "\($0)" } == [
        "Cell @3:1-5:3 train \"fit\"", "Cell @7:1-9:4 evaluate \"final\"",
      ]
    )
    let first = try #require(read.notebook.cells.first)
    #expect(first.display == .show)
    #expect(first.isSkipped)
    #expect(first.source == "eta: 0.1\n")
    #expect(first.kind.position.short == "3:9")
    #expect(first.name.position.short == "3:15")
    let last = try #require(read.notebook.cells.last)
    #expect(last.display == .hide)
    #expect(last.name.position.short == "7:23")
  }

  @Test func findsCellsInListsAndQuotesWithExactPlaces() {
    // The comments give each line's prefix, which columns must count in.
    let text = [
      "- item",  // 1
      "",
      "  ```yaml train fit",  // 3: the fence stands at column 3
      "  eta: 0.1",  // 4: 'eta' at 3, the value at 8
      "  ```",
      "",
      "> quoted",  // 7
      ">",
      "> > ```yaml train other",  // 9: the fence at column 5
      "> > a:",
      "> >   - x",  // 11: the item at column 9
      "> > ```",
      "",
      "1. \t```yaml train third",  // 14: the tab ends at column 5, the fence is byte 5
      "\tb: 1",  // 15: one tab of four columns; the item takes them all
      "\t```",
    ].joined(separator: "\n")
    let read = read(text)
    #expect(read.diagnostics.map { $0.summary } == [])
    #expect(
      read.notebook.outline == [
        "list @1:1", "  p @1:3 \"item\"", "  Cell @3:3-5:5 train \"fit\"",
        "quote @7:1", "  p @7:3 \"quoted\"", "  quote @9:3",
        "    Cell @9:5-12:7 train \"other\"",
        "list @14:1", "  Cell @14:5-16:4 train \"third\"",
      ]
    )
    #expect(
      read.notebook.cells.map { $0.config.dump } == [
        "{eta@4:3 0.1@4:8}", "{a@10:5 [\"x\"@11:9]}", "{b@15:2 1@15:5}",
      ]
    )
  }

  @Test(arguments: [
    "```\ncode\n```", "```yaml\na: 1\n```", "```swift train fit\nlet a = 1\n```",
    "    ```yaml train fit\n    a: 1\n    ```", "```yml train fit\n```",
  ])
  func leavesOtherFencesAsListings(text: String) {
    let read = read(text)
    #expect(read.diagnostics == [])
    #expect(read.notebook.cells.isEmpty)
    #expect(read.notebook.outline.first?.hasPrefix("code @1:") == true)
  }

  @Test(arguments: [
    ("```yaml trian fit\n```", "1:9 cell.unknown-kind: 'trian' is no kind of cell"),
    ("```yaml train\n```", "1:9 cell.missing-name: a train cell needs a name"),
    ("```yaml train Fit\n```", "1:15 cell.invalid-name: 'Fit' can't be a cell's name"),
    ("```yaml train 2fit\n```", "1:15 cell.invalid-name: '2fit' can't be a cell's name"),
    ("```yaml train fit fodl\n```", "1:19 cell.unknown-flag: 'fodl' is no flag of a cell"),
    (
      "~~~yaml train fit\n",
      "1:1 markdown.unclosed-fence: this fence is never closed, so it takes "
        + "in everything that follows"
    ),
    (
      "text\n\n````\n```\n",
      "3:1 markdown.unclosed-fence: this fence is never closed, so it takes "
        + "in everything that follows"
    ),
  ])
  func saysWhatIsWrongWithAFence(text: String, finding: String) {
    #expect(findings(text) == [finding])
  }

  @Test func suggestsTheNearestKindAndFlag() {
    let diagnostics = read("```yaml trian fit sow\n```").diagnostics
    #expect(diagnostics.map { $0.hint } == ["did you mean 'train'?", "did you mean 'show'?"])
  }

  @Test func pointsARepeatedNameToItsFirstUse() throws {
    let text = "```yaml train fit\n```\n\n> ```yaml tune fit\n> ```\n"
    let read = read(text)
    let diagnostic = try #require(read.diagnostics.first)
    #expect(read.diagnostics.count == 1)
    #expect(diagnostic.summary == "4:16 cell.repeated-name: another cell is named 'fit' already")
    #expect(diagnostic.notes.map { $0.position.short } == ["1:15"])
    #expect(read.notebook.cells.map { $0.isBroken } == [false, true])
  }

  @Test func readsCaptionsAsMarkdownWithPlacesOfTheFile() throws {
    let text = """
      ```yaml compare duel
      caption: Is it *better*? p = `= duel.p_value | .3f`
      ```

      ```yaml plot lines
      caption: |
        First.

        `= duel.difference`
      ```
      """
    let read = read(text)
    #expect(read.diagnostics == [])
    let values = read.notebook.inlineValues
    #expect(values.map { $0.position.short } == ["2:31", "9:4"])
    #expect(values.map { $0.position(at: 0).short } == ["2:33", "9:6"])
    #expect(values.first?.format == .fixed(3))
  }

  @Test func treatsAnEmptyCellAsAnEmptyMapping() {
    for body in ["", "\n\n", "# nothing\n"] {
      let read = read("```yaml train fit\n\(body)```\n")
      #expect(read.diagnostics == [])
      #expect(read.notebook.cells.first?.config.entries == [])
    }
  }
}
