import ColophonCells
import ColophonCore
import ColophonData
import ColophonReport
import Testing

@Suite struct CompareCells {
  static let scores: String = {
    var random = RandomStream(root: 9, cell: "compare", purpose: "rows")
    var text = "id,truth,old,new,same,guess_old,guess_new,w\n"
    for row in 0..<120 {
      let label = random.integer(below: 3) == 0
      let common = (label ? 30 : 0) + random.integer(below: 40)
      let old = common + random.integer(below: 30)
      let new = common + (label ? 12 : 0) + random.integer(below: 10)
      text +=
        "\(row),\(label ? "yes" : "no"),0.\(10 + old % 90),0.\(10 + new % 90),0.\(10 + old % 90),"
      text += "\(old > 40 ? "yes" : "no"),\(new > 35 ? "yes" : "no"),\(row % 3)\n"
    }
    return text
  }()

  private func compare(
    _ predictions: [String: Value],
    _ more: [String: Value] = [:],
    text: String = scores
  ) throws -> (outcome: Outcome, cell: CompareKind, diagnostics: [Diagnostic]) {
    var section = predictions
    section["file"] = "p.csv"
    section["label"] = "truth"
    var reader = FieldReader(
      Config(["predictions": .object(section)]).entries
        + more.sorted { $0.key < $1.key }.flatMap { Config([$0.key: $0.value]).entries },
      context: "a cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    let cell = CompareKind(reading: &reader)
    reader.finish()
    let outcome = try run(cell, FolderSupply(files: ["p.csv": Array(text.utf8)]))
    return (outcome, cell, reader.diagnostics + cell.check(in: Survey(directory: "", recipes: [:])))
  }

  static let models: [String: Value] = ["scores": ["old": "old", "new": "new", "same": "same"]]

  private func value(_ outcome: Outcome, _ path: String...) -> Value? {
    ValuePath.find(path.map { .name($0) }, in: .object(outcome.values))
  }

  private func leaves(_ value: Value, _ path: [ValuePath.Segment]) -> [[ValuePath.Segment]] {
    guard let members = value.asObject else { return [path] }
    return members.keys.sorted().flatMap { leaves(members[$0] ?? .null, path + [.name($0)]) }
  }

  @Test func compareAreasOfTwoClassesByDeLong() throws {
    let (outcome, cell, found) = try compare(Self.models, ["baseline": "old"])
    #expect(found == [])
    #expect(value(outcome, "test") == "delong")
    #expect(value(outcome, "metric") == "roc_auc")
    #expect(value(outcome, "best") == "new")
    #expect(value(outcome, "significant") == true)
    #expect(value(outcome, "verdict") == "better")
    #expect(value(outcome, "challenger", "same", "p_value") == 1.0)
    #expect(value(outcome, "challenger", "same", "verdict") == "undecided")
    // Two challengers: the smaller p-value is doubled.
    let raw = try #require(value(outcome, "challenger", "new", "raw_p_value")?.asNumber)
    #expect(value(outcome, "p_value")?.asNumber == 2 * raw)
    let a = try #require(value(outcome, "value", "new")?.asNumber)
    let b = try #require(value(outcome, "value", "old")?.asNumber)
    #expect(try #require(value(outcome, "difference")?.asNumber) - (a - b) < 1e-12)
    for leaf in leaves(.object(outcome.values), []) {
      #expect(cell.values.contains { $0.matches(leaf) }, "\(leaf)")
    }
  }

  @Test(
    arguments: [
      ([:], "delong"), (["metric": "accuracy"], "mcnemar"), (["metric": "pr_auc"], "bootstrap"),
      (["metric": "brier", "resamples": 200, "test": "bootstrap"], "bootstrap"),
    ] as [([String: Value], String)]
  )
  func takeTheTestThatSuitsTheMetric(more: [String: Value], test: String) throws {
    let (outcome, _, found) = try compare(Self.models, more.merging(["margin": 0.05]) { $1 })
    #expect(found == [])
    #expect(value(outcome, "test") == .string(test))
    #expect(value(outcome, "p_value")?.asNumber != nil)
    #expect(value(outcome, "non_inferior")?.asBoolean != nil)
  }

  @Test func compareWeightedRowsByBootstrap() throws {
    let (outcome, _, _) = try compare(
      Self.models.merging(["weight": "w"]) { $1 },
      ["resamples": 100, "test": "bootstrap"]
    )
    #expect(value(outcome, "test") == "bootstrap")
    let (usual, _, _) = try compare(Self.models.merging(["weight": "w"]) { $1 })
    #expect(value(usual, "test") == "bootstrap")
    #expect {
      _ = try compare(Self.models.merging(["weight": "w"]) { $1 }, ["test": "delong"])
    } throws: { ($0 as? CellFailure)?.field == "test" }
  }

