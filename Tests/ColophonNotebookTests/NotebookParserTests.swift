import ColophonCore
import ColophonNotebook
import Testing

@Suite struct NotebookParsing {
  /// Ten mistakes of ten sorts, each found at its own line and column in one pass.
  @Test func reportsTenMistakesAtOnceSortedByPlace() {
    let text = """
      ---
      titel: Ten mistakes
      parameters: {rounds: 30}
      ---

      # Data

      ```yaml datset churn
      source: churn.csv
      ```

      > A link to [nowhere](javascript:x), and `= churn.rows | .3q`.

      - ```yaml train baseline
        data:churn
        ```

      - ```yaml train second
        rounds: ${ronds}
        list: [1, 2
        ```

      ```yaml train baseline
      rate: ${rate}
      ```

      ```yaml tune
      train: baseline
      ```

      | value |
      |-------|
      | `= baseline.f1 +` |

      ~~~yaml evaluate final
      model: baseline
      model: second
      """
    #expect(
      findings(text) == [
        "2:1 cell.unknown-field: unknown field 'titel' in the front matter",
        "8:9 cell.unknown-kind: 'datset' is no kind of cell",
        "12:13 markdown.unsafe-link: the link to 'javascript:x' is shown as text, because the "
          + "scheme 'javascript:' is not http, https or mailto",
        "12:58 value.unknown-format: '.3q' is no format",
        "15:7 yaml.colon: a ':' must be followed by a space",
        "20:9 yaml.bracket: this '[' is never closed",
        "23:15 cell.repeated-name: another cell is named 'baseline' already",
        "24:7 parameters.unknown: 'rate' is no parameter of this notebook",
        "27:9 cell.missing-name: a tune cell needs a name",
        "33:19 value.expression: the expression ends where a value should follow",
        "35:1 markdown.unclosed-fence: this fence is never closed, so it takes in everything that "
          + "follows",
        "37:1 yaml.repeated-key: 'model' is written twice in the same map",
      ]
    )
  }

  /// The notebooks that ship with the tests read without a finding, and every place is exact.
  @Test func readsTheCorpusWithoutAFinding() throws {
    let names = try Fixtures.names(in: "notebooks").filter { $0.hasSuffix(".md") }
    #expect(names.count >= 4)
    for name in names {
      let bytes = try Fixtures.bytes("notebooks/\(name)")
      let read = NotebookParser.parse(bytes: bytes, path: name, kinds: kinds)
      #expect(read.diagnostics.map { $0.summary } == [], "\(name)")
      #expect(!read.notebook.cells.isEmpty)
      var checker = PlaceChecker(read.notebook.source)
      checker.check(read.notebook.blocks)
      #expect(checker.problems == [], "\(name)")
      for cell in read.notebook.cells {
        let problems = misplacedScalars(cell.config, in: read.notebook.source)
        #expect(problems == [], "\(name)")
      }
    }
  }

  /// The plain scalars of one line that don't stand where their nodes say.
  private func misplacedScalars(_ node: Node, in source: SourceText) -> [String] {
    let inner =
      (node.items ?? []).flatMap { misplacedScalars($0, in: source) }
      + (node.entries ?? []).flatMap { entry -> [String] in
        let key = rest(at: entry.keyPosition, of: source)
        let isThere = key.contains(entry.key)
        return (isThere ? [] : ["\(entry.keyPosition) \(entry.key)"])
          + misplacedScalars(entry.value, in: source)
      }
    guard node.isScalar, !node.text.isEmpty, node.text.utf8.count == node.length else {
      return inner
    }
    let isThere = rest(at: node.position, of: source).hasPrefix(node.text)
    return inner + (isThere ? [] : ["\(node.position) \(node.text)"])
  }

  private func rest(at place: SourcePosition, of source: SourceText) -> String {
    let line = source.bytes[source.range(ofLine: place.line)]
    return String(decoding: line.dropFirst(place.column - 1), as: UTF8.self)
  }

  @Test func printsEachFindingWithItsLine() {
    let read = read("# Head\n\n```yaml trian fit\n```\n")
    let text = read.diagnostics.map { $0.text(sourceLine: read.notebook.sourceLine) }
    #expect(
      text == [
        """
        a.md:3:9: error: 'trian' is no kind of cell [cell.unknown-kind]
        3 | ```yaml trian fit
          |         ^~~~~
        hint: did you mean 'train'?

        """
      ]
    )
  }

  @Test func readsTheSameBytesAlike() throws {
    let bytes = try Fixtures.bytes("notebooks/churn.md")
    let a = NotebookParser.parse(bytes: bytes, path: "a.md", kinds: kinds)
    let b = NotebookParser.parse(bytes: bytes, path: "a.md", kinds: kinds)
    #expect(a.notebook.blocks == b.notebook.blocks)
    #expect(a.notebook.cells.map { $0.config } == b.notebook.cells.map { $0.config })
  }
}
