import ColophonCells
import ColophonCore
import ColophonData
import ColophonLearning
import ColophonReport
import Testing

@Suite struct ExplainCellsOfShap {
  static let models: [(String, Value, String)] = [
    ("decision_tree", ["max_depth": 4], "tree"),
    ("random_forest", ["n_estimators": 8, "max_depth": 5], "tree"),
    ("xgboost", ["num_round": 12, "max_depth": 3], "tree"),
    ("xgboost", ["num_round": 8, "booster": "dart", "rate_drop": 0.3], "tree"),
    ("xgboost", ["num_round": 8, "booster": "gblinear"], "linear"),
    ("linear_learner", [:], "linear"), ("knn", [:], "kernel"), ("svm", [:], "kernel"),
    ("bagging", ["n_estimators": 4], "tree"),
  ]

  /// Base and values are what the model says, on its own scale or its margin's.
  @Test(arguments: models.indices)
  func addUpForEveryModel(index: Int) throws {
    let (algorithm, hyperparameters, explainer) = Self.models[index]
    var made = try Explained()
    try made.train(algorithm, hyperparameters)
    let outcome = try made.explain(["model": "m", "sample": 12, "samples": 64])
    #expect(outcome.values["explainer"] == .string(explainer), "\(algorithm)")
    #expect(try #require(outcome.number("additivity")) < 1e-6, "\(algorithm)")
    let model = try #require(made.supply.artifacts["m"] as? TrainedModel)
    let dataset = try #require(made.supply.artifacts["d"] as? Dataset)
    let rows = try #require(outcome.values["row"]?.asArray).compactMap { $0.asInteger }
    let test = dataset.rows(of: .test)
    guard case .regression(let said) = try model.predict(dataset, rows: rows.map { test[$0] })
    else { throw CellFailure("no numbers") }
    for (line, number) in said.enumerated() {
      let shares = try #require(outcome.values["shap"]?.asArray?[line].asObject)
      #expect(Set(shares.keys) == ["x0", "x1", "x2", "x3", "x4", "x5"])
      let sum = shares.keys.sorted().reduce(outcome.number("base_value") ?? 0) {
        $0 + (shares[$1]?.asNumber ?? .nan)
      }
      // xgboost predicts in 32-bit numbers.
      #expect(abs(sum - number) < 1e-4, "\(algorithm), row \(line)")
      #expect(abs(try #require(outcome.number("explained", "\(line)")) - sum) < 1e-9)
    }
    // What doesn't count adds least.
    if explainer == "tree" {
      let noise = try #require(outcome.number("importance", "x5"))
      #expect(["x0", "x1", "x3"].allSatisfy { outcome.number("importance", $0) ?? 0 > noise })
    }
  }

  @Test func columnsAreTheAuthorsOwn() throws {
    var made = try Explained(table: .regression)
    try made.train("decision_tree", ["max_depth": 6])
    let raw = try made.explain(["model": "m"])
    let importance = try #require(raw.values["importance"]?.asObject)
    #expect(importance.keys.sorted() == ["c", "n", "noise"])
    #expect(try #require(raw.number("importance", "c")) > 0.05)
    // The same where a step made the indicators.
    try made.add(PrepareKind.self, "p", ["data": "d", "steps": [["one_hot": [:]]]])
    try made.add(
      TrainKind.self,
      "q",
      ["data": "p", "algorithm": "decision_tree", "hyperparameters": ["max_depth": 6]]
    )
    for data in ["p", "d"] {
      let other = try made.explain(["model": "q", "data": .string(data)])
      #expect(other.values["importance"] == raw.values["importance"], "\(data)")
    }
  }

  @Test func classesAreToldApart() throws {
    var made = try Explained(table: .multiclass)
    try made.train("random_forest", ["n_estimators": 6, "max_depth": 4])
    let all = try made.explain(["model": "m"])
    for label in ["high", "low", "mid"] {
      #expect(all.number("base_value", label) != nil)
      #expect(all.number("importance_by_class", label, "n") != nil)
      #expect(all.number("shap", "3", label, "c") != nil)
    }
    let one = try made.explain(["model": "m", "class": "mid"])
    #expect(one.number("importance", "n") == all.number("importance_by_class", "mid", "n"))
    #expect(one.number("shap", "3", "c") == all.number("shap", "3", "mid", "c"))
    let mean = ["high", "low", "mid"].reduce(0) {
      $0 + (all.number("importance_by_class", $1, "n") ?? .nan)
    }
    #expect(abs(try #require(all.number("importance", "n")) - mean / 3) < 1e-12)
    #expect(throws: CellFailure.self) { try made.explain(["model": "m", "class": "none"]) }
    try made.train("adaboost", ["n_estimators": 5], as: "boosted")
    let votes = try made.explain(["model": "boosted"])
    #expect(votes.values["scale"] == "class_margin")
    #expect(try #require(votes.number("additivity")) < 1e-9)
    try made.train("linear_learner", [:], as: "line")
    #expect(try #require(made.explain(["model": "line"]).number("additivity")) < 1e-9)
  }

