import ColophonCells
import ColophonCore
import ColophonData
import ColophonLearning
import Testing

@Suite struct ExplainCells {
  @Test func shufflingCostsWhatCounts() throws {
    var made = try Explained()
    try made.train("random_forest", ["n_estimators": 15])
    let outcome = try made.explain(["model": "m", "method": "permutation", "repeats": 4])
    #expect(outcome.values["metric"] == "r2")
    let noise = try #require(outcome.number("importance", "x5"))
    for feature in ["x0", "x1", "x3"] {
      #expect(try #require(outcome.number("importance", feature)) > noise + 0.05)
    }
    let losses = try #require(outcome.values["losses"]?["x3"]?.asArray).compactMap { $0.asNumber }
    #expect(losses.count == 4)
    let mean = losses.reduce(0, +) / 4
    #expect(abs(mean - (outcome.number("importance", "x3") ?? 0)) < 1e-12)
    #expect(outcome.number("std", "x3") ?? 0 > 0)
    #expect(
      outcome.values
        == (try made.explain(
          ["model": "m", "method": "permutation", "repeats": 4],
          threads: 4
        )).values
    )
  }

  /// A loss is above 0 for metrics that fall as for those that rise.
  @Test func lossesAreOfTheMetricsOwnDirection() throws {
    var made = try Explained(table: .binary)
    try made.train("random_forest", ["n_estimators": 9])
    for metric in ["brier", "accuracy", "roc_auc"] {
      let outcome = try made.explain([
        "model": "m", "method": "permutation", "metric": .string(metric), "repeats": 3,
      ])
      #expect(try #require(outcome.number("importance", "n")) > 0, "\(metric)")
      #expect(outcome.number("importance", "c") != nil)
    }
  }

  /// Few trees agree on a probability of 0 where a row of that class comes.
  @Test func anInfiniteMetricHasNoLosses() throws {
    var made = try Explained(table: .binary)
    try made.train("decision_tree")
    let failure = #expect(throws: CellFailure.self) {
      try made.explain(["model": "m", "method": "permutation", "metric": "log_loss"])
    }
    #expect(failure?.field == "metric" && failure?.message.contains("infinite") == true)
  }

  /// A linear model's partial dependence is a line of its coefficient's slope, alike for all rows.
  @Test func linesHaveTheirCoefficients() throws {
    var made = try Explained(table: .regression)
    try made.train("linear_learner")
    let model = try #require(made.supply.artifacts["m"] as? TrainedModel).model.coefficients
    let linear = try #require(model)
    for method in ["pdp", "ice"] {
      let outcome = try made.explain([
        "model": "m", "method": .string(method), "features": ["n", "c"], "grid": 5, "rows": [2],
      ])
      let grid = try #require(outcome.values["grid"]?["n"]?.asArray).compactMap { $0.asNumber }
      let mean = try #require(outcome.values["mean"]?["n"]?.asArray).compactMap { $0.asNumber }
      #expect(grid.count == 5)
      let slope = (mean[4] - mean[0]) / (grid[4] - grid[0])
      let coefficient = linear[0, try #require(linear.features.firstIndex(of: "n"))]
      #expect(abs(slope - coefficient) < 1e-12)
      #expect(abs(try #require(outcome.number("heterogeneity", "n"))) < 1e-12)
      let step =
        try #require(outcome.number("level", "c", "b"))
        - (try #require(outcome.number("level", "c", "a")))
      let levels = ["c=b", "c=a"].compactMap { linear.features.firstIndex(of: $0) }
      #expect(abs(step - (linear[0, levels[0]] - linear[0, levels[1]])) < 1e-12)
      #expect(outcome.values["ice"]?.asArray?.count == 1)
      #expect(outcome.number("ice", "0", "n", "4") != nil)
    }
  }

  @Test func pairsAndClassesAreLookedAtTogether() throws {
    var made = try Explained(table: .multiclass)
    try made.train("decision_tree")
    let pair = try made.explain([
      "model": "m", "method": "pdp", "features": [["n", "c"]], "class": "high",
    ])
    #expect(pair.values["pair"]?["n"]?["c"]?["columns"] == ["a", "b", "z"])
    #expect(pair.values["pair"]?["n"]?["c"]?["mean"]?.asArray?.count == 8)
    let all = try made.explain(["model": "m", "method": "pdp", "features": ["n", "c"]])
    let first = ["high", "low", "mid"].reduce(0) { $0 + (all.number("mean", "n", $1, "0") ?? 2) }
    #expect(abs(first - 1) < 1e-12)
    #expect(all.number("level", "c", "mid", "z") != nil)
    #expect(throws: CellFailure.self) {
      try made.explain(["model": "m", "method": "pdp", "features": [["n", "c"]]])
    }
  }

  @Test func centredCurvesStartAtZero() throws {
    var made = try Explained()
    try made.train("knn")
    let outcome = try made.explain([
      "model": "m", "method": "ice", "centred": true, "rows": [0, 5], "features": ["x3"],
    ])
    #expect(outcome.number("mean", "x3", "0") == 0)
    #expect(outcome.number("ice", "1", "x3", "0") == 0)
  }

  /// Steps that change scales stand between the author's own numbers and the model.
  @Test func rawColumnsAreSetWhereTheDataIsRaw() throws {
    var made = try Explained(table: .regression)
    try made.add(
      PrepareKind.self,
      "p",
      ["data": "d", "steps": [["standardize": [:]], ["one_hot": [:]]]]
    )
    try made.add(TrainKind.self, "m", ["data": "p", "algorithm": "linear_learner"])
    let raw = try made.explain([
      "model": "m", "data": "d", "method": "pdp", "features": ["n", "c"], "grid": 3,
    ])
    #expect(raw.number("grid", "n", "0") ?? -1 >= 0)
    let prepared = try made.explain([
      "model": "m", "method": "pdp", "features": ["n", "c"], "grid": 3,
    ])
    #expect(prepared.number("grid", "n", "0") ?? 0 < 0)
    for level in ["a", "b", "z"] {
      let gap = (raw.number("level", "c", level) ?? 0) - (prepared.number("level", "c", level) ?? 1)
      #expect(abs(gap) < 1e-12)
    }
    let shuffled = try made.explain(["model": "m", "method": "permutation", "repeats": 2])
    #expect(try #require(shuffled.number("importance", "c")) > 0)
  }

  @Test func gainsAreTheModelsOwn() throws {
    var made = try Explained()
    try made.train("xgboost", ["num_round": 6])
    let model = try #require(made.supply.artifacts["m"] as? TrainedModel).model
    let outcome = try made.explain(["model": "m", "method": "gain"])
    for own in try model.importances {
      #expect(outcome.number("gain", own.feature) == own.gain)
      #expect(outcome.number("cover", own.feature) == own.cover)
      #expect(outcome.number("splits", own.feature) == own.splits)
    }
    try made.train("random_forest", ["n_estimators": 5], as: "forest")
    let shares = try made.explain(["model": "forest", "method": "gain"])
    let sum = (0..<6).reduce(0) { $0 + (shares.number("share", "x\($1)") ?? 0) }
    #expect(abs(sum - 1) < 1e-12)
    try made.train("xgboost", ["num_round": 3, "booster": "gblinear"], as: "line")
    #expect(throws: CellFailure.self) { try made.explain(["model": "line", "method": "gain"]) }
  }

  /// What is wrong, with the line of the field that it is about (`Config`'s n-th scalar is line n + 1).
  static let mistakes: [(KeyValuePairs<String, Value>, String, Int)] = [
    (["model": "m", "features": ["x9"]], "data.unknown-column", 3),
    (["model": "m", "features": ["y"]], "explain.feature", 3),
    (["model": "m", "method": "ice", "features": [["x1", "x2"]]], "explain.feature", 4),
    (["model": "m", "method": "gain"], "explain.method", 3),
    (["model": "m", "explainer": "linear"], "explain.method", 3),
    (["model": "m", "method": "pdp", "repeats": 3], "explain.field", 4),
    (["model": "m", "class": "a"], "explain.class", 3),
    (
      ["model": "m", "method": "permutation", "metric": "roc_auc"], "evaluate.metric-of-other-task",
      4
    ),
    (["model": "m", "method": "permutation", "metric": "r3"], "evaluate.unknown-metric", 4),
    (["model": "m", "rows": [-1]], "cell.out-of-range", 3),
    (["model": "m", "rows": [1.5]], "cell.wrong-type", 3),
    (["model": "m", "method": "lime"], "cell.unknown-choice", 3),
    (["model": "m", "split": "holdout"], "cell.unknown-choice", 3),
    (["model": "k"], "explain.method", 2),
    (["model": "m", "interactions": true], "explain.trees-alone", 3),
    (["model": "m", "perturbation": "interventional"], "explain.trees-alone", 3),
    (["model": "t", "interactions": true, "background": 5], "explain.trees-alone", 3),
    (["model": "t", "explainer": "kernel", "interactions": true], "explain.trees-alone", 4),
  ]

  @Test(arguments: mistakes.indices)
  func mistakesAreFoundWhereTheyStand(index: Int) throws {
    let (members, code, line) = Self.mistakes[index]
    var made = try Explained(rows: 60)
    try made.train("knn")
    made.recipes["k"] = read(TrainKind.self, ["data": "d", "algorithm": "kmeans"]).cell
    made.recipes["t"] = read(TrainKind.self, ["data": "d", "algorithm": "decision_tree"]).cell
    made.recipes["d"] =
      read(
        DatasetKind.self,
        [
          "source": ["synthetic": "friedman1", "rows": 60, "n_features": 6], "target": "y",
          "task": "regression",
        ]
      ).cell
    let found = made.check(members)
    #expect(found.map { $0.code.description } == [code], "\(found)")
    #expect(found.first?.position.line == line, "\(found)")
  }

  @Test func anEmptySplitIsToldOf() throws {
    var made = try Explained(table: .regression)
    try made.train("knn")
    let failure = #expect(throws: CellFailure.self) {
      try made.explain(["model": "m", "split": "validation"])
    }
    #expect(failure?.field == "split")
  }
}
