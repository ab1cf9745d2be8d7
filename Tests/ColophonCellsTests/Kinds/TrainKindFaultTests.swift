import ColophonCells
import ColophonCore
import ColophonData
import ColophonLearning
import ColophonLineage
import ColophonReport
import Testing

/// What is wrong with a train cell, and where.
extension ATrainCell {
  @Test func suggestsTheNearestAlgorithm() throws {
    let found = try read([("data", .string("d")), ("algorithm", .string("xgbost"))]).diagnostics
    #expect(found.map { $0.hint } == ["did you mean 'xgboost'?"])
    #expect(found.first?.position == SourcePosition(path: "a.md", line: 7, column: 12))
  }

  @Test(arguments: ["layers", "schedule", "augment", "image"])
  func saysThatAKeyIsForNetworks(name: String) throws {
    let found = try read([
      ("data", .string("d")), ("algorithm", .string("xgboost")), (name, .string("x")),
    ]).diagnostics
    #expect(found.map { $0.code } == ["train.no-network"])
    #expect(found.first?.position.line == 8)
  }

  @Test func reportsEverythingWrongAtOnce() throws {
    let found = try read([
      ("data", .string("d")), ("algorithm", .string("xgboost")),
      ("hyperparameters", settings([("max_dept", .integer(3)), ("eta", .integer(7))])),
      ("metrics", .sequence([Node(.string("auc"), text: "auc", at: Self.place)])),
      ("early_stopping", settings([("metric", .string("valid:rmse"))])),
      ("optimiser", .string("adam")),
    ]).diagnostics
    #expect(
      Set(found.map { $0.code.description }) == [
        "cell.unknown-field", "cell.out-of-range", "train.unknown-metric", "train.early-stopping",
      ]
    )
    #expect(found.count == 5)
  }

  @Test func refusesToStopWhatHasNoRounds() throws {
    let found = try read([
      ("data", .string("d")), ("algorithm", .string("linear_learner")),
      ("early_stopping", settings([("metric", .string("validation:rmse"))])),
    ]).diagnostics
    #expect(found.map { $0.code } == ["train.early-stopping"])
  }

  @Test func advisesAgainstWatchingTheTestSplit() throws {
    let found = try read([
      ("data", .string("d")), ("algorithm", .string("xgboost")),
      ("early_stopping", settings([("metric", .string("test:rmse"))])),
    ]).diagnostics
    #expect(found.map { $0.severity } == [.advice])
  }

  @Test func failsWithTheFieldToBlame() throws {
    let (cell, recipe, _) = try read([
      ("data", .string("data")), ("algorithm", .string("xgboost")),
      ("hyperparameters", settings([("objective", .string("binary:logistic"))])),
    ])
    let workshop = Workshop(
      cell: "model",
      seed: 3,
      threads: 1,
      supply: OneDataset(dataset: dataset(.regression))
    )
    do {
      _ = try cell.run(in: workshop)
      Issue.record("a classification objective learned numbers")
    } catch let failure as CellFailure {
      #expect(failure.field == "hyperparameters.objective")
      #expect(recipe.positions["hyperparameters.objective"]?.line == 6)
    }
  }

  @Test func findsBeforeTheRunWhatDoesNotFitTheTask() throws {
    let (cell, _, diagnostics) = try read([
      ("data", .string("d")), ("algorithm", .string("xgboost")),
      ("hyperparameters", settings([("objective", .string("binary:logistic"))])),
      ("metrics", .sequence([Node(.string("f1"), text: "f1", at: Self.place)])),
      ("early_stopping", settings([("metric", .string("validation:roc_auc"))])),
    ])
    #expect(diagnostics.isEmpty)
    let found = cell.check(in: Survey(directory: "", recipes: ["d": Regression()]))
    #expect(
      found.map { $0.code } == [
        "train.output-loss-mismatch", "train.unknown-metric", "train.unknown-metric",
      ]
    )
    // `metric: validation:roc_auc` stands in line 6; the metric's own name after the colon.
    #expect(found.map { $0.position.column } == [12, 1, 20])
  }

  @Test func resolvesEveryDefaultIntoItsKey() throws {
    let recipe = try read([("data", .string("d")), ("algorithm", .string("xgboost"))]).recipe
    let settings = try #require(recipe.configuration["hyperparameters"]?.asObject)
    #expect(settings["eta"] == 0.3)
    #expect(settings["num_round"] == 100)
    #expect(settings["nthread"] == nil)
    #expect(recipe.kind.reproducibility == .library)
    #expect(recipe.kind.libraries["xgboost"]?.isEmpty == false)
  }
}
