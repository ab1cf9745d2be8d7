import ColophonCore
import ColophonNotebook
import Testing

@Suite struct FrontMatterReading {
  @Test func readsEveryKey() {
    let read = read(
      """
      ---
      title: Who will leave?
      subtitle: A churn model
      authors: [Ada, Grace]
      abstract: >
        A baseline at `= fit.test.f1 | .2f`,
        and *more*.
      keywords: [churn]
      seed: 18446744073709551615
      parameters:
        rounds: 300
        rate: 0.5
        name: "7"
        deep: true
      advice: [eval.loo-large]
      ---

      # Heading
      """
    )
    #expect(read.diagnostics == [])
    let notebook = read.notebook
    #expect(notebook.title == "Who will leave?")
    #expect(notebook.frontMatter.subtitle?.value == "A churn model")
    #expect(notebook.frontMatter.authors.map { $0.value } == ["Ada", "Grace"])
    #expect(notebook.frontMatter.keywords.map { $0.value } == ["churn"])
    #expect(notebook.frontMatter.advice.map { $0.position.short } == ["15:10"])
    #expect(notebook.seed == .max)
    #expect(notebook.parameters == ["rounds": 300, "rate": 0.5, "name": "7", "deep": true])
    #expect(notebook.inlineValues.map { $0.position.short } == ["6:18"])
    #expect(notebook.outline == ["h1 @18:1 #heading \"Heading\""])
  }

  @Test(arguments: [
    ("", "plain", "plain"), ("# Head *ing*\n", "a/b/plain.md", "Head ing"), ("text", "x/y.md", "y"),
  ])
  func takesTheTitleFromHeadingOrFile(text: String, path: String, title: String) {
    let read = NotebookParser.parse(bytes: Array(text.utf8), path: path, kinds: kinds)
    #expect(read.notebook.title == title)
  }

  @Test(arguments: [
    ("titel: x", "2:1 cell.unknown-field: unknown field 'titel' in the front matter"),
    ("seed: -1", "2:7 cell.out-of-range: 'seed' must be a whole number from 0 to 2^64 - 1, not -1"),
    (
      "seed: 18446744073709551616",
      "2:7 cell.out-of-range: 'seed' must be a whole number from 0 to 2^64 - 1, not "
        + "18446744073709551616"
    ),
    (
      "seed: 1.5",
      "2:7 cell.out-of-range: 'seed' must be a whole number from 0 to 2^64 - 1, not 1.5"
    ),
    ("seed: x", "2:7 cell.wrong-type: 'seed' takes a whole number, not text ('x')"),
    ("title: [a]", "2:8 cell.wrong-type: 'title' takes a text, not a list"),
    ("- a", "2:1 front-matter.no-map: the front matter must be a map, not a list"),
    ("parameters: {1x: 2}", "2:14 parameters.invalid-name: '1x' can't be a parameter's name"),
    (
      "parameters: {x: [2]}",
      "2:17 parameters.no-scalar: the default of 'x' must be a number, a text, true or false, not "
        + "a list"
    ),
    ("a: [", "2:4 yaml.bracket: this '[' is never closed"),
  ])
  func reportsWhatIsWrongWhereItStands(yaml: String, finding: String) {
    #expect(findings("---\n\(yaml)\n---\n") == [finding])
  }

  @Test func reportsFrontMatterThatIsNeverClosed() {
    #expect(
      findings("---\ntitle: x\n\n# Heading\n") == [
        "1:1 front-matter.unclosed: the front matter that opens here is never closed"
      ]
    )
  }

  @Test func takesARuleFurtherDownForARule() {
    #expect(read("text\n\n---\n").notebook.outline == ["p @1:1 \"text\"", "rule @3:1"])
    #expect(read("---\n---\ntext\n").notebook.outline == ["p @3:1 \"text\""])
  }
}
