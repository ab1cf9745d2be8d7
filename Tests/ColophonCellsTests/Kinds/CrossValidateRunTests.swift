import ColophonCells
import ColophonCore
import ColophonData
import ColophonLearning
import ColophonReport
import Testing

extension ACrossValidateCell {
  @Test(arguments: ["linear_learner", "xgboost"], [Task.binary, .regression])
  func keepsThePathsItPromised(algorithm: String, task: Task) throws {
    let template: KeyValuePairs<String, Value> = ["data": "d", "algorithm": .string(algorithm)]
    let (outcome, cell) = try run(["train": "base"], template: template, on: dataset(task))
    func check(_ value: Value, _ path: [ValuePath.Segment]) {
      switch value {
      case .object(let members):
        for (name, inner) in members { check(inner, path + [.name(name)]) }
      case .array(let items):
        for (place, inner) in items.enumerated() { check(inner, path + [.index(place)]) }
      default: #expect(cell.values.contains { $0.matches(path) }, "\(path)")
      }
    }
    check(.object(outcome.values), [])
    #expect(outcome.values["fold_count"] == .integer(5))
    #expect(outcome.values["rows"] == .integer(100))
    #expect(!outcome.exhibits.isEmpty)
  }

  @Test func tellsMeanDeviationAndFolds() throws {
    let (outcome, _) = try run(["train": "base", "metrics": ["accuracy"]], on: dataset())
    let found = try #require(outcome.values["accuracy"])
    let folds = try #require(found["folds"]?.asArray).compactMap { $0.asNumber }
    let mean = folds.reduce(0, +) / 5
    let squares = folds.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(found["mean"] == .number(mean))
    #expect(found["std"] == .number((squares / 4).squareRoot()))
    #expect(mean > 0.7)
  }

  @Test(arguments: [2, 4])
  func isTheSameOnAnyNumberOfThreads(threads: Int) throws {
    let template: KeyValuePairs<String, Value> = [
      "data": "d", "algorithm": "xgboost", "hyperparameters": ["subsample": 0.6],
    ]
    let one = try run(["train": "base"], template: template, on: dataset()).outcome
    let many = try run(["train": "base"], template: template, on: dataset(), threads: threads)
      .outcome
    #expect(one.values == many.values && one.exhibits == many.exhibits)
    #expect(try one.artifact?.encodedArtifact() == many.artifact?.encodedArtifact())
  }

  @Test func keepsOutOfFoldPredictions() throws {
    let (outcome, _) = try run(["train": "base"], on: dataset())
    let kept = try #require(outcome.artifact as? OutOfFoldPredictions)
    #expect(kept.rows.count == 100)
    #expect(kept.rows.allSatisfy { $0 % 6 != 0 })
    #expect(try OutOfFoldPredictions.decodedArtifact(kept.encodedArtifact()) == kept)
  }

  @Test func drawsAPictureOfWindowsAndGroups() throws {
    func timeline(_ outcome: Outcome) -> TimelineChart? {
      outcome.exhibits.lazy.compactMap { exhibit -> TimelineChart? in
        if case .chart(.timeline(let chart)) = exhibit { chart } else { nil }
      }.first
    }
    let windows = try run(["train": "base", "gap": 4], on: dataset(time: true)).outcome
    let chart = try #require(timeline(windows))
    #expect(chart.kinds == ["learned from", "held out", "gap"])
    // 100 rows in 6 blocks of 16: the first window ends 4 rows before row 20.
    #expect(chart.lanes.count == 5)
    #expect(chart.lanes[0].spans.map { [$0.start, $0.end] } == [[0, 16], [16, 20], [20, 36]])
    let groups = try run(["train": "base"], on: dataset(group: true)).outcome
    #expect(timeline(groups)?.lanes.map { $0.spans.count } == [9, 9, 9, 9, 9])
    #expect(timeline(try run(["train": "base"], on: dataset()).outcome) == nil)
  }

  @Test func advisesToStratifyRareClasses() throws {
    let plain = try run(["train": "base", "scheme": "kfold"], on: dataset(rare: true)).outcome
    #expect(plain.advice.contains { $0.code == "eval.stratify" && $0.field == "scheme" })
    let stratified = try run(["train": "base"], on: dataset(rare: true)).outcome
    #expect(!stratified.advice.contains { $0.code == "eval.stratify" })
  }

  @Test(arguments: [(1_100, false), (1_200, true)])
  func advisesAgainstLeavingOneOfManyOut(rows: Int, isMany: Bool) throws {
    let (outcome, _) = try run(
      ["train": "base", "scheme": "loo", "metrics": ["rmse"]],
      on: dataset(.regression, rows: rows)
    )
    #expect(outcome.advice.contains { $0.code == "eval.loo-large" } == isMany)
  }

  @Test func saysThatFoldsDiffer() throws {
    let few = try run(["train": "base", "metrics": ["roc_auc"]], on: dataset(rows: 36)).outcome
    #expect(few.advice.contains { $0.code == "eval.fold-spread" })
  }

  @Test func saysWhereAMetricIsUndefined() throws {
    let (outcome, _) = try run(
      ["train": "base", "scheme": "loo", "metrics": ["roc_auc"]],
      on: dataset(rows: 36)
    )
    #expect(outcome.values["roc_auc"]?["mean"] == .null)
    #expect(outcome.values["roc_auc"]?["pooled"]?.asNumber != nil)
    let texts = outcome.exhibits.compactMap { exhibit -> String? in
      if case .notice(_, let text) = exhibit { text } else { nil }
    }
    #expect(texts == ["roc_auc is undefined in every fold."])
  }

  @Test func pointsAtTheFieldThatIsToBlame() throws {
    let (cell, _, _) = read(["train": "base", "folds": 101])
    let found = #expect(throws: CellFailure.self) {
      try ColophonCellsTests.run(cell, FolderSupply(artifacts: ["d": dataset()]))
    }
    #expect(found?.field == "folds")
  }
}