  /// The margins of boosted trees are those whose logistic function is the probability.
  @Test func votesAreMargins() throws {
    var made = try Explained(table: .binary)
    try made.train("adaboost", ["n_estimators": 7])
    let outcome = try made.explain(["model": "m", "rows": [4]])
    let model = try #require(made.supply.artifacts["m"] as? TrainedModel)
    let dataset = try #require(made.supply.artifacts["d"] as? Dataset)
    let row = dataset.rows(of: .test)[4]
    guard case .binary(let said) = try model.predict(dataset, rows: [row]) else { return }
    let margin = try #require(outcome.number("explained", "0"))
    let odds = said[0] / (1 - said[0])
    // exp(margin) = odds, by a series that needs no library.
    let grown = (1...60).reduce((sum: 1.0, term: 1.0)) {
      let term = $0.term * margin / Double($1)
      return ($0.sum + term, term)
    }.sum
    #expect(abs(grown / odds - 1) < 1e-9)
  }

  @Test func weightedMediansAreSampled() throws {
    var made = try Explained(table: .regression)
    try made.train("adaboost", ["n_estimators": 5])
    let outcome = try made.explain(["model": "m", "sample": 3])
    #expect(outcome.values["explainer"] == "kernel")
    #expect(outcome.number("additivity") ?? 1 < 1e-9)
    let failure = #expect(throws: CellFailure.self) {
      try made.explain(["model": "m", "explainer": "tree"])
    }
    #expect(failure?.field == "explainer")
  }

  @Test func chosenRowsAreShownOneByOne() throws {
    var made = try Explained()
    try made.train("xgboost", ["num_round": 5])
    let outcome = try made.explain(["model": "m", "rows": [7, 0]])
    #expect(outcome.values["row"] == [7, 0])
    let all = try made.explain(["model": "m"])
    #expect(outcome.number("shap", "1", "x0") == all.number("shap", "0", "x0"))
    #expect(outcome.number("shap", "0", "x3") == all.number("shap", "7", "x3"))
    #expect(outcome.number("importance", "x0") == all.number("importance", "x0"))
    let failure = #expect(throws: CellFailure.self) {
      try made.explain(["model": "m", "rows": [96]])
    }
    #expect(failure?.field == "rows" && failure?.message.contains("96 rows") == true)
  }

  @Test func pairsAddUpToTheirColumns() throws {
    var made = try Explained()
    try made.train("xgboost", ["num_round": 20, "max_depth": 4])
    let outcome = try made.explain(["model": "m", "interactions": true])
    let strong = try #require(outcome.number("interaction", "x0", "x1"))
    #expect(strong == outcome.number("interaction", "x1", "x0"))
    // Of all pairs only the first two are multiplied with each other.
    #expect(strong > 2 * (outcome.number("interaction", "x3", "x4") ?? .infinity))
    let found = made.check(["model": "m", "interactions": true, "background": 5])
    #expect(found.map { $0.code.description } == ["explain.trees-alone"])
  }

  @Test func backgroundsAreInterventional() throws {
    var made = try Explained()
    try made.train("random_forest", ["n_estimators": 4, "max_depth": 4])
    let tree = try made.explain(["model": "m", "background": 20, "sample": 5])
    let kernel = try made.explain([
      "model": "m", "explainer": "kernel", "background": 20, "sample": 5, "samples": 64,
    ])
    let orders = try made.explain([
      "model": "m", "explainer": "permutation", "background": 20, "sample": 5, "samples": 2_000,
    ])
    // Six columns have 64 sets, so the kernel is exact and both are one game's values.
    for feature in ["x0", "x1", "x2", "x3", "x4", "x5"] {
      for row in ["0", "4"] {
        let exact = try #require(tree.number("shap", row, feature))
        #expect(abs(try #require(kernel.number("shap", row, feature)) - exact) < 1e-9)
        #expect(abs(try #require(orders.number("shap", row, feature)) - exact) < 0.3)
      }
    }
    #expect(abs((tree.number("base_value") ?? 0) - (kernel.number("base_value") ?? 1)) < 1e-9)
  }

  @Test func nothingDependsOnThreads() throws {
    var made = try Explained()
    try made.train("xgboost", ["num_round": 6])
    try made.train("knn", [:], as: "near")
    for members: KeyValuePairs<String, Value> in [
      ["model": "m", "interactions": true], ["model": "m", "background": 9],
      ["model": "near", "sample": 4],
    ] {
      let one = try made.explain(members)
      let four = try made.explain(members, threads: 4)
      #expect(one.values == four.values && one.exhibits == four.exhibits)
    }
  }

  @Test func picturesAreThere() throws {
    var made = try Explained(table: .binary)
    try made.train("xgboost", ["num_round": 6])
    let outcome = try made.explain(["model": "m", "features": ["c", ["n", "noise"]]])
    var kinds: [String] = []
    func collect(_ exhibits: [Exhibit]) {
      for exhibit in exhibits {
        switch exhibit {
        case .group(let inner): collect(inner)
        case .chart(.beeswarm): kinds.append("beeswarm")
        case .chart(.waterfall): kinds.append("waterfall")
        case .chart(.dependence(let chart)): kinds.append("dependence by \(chart.shadeTitle ?? "")")
        case .chart(.force): kinds.append("force")
        default: break
        }
      }
    }
    collect(outcome.exhibits)
    #expect(
      kinds == ["beeswarm", "waterfall", "waterfall", "beeswarm", "dependence by noise", "force"]
    )
  }
}