  @Test func comparePredictedLabels() throws {
    let (outcome, _, found) = try compare(
      ["predicted": ["old": "guess_old", "new": "guess_new"]],
      ["metric": "accuracy", "form": "mid_p", "test": "mcnemar", "baseline": "old"]
    )
    #expect(found == [])
    let alone = value(outcome, "challenger", "new", "challenger_alone_right")?.asNumber
    let other = value(outcome, "challenger", "new", "baseline_alone_right")?.asNumber
    let difference = try #require(value(outcome, "difference")?.asNumber)
    #expect(difference == ((alone ?? 0) - (other ?? 0)) / 120)
    #expect {
      _ = try compare(["predicted": ["old": "guess_old", "new": "guess_new"]])
    } throws: { "\($0)".contains("predicted labels alone") }
  }

  /// Where less is better the challenger of the lower value is the better one.
  @Test func knowWhichWayIsBetter() throws {
    let (outcome, _, _) = try compare(
      ["scores": ["old": "old", "new": "new"]],
      ["metric": "brier", "baseline": "new", "resamples": 300, "test": "bootstrap"]
    )
    let values = ["old", "new"].compactMap { value(outcome, "value", $0)?.asNumber }
    #expect(value(outcome, "best") == .string(values[0] < values[1] ? "old" : "new"))
    let verdict = value(outcome, "verdict")?.asString
    let difference = try #require(value(outcome, "difference")?.asNumber)
    if value(outcome, "significant") == true {
      #expect(verdict == (difference > 0 ? "worse" : "better"))
    } else {
      #expect(verdict == "undecided")
    }
  }

  @Test func sayWhatTheEvidenceSupports() throws {
    let (outcome, _, _) = try compare(Self.models, ["baseline": "old", "margin": 0.02])
    let texts = outcome.exhibits.compactMap {
      if case .text(let text) = $0 { text } else { nil }
    }
    // In the order of the map's keys, which the notebook's text gives; here they are sorted.
    #expect(texts.count == 2)
    #expect(texts.contains { $0.contains("better by more than chance explains") })
    #expect(texts.contains { $0.hasPrefix("'same' and 'old' have the same roc_auc") })
    let charts = outcome.exhibits.compactMap { exhibit -> IntervalChart? in
      if case .chart(.interval(let chart)) = exhibit { chart } else { nil }
    }
    #expect(charts.first?.items.count == 2)
    #expect(charts.first?.rules.map { $0.value } == [0, -0.02])
  }

  private func codes(_ members: KeyValuePairs<String, Value>) -> [String] {
    read(CompareKind.self, members).diagnostics.map { $0.code.description }
  }

  @Test func findWhatIsWrongBeforeTheRun() {
    #expect(codes([:]) == ["compare.source"])
    #expect(codes(["models": ["a"]]) == ["compare.models"])
    #expect(codes(["models": ["a", "a"]]) == ["compare.models"])
    #expect(codes(["models": ["a", "b"], "baseline": "c"]) == ["compare.baseline"])
    #expect(codes(["models": ["a", "b"], "metric": "auc"]) == ["evaluate.unknown-metric"])
    #expect(codes(["models": ["a", "b"], "metric": "bias"]) == ["compare.metric"])
    #expect(codes(["models": ["a", "b"], "test": "paired_t"]) == ["compare.test"])
    #expect(
      codes(["models": ["a", "b"], "test": "delong", "form": "mid_p"]) == ["compare.option"]
    )
    #expect(
      codes(["models": ["a", "b"], "test": "mcnemar", "resamples": 200]) == ["compare.option"]
    )
    #expect(codes(["models": ["a", "b"], "margin": -1]) == ["cell.out-of-range"])
    #expect(codes(["models": ["a", "b"], "correction": "scheffe"]) == ["cell.unknown-choice"])
    let file: [String: Value] = ["file": "data/diabetes.csv", "label": "progression"]
    func predictions(_ more: [String: Value]) -> Value {
      .object(file.merging(more) { $1 })
    }
    let scored: [String: Value] = ["label": "sex", "scores": ["a": "bmi", "b": "bp"]]
    #expect(codes(["predictions": predictions([:])]) == ["compare.predictions"])
    let two: [String: Value] = ["predicted": ["a": "bmi", "b": "bp"]]
    #expect(codes(["predictions": predictions(two)]) == [])
    #expect(codes(["predictions": predictions(two), "models": ["a", "b"]]) == ["compare.source"])
    #expect(codes(["predictions": predictions(two), "split": "test"]) == ["compare.source"])
    #expect(
      codes(["predictions": predictions(["predicted": ["a": "bmi"]])]) == ["compare.models"]
    )
    #expect(
      codes(["predictions": predictions(["predicted": ["a": "bmi", "b": "bpp"]])])
        == ["data.unknown-column"]
    )
    #expect(
      codes(["predictions": predictions(scored), "metric": "rmse"])
        == ["evaluate.metric-of-other-task"]
    )
    #expect(
      codes(["predictions": predictions(scored), "metric": "f1", "test": "delong"])
        == ["compare.test"]
    )
    // 'progression' has more than two labels, which the rows tell.
    #expect(
      codes(["predictions": predictions(["scores": ["a": "bmi", "b": "bp"]])]) == ["evaluate.rows"]
    )
  }

  @Test func pointAtTheFieldThatIsWrong() {
    let found = read(
      CompareKind.self,
      ["models": ["first", "second"], "baseline": "secnd"]
    ).diagnostics
    #expect(found.map { $0.position.line } == [3])
    #expect(found.first?.hint == "did you mean 'second'?")
  }

  /// Comparing on the test split is a choice there; comparing folds is none.
  @Test func countAsAChoiceOfTheTestSplit() {
    func recipe(_ members: KeyValuePairs<String, Value>) -> CellRecipe {
      let fence = SourcePosition(path: "n.md", line: 1, column: 1)
      let config = Node(.mapping(Config(members).entries), at: fence)
      return CellRecipe.read(CompareKind.self, config, at: fence).recipe
    }
    let folds = readTemplated(
      CrossValidateKind.self,
      ["train": "m"],
      beside: ["m": ("train", ["data": "d", "algorithm": "linear_learner"])]
    ).recipe
    let cells = [
      (name: "first", recipe: recipe(["models": ["a", "b"]])),
      (name: "chosen", recipe: recipe(["split": "validation", "models": ["a", "b"]])),
      (name: "f", recipe: folds), (name: "folds", recipe: recipe(["models": ["f", "g"]])),
      (name: "again", recipe: recipe(["metric": "accuracy", "models": ["a", "b"]])),
    ]
    let found = TestReuse.diagnostics(cells)
    #expect(found.map { $0.code } == ["eval.test-reused"])
    #expect(found.first?.message.hasPrefix("'again'") == true)
    #expect(found.first?.position.line == 3)
    #expect(found.first?.notes.map { $0.position.line } == [2])
  }

  @Test func refuseRowsThatCannotBeMeasured() {
    #expect {
      _ = try compare(Self.models, text: Self.scores.replacing("0,no,0.", with: "0,no,x."))
    } throws: { "\($0)".contains("x.") }
  }
}
