import ColophonCells
import ColophonCore
import ColophonNotebook
import Testing

/// Reading a cell's configuration: its kind's own fields and those that every cell may carry.
@Suite struct RecipesOfCells {
  private func read(_ yaml: String, kind: String = "table") throws -> (CellRecipe, [Diagnostic]) {
    let text = "```yaml \(kind) x\n\(yaml)\n```\n"
    let (notebook, found) = NotebookParser.parse(
      bytes: Array(text.utf8),
      path: "n.md",
      kinds: cellKinds.names
    )
    #expect(found.isEmpty, "\(found)")
    let cell = try #require(notebook.cells.first)
    let (recipe, diagnostics) = CellRecipe.read(
      try #require(cellKinds[kind]),
      cell.config,
      at: cell.kind.position
    )
    return (recipe, diagnostics)
  }

  @Test func keepsTheCommonKeysOutOfTheConfiguration() throws {
    let plain = try read("from: people").0
    let (full, found) = try read(
      "from: people\ncaption: Some *text*\nwhen: people.rows > 1\nseed: 7\ntolerance: 0.5"
    )
    #expect(found.isEmpty, "\(found)")
    #expect(full.configuration == plain.configuration)
    #expect(full.caption?.text == "Some *text*")
    #expect(full.when?.expression.text == "people.rows > 1")
    #expect(full.seed == 7)
    #expect(full.tolerance == .all(0.5))
    // What the condition reads is an edge of the plan.
    #expect(full.references.contains { $0.field == "when" && $0.cell.value == "people" })
    #expect(
      plain.seed == nil && plain.tolerance == nil && plain.when == nil && plain.caption == nil
    )
  }

  @Test(
    arguments: [
      ("0", 0), ("18446744073709551615", UInt64.max), ("9223372036854775808", 1 << 63),
    ] as [(String, UInt64)]
  )
  func takesEverySeedOf64Bits(text: String, seed: UInt64) throws {
    let (recipe, found) = try read("from: people\nseed: \(text)")
    #expect(found.isEmpty, "\(found)")
    #expect(recipe.seed == seed)
  }

  @Test(arguments: [
    ("seed: -1", 7), ("seed: 18446744073709551616", 7), ("seed: 1.5", 7), ("seed: soon", 7),
    ("seed: [1]", 7), ("tolerance: -0.1", 12), ("tolerance: .nan", 12), ("tolerance: .inf", 12),
    ("tolerance: much", 12), ("tolerance: [1]", 12), ("tolerance: {rows: -1}", 19),
    ("caption: [a]", 10), ("caption: {a: b}", 10), ("when: people.rows + 1", 7),
    ("when: [a.b > 1]", 7),
    ("when: people.rows >", 20),
  ])
  func refusesACommonKeyWhereItsValueStands(line: String, column: Int) throws {
    let (_, found) = try read("from: people\n\(line)")
    #expect(
      found.map { "\($0.position.line):\($0.position.column)" } == ["3:\(column)"],
      "\(found)"
    )
    #expect(found.allSatisfy { $0.severity == .error })
  }

  @Test func takesATolerancePerPath() throws {
    let (recipe, found) = try read("from: people\ntolerance: {rows: 1, classes.yes: 0.5}")
    #expect(found.isEmpty, "\(found)")
    #expect(recipe.tolerance == .paths(["rows": 1, "classes.yes": 0.5]))
  }

  @Test func resolvesToTheSameWhateverTheOrder() throws {
    let first = try read(
      "data: p\nalgorithm: xgboost\nhyperparameters: {eta: 0.1, max_depth: 3}",
      kind: "train"
    ).0
    let second = try read(
      "hyperparameters:\n  max_depth: 3 # deep\n  eta: 1e-1\nalgorithm: 'xgboost'\ndata: p",
      kind: "train"
    ).0
    #expect(first.configuration == second.configuration)
    #expect(first.configuration.canonicalText == second.configuration.canonicalText)
  }

  @Test func knowsWhereNestedFieldsStand() throws {
    let recipe = try read(
      "data: p\nalgorithm: xgboost\nhyperparameters:\n  eta: 0.1",
      kind: "train"
    ).0
    #expect(recipe.positions["hyperparameters.eta"].map { "\($0)" } == "n.md:5:8")
    #expect(recipe.positions["data"].map { "\($0)" } == "n.md:2:7")
  }

  @Test func takesABareListOnlyWhereTheKindHasOne() throws {
    let (_, require) = try read("- a.b > 1", kind: "require")
    #expect(require.isEmpty, "\(require)")
    let (_, table) = try read("- a.b > 1")
    #expect(table.map { $0.code } == ["cell.wrong-type"])
    #expect(table.first?.message.contains("a map") == true)
  }

  @Test func usesTheArticleOfTheKind() throws {
    let (_, found) = try read("modle: x", kind: "evaluate")
    #expect(
      found.contains { $0.message == "unknown field 'modle' in an evaluate cell" },
      "\(found)"
    )
    let (_, train) = try read("dta: x", kind: "train")
    #expect(train.contains { $0.message == "unknown field 'dta' in a train cell" })
  }
}
