import ColophonCore
import ColophonData
import ColophonLearning
import Testing

@Suite struct TreeAlgorithms {
  /// Interrupted after every round and gone on with by a new learner: the same bytes.
  @Test(arguments: ["random_forest", "adaboost"], [Task.binary, .multiclass, .regression])
  func resumesInvisibly(name: String, task: Task) throws {
    let rows = LawRows(task)
    let entries: [(String, Node.Content)] =
      name == "random_forest"
      ? [("n_estimators", .integer(6)), ("oob_score", .boolean(true))]
      : [("n_estimators", .integer(6)), ("max_depth", .integer(2))]
    let recipe = readAny(try need(algorithms[name]), entries).0
    let job = makeJob(task, splits: [.train: rows.rows, .validation: rows.rows], threads: 2)
    func check(_ make: () throws -> some RoundLearner, _ bytes: (Any, Int) throws -> [UInt8]) throws
    {
      var whole = try make()
      for round in 1...6 { try whole.train(round: round) }
      for stop in 1..<6 {
        var first = try make()
        for round in 1...stop {
          try first.train(round: round)
          _ = try first.predictions(for: .validation)
        }
        var second = try make()
        try second.restore(try first.checkpoint())
        #expect(try second.predictions(for: .validation) == first.predictions(for: .validation))
        for round in stop + 1...6 { try second.train(round: round) }
        #expect(try second.checkpoint() == whole.checkpoint())
        #expect(try bytes(second, 6) == bytes(whole, 6))
      }
    }
    if let forest = recipe as? RandomForest {
      try check({ try ForestLearner(forest, job) }) { learner, rounds in
        guard let learner = learner as? ForestLearner else { return [] }
        return try learner.model(rounds: rounds).encoded()
      }
    } else if let boosting = recipe as? AdaBoost {
      try check({ try BoostingLearner(boosting, job) }) { learner, rounds in
        guard let learner = learner as? BoostingLearner else { return [] }
        return try learner.model(rounds: rounds).encoded()
      }
    }
  }

  @Test(arguments: ["random_forest", "adaboost"])
  func goesBackToItsBestRound(name: String) throws {
    let data = try SampleData("cancer")
    let rule = EarlyStopping(split: .validation, metric: "log_loss", patience: 3)
    let entries: [(String, Node.Content)] = [("n_estimators", .integer(40))]
    let recipe = readAny(try need(algorithms[name]), entries).0
    let stopped = try recipe.fit(data.job(.binary, early: rule), observer: SilentObserver())
    let short: [(String, Node.Content)] = [("n_estimators", .integer(stopped.keptRound))]
    let again = readAny(try need(algorithms[name]), short).0
    let same = try again.fit(data.job(.binary), observer: SilentObserver())
    #expect(try stopped.model.encoded() == same.model.encoded())
  }

  /// Out-of-bag accuracy is close to that on rows set apart.
  @Test func estimatesItsScoreOutOfBag() throws {
    let data = try SampleData("cancer")
    let recipe = read(RandomForest.self, [("oob_score", .boolean(true))]).recipe
    let result = try recipe.fit(data.job(.binary), observer: SilentObserver())
    let curve = try need(result.curves.first)
    #expect(curve.yLabel == "out-of-bag accuracy")
    #expect(curve.y.count == 100)
    let last = try need(curve.y.last)
    #expect(last > 0.93 && last < 0.99)
    #expect(result.notes.contains { $0.label == "out-of-bag accuracy" })
  }

  /// Drucker's regressor beats one tree of the same depth.
  @Test(arguments: ["linear", "square", "exponential"])
  func boostsNumbers(loss: String) throws {
    let data = try SampleData("diabetes")
    let boosted = read(AdaBoost.self, [("loss", .string(loss))]).recipe
    let single = read(DecisionTree.self, [("max_depth", .integer(3))]).recipe
    func rmse(_ recipe: any Algorithm) throws -> Double {
      let result = try recipe.fit(data.job(.regression), observer: SilentObserver())
      return try need(
        result.history.value("rmse", on: .validation, after: result.history.rounds.count)
      )
    }
    #expect(try rmse(boosted) < rmse(single))
  }

  @Test func tellsWhatDoesNotFit() {
    let tree = read(DecisionTree.self, [("criterion", .string("gini"))]).recipe
    #expect(tree.faults(for: .regression).map { $0.field } == ["hyperparameters.criterion"])
    #expect(tree.faults(for: .binary).isEmpty)
    let boosted = read(AdaBoost.self, [("loss", .string("square"))]).recipe
    #expect(boosted.faults(for: .binary).map { $0.field } == ["hyperparameters.loss"])
    let forest = read(
      RandomForest.self,
      [("bootstrap", .boolean(false)), ("oob_score", .boolean(true))]
    )
    #expect(forest.diagnostics.map { $0.position.line } == [11])
  }

  @Test(
    arguments: [
      ("max_features", Node.Content.string("sqr")), ("max_features", .number(1.5)),
      ("max_features", .integer(0)), ("min_samples_leaf", .integer(0)),
      ("min_samples_split", .integer(1)), ("min_samples_split", .number(-0.1)),
      ("class_weight", .string("even")), ("max_depth", .integer(0)), ("ccp_alpha", .number(-1)),
      ("min_weight_fraction_leaf", .number(0.6)), ("splitter", .string("worst")),
      ("criterion", .string("geni")),
    ]
  )
  func reportsWhatNoTreeCanHave(field: String, content: Node.Content) {
    let diagnostics = read(DecisionTree.self, [(field, content)]).diagnostics
    #expect(diagnostics.map { $0.position.line } == [10], "\(field)")
  }
}
