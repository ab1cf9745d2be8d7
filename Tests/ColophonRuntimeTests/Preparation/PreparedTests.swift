import ColophonCore
import ColophonRuntime
import Testing

/// What is known of a notebook before anything runs.
@Suite struct PreparedNotebooks {
  private func prepared(_ text: String, overrides: [String: String] = [:]) throws -> Prepared {
    let folder = try ProjectFolder.study(text)
    return Prepared(
      bytes: Array(text.utf8),
      path: "study.md",
      name: "study.md",
      directory: folder.path,
      overrides: overrides
    )
  }

  @Test func knowsWhatACellNeedsAndWhatEntersIt() throws {
    let text = Study.notebook.replacing(
      "algorithm: xgboost",
      with: "algorithm: xgboost\nwhen: line.validation.roc_auc > 0.5"
    )
    let prepared = try prepared(text)
    #expect(prepared.isValid, "\(prepared.diagnostics)")
    #expect(Set(prepared.needs("trees")) == ["people", "line"])
    // What only decides whether a cell runs is no part of its result.
    #expect(prepared.inputs("trees") == ["people"])
    #expect(prepared.inputs("people") == [])
    #expect(prepared.needs("nobody") == [] && prepared.inputs("nobody") == [])
  }

  @Test func closesOverWhatIsNeeded() throws {
    let prepared = try prepared(Study.notebook)
    #expect(prepared.closure(of: []) == Set(Study.cells))
    #expect(prepared.closure(of: ["people"]) == ["people"])
    #expect(prepared.closure(of: ["line"]) == ["people", "line"])
    #expect(prepared.closure(of: ["acceptance"]) == ["people", "trees", "final", "acceptance"])
    #expect(prepared.closure(of: ["line", "head"]) == ["people", "line", "head"])
  }

  @Test func ordersEachCellAfterWhatItNeeds() throws {
    let parts = Study.notebook.split(separator: "```yaml ", omittingEmptySubsequences: false)
    let backwards = ([parts[0]] + parts.dropFirst().map { $0 + "\n" }.reversed())
      .joined(separator: "```yaml ")
    let prepared = try prepared(backwards)
    #expect(prepared.isValid, "\(prepared.diagnostics)")
    let places = Dictionary(uniqueKeysWithValues: prepared.order.enumerated().map { ($1, $0) })
    #expect(places.count == Study.cells.count)
    for name in prepared.order {
      for needed in prepared.needs(name) {
        #expect(try #require(places[needed]) < #require(places[name]))
      }
    }
  }

  @Test(arguments: [
    ("final.roc_acu", "final.roc_auc"), ("trees.validation.roc_acu", "trees.validation.roc_auc"),
    ("people.rwos", "people.rows"), ("people.split.trian.rows", "people.split.train.rows"),
    ("acceptance.hold", "acceptance.held"),
  ])
  func suggestsTheValueThatWasMeant(written: String, meant: String) throws {
    let text = Study.notebook + "See `= \(written)`.\n"
    let found = try prepared(text).diagnostics
    #expect(found.count == 1)
    let first = try #require(found.first)
    #expect(first.code == "value.unknown-path")
    #expect(first.hint == "did you mean '\(meant)'?")
    let line = Study.notebook.split(separator: "\n", omittingEmptySubsequences: false).count
    #expect("\(first.position)" == "study.md:\(line):8")
    #expect(first.length == written.utf8.count)
  }

  @Test func suggestsTheCellThatWasMeant() throws {
    let found = try prepared(Study.notebook + "See `= poeple.rows`.\n").diagnostics
    #expect(found.map { $0.code.description } == ["value.unknown-cell"])
    #expect(found.first?.hint == "did you mean 'people'?")
  }

  @Test func saysWhatACellHasWhereNothingIsNear() throws {
    let found = try prepared(Study.notebook + "See `= acceptance.zzzzzzzz`.\n").diagnostics
    #expect(found.first?.hint == "it has acceptance.held, acceptance.total, acceptance.passed")
  }

  @Test func checksValuesInCaptionsAndTheAbstractToo() throws {
    let text = Study.notebook
      .replacing("title: A small study", with: "title: T\nabstract: It has `= people.rwos` rows.")
      .replacing("all `= people.rows` of them", with: "all `= people.rosw` of them")
    let found = try prepared(text).diagnostics
    #expect(found.map { $0.code.description } == ["value.unknown-path", "value.unknown-path"])
    #expect(found.map { $0.position.line }.first == 3)
  }

  @Test func suggestsTheFileThatWasMeant() throws {
    let found = try prepared(Study.notebook.replacing("data/people.csv", with: "data/peple.csv"))
      .diagnostics
    let first = try #require(found.first { $0.code == "cell.missing-file" })
    #expect(first.hint == "did you mean 'data/people.csv'?")
    let folder = try prepared(Study.notebook.replacing("data/people.csv", with: "data")).diagnostics
    #expect(!folder.isEmpty)
  }

  @Test func leavesOutAcceptedAdvice() throws {
    let twice =
      Study.notebook + Study.choice("once") + Study.choice("twice")
    let advised = try prepared(twice)
    #expect(advised.isValid)
    let codes = Set(advised.diagnostics.map { $0.code.description })
    #expect(!codes.isEmpty)
    let accepted = twice.replacing(
      "seed: 3\n",
      with: "seed: 3\nadvice: [\(codes.sorted().joined(separator: ", "))]\n"
    )
    #expect(try prepared(accepted).diagnostics.isEmpty)
  }

  @Test func readsAnythingWithoutAFile() {
    for text in ["", "\n", "---\n---\n", "```yaml", "```yaml train", "\u{FEFF}# x\r\n"] {
      let prepared = Prepared(bytes: Array(text.utf8), path: "x.md", name: "x.md", directory: "")
      #expect(prepared.order.isEmpty)
    }
  }
}
