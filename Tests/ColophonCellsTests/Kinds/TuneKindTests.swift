import ColophonCells
import ColophonCore
import ColophonTuning
import Testing

/// What a tune cell's fields may say, and what is said about it where.
@Suite struct TuneKindTests {
  typealias Fields = KeyValuePairs<String, Value>

  static let dataset: Fields = [
    "source": "data/breast-cancer.csv", "target": "diagnosis", "positive": "malignant",
    "split": ["train": 0.6, "validation": 0.2, "test": 0.2],
  ]
  static let trees: Fields = [
    "data": "cancer", "algorithm": "xgboost", "hyperparameters": ["num_round": 20],
  ]
  static let script: Fields = [
    "algorithm": "script", "command": "sh train", "hyperparameters": ["rate": 1],
    "metric_definitions": [["name": "loss", "regex": "loss=([0-9.]+)"]],
  ]
  static let rented: Fields = [
    "data": "cancer", "algorithm": "xgboost", "hyperparameters": ["num_round": 40],
    "instance": "ml.m5.xlarge", "round_seconds": 3600,
  ]
  static let forest: Fields = [
    "data": "cancer", "algorithm": "knn", "hyperparameters": ["n_neighbors": 3],
  ]

  /// A tune cell beside a dataset and some train cells, with some fields in the place of the usual
  /// ones.
  static func read(
    _ changes: [(String, Value?)] = [],
    rounds: Int = 20,
    recipes: [String: any CellKind] = [:]
  ) -> (cell: TuneKind, diagnostics: [Diagnostic], lines: [String: Int]) {
    var fields: [(String, Value)] = [
      ("train", "trees"), ("strategy", "Bayesian"),
      ("objective", ["metric": "validation:roc_auc", "type": "Maximize"]),
      ("ranges", ["eta": ["type": "continuous", "min": 0.01, "max": 0.5]]), ("max_jobs", 20),
    ]
    for (name, value) in changes {
      fields.removeAll { $0.0 == name }
      if let value { fields.append((name, value)) }
    }
    let fence = SourcePosition(path: "n.md", line: 1, column: 1)
    var grown = trees.map { ($0.key, $0.value) }
    grown[2].1 = ["num_round": .integer(rounds)]
    let beside: [String: WrittenCell] = [
      "cancer": WrittenCell(kind: "dataset", entries: Config(dataset).entries, position: fence),
      "trees": WrittenCell(kind: "train", entries: Config(pairs: grown).entries, position: fence),
      "dear": WrittenCell(kind: "train", entries: Config(rented).entries, position: fence),
      "own": WrittenCell(kind: "train", entries: Config(script).entries, position: fence),
      "near": WrittenCell(kind: "train", entries: Config(forest).entries, position: fence),
      "folds": WrittenCell(
        kind: "crossvalidate",
        entries: Config(["train": "trees", "folds": 4]).entries,
        position: fence
      ),
    ]
    let config = Node(.mapping(Config(pairs: fields).entries), at: fence)
    let (recipe, found) = CellRecipe.read(TuneKind.self, config, at: fence, beside: beside)
    guard let cell = recipe.kind as? TuneKind else { fatalError("another kind") }
    let survey = Survey(directory: handbook, recipes: recipes)
    return (cell, found + cell.check(in: survey), recipe.positions.mapValues { $0.line })
  }

  @Test func takesWhatTheContractShows() {
    let (cell, found, _) = TuneKindTests.read()
    #expect(found.isEmpty, "\(found)")
    #expect(cell.space.ranges.map { $0.name } == ["eta"])
    #expect(cell.maxJobs == 20 && cell.parallelJobs == 1 && !cell.stopsEarly)
    #expect(cell.dataCell == "cancer")
  }

  struct Trap: Sendable, CustomStringConvertible {
    var code: Diagnostic.Code
    var severity: Diagnostic.Severity
    /// The field at whose value the finding stands.
    var at: String
    var changes: [(String, Value?)]
    var rounds = 20

    var description: String { "\(code) at \(at)" }
  }

  static let rate: Value = [
    "eta": ["type": "continuous", "min": 0.001, "max": 0.5, "scaling": "Linear"]
  ]
  static let four: Value = .object(
    Dictionary(
      uniqueKeysWithValues: ["max_depth", "min_child_weight", "max_bin", "max_leaves"].map {
        ($0, ["type": "categorical", "values": [2, 3]])
      }
    )
  )

  static let traps: [Trap] = [
    Trap(
      code: "tune.parallel-bayesian",
      severity: .advice,
      at: "max_parallel_jobs",
      changes: [("max_parallel_jobs", 5), ("max_jobs", 100)]
    ),
    Trap(
      code: "tune.parallel-bayesian",
      severity: .advice,
      at: "max_parallel_jobs",
      changes: [("max_parallel_jobs", 3)]
    ),
    Trap(
      code: "tune.direction",
      severity: .error,
      at: "objective.type",
      changes: [("objective", ["metric": "validation:roc_auc", "type": "Minimize"])]
    ),
    Trap(
      code: "tune.direction",
      severity: .error,
      at: "objective.type",
      changes: [
        ("train", "own"), ("objective", ["metric": "loss", "type": "Maximize"]),
        ("ranges", ["rate": ["type": "integer", "min": 1, "max": 9]]),
      ]
    ),
    Trap(
      code: "tune.linear-scale",
      severity: .advice,
      at: "ranges.eta.scaling",
      changes: [("ranges", rate)]
    ),
    Trap(
      code: "tune.hyperband-needs-epochs",
      severity: .error,
      at: "strategy",
      changes: [
        ("train", "near"), ("strategy", "Hyperband"),
        ("ranges", ["n_neighbors": ["type": "integer", "min": 1, "max": 9]]),
      ]
    ),
    Trap(
      code: "tune.hyperband-needs-epochs",
      severity: .error,
      at: "strategy",
      changes: [
        ("train", "folds"), ("strategy", "Hyperband"),
        ("objective", ["metric": "folds:roc_auc", "type": "Maximize"]),
      ]
    ),
    Trap(
      code: "tune.hyperband-early-stopping",
      severity: .advice,
      at: "early_stopping",
      changes: [("strategy", "Hyperband"), ("early_stopping", "Auto")]
    ),
    Trap(
      code: "tune.grid-explodes",
      severity: .error,
      at: "max_jobs",
      changes: [
        ("strategy", "Grid"),
        ("ranges", ["eta": ["type": "continuous", "min": 0.1, "max": 0.5, "size": 21]]),
      ]
    ),
    Trap(
      code: "tune.grid-explodes",
      severity: .advice,
      at: "strategy",
      changes: [("strategy", "Grid"), ("ranges", four)]
    ),
    Trap(
      code: "tune.no-early-stopping",
      severity: .advice,
      at: "max_jobs",
      changes: [],
      rounds: 200
    ),
    Trap(
      code: "tune.budget",
      severity: .advice,
      at: "max_jobs",
      changes: [("train", "dear")]
    ),
    Trap(
      code: "tune.high-dimension",
      severity: .advice,
      at: "ranges",
      changes: [("ranges", four)]
    ),
    Trap(
      code: "tune.objective-on-test",
      severity: .error,
      at: "objective.metric",
      changes: [("objective", ["metric": "test:roc_auc", "type": "Maximize"])]
    ),
    Trap(
      code: "cell.out-of-range",
      severity: .error,
      at: "ranges.eta.max",
      changes: [("ranges", ["subsample": ["type": "continuous", "min": 0.5, "max": 1.5]])]
    ),
    Trap(
      code: "train.unknown-metric",
      severity: .error,
      at: "objective.metric",
      changes: [("objective", ["metric": "validation:roc_aux", "type": "Maximize"])]
    ),
    Trap(
      code: "tune.objective",
      severity: .error,
      at: "objective.metric",
      changes: [("objective", ["metric": "roc_auc", "type": "Maximize"])]
    ),
    Trap(
      code: "tune.ranges",
      severity: .error,
      at: "ranges.eta.max",
      changes: [("ranges", ["eta": ["type": "continuous", "min": 0.5, "max": 0.1]])]
    ),
    Trap(
      code: "tune.ranges",
      severity: .error,
      at: "ranges.eta.scaling",
      changes: [
        (
          "ranges",
          ["eta": ["type": "continuous", "min": 0, "max": 0.1, "scaling": "Logarithmic"]]
        )
      ]
    ),
    Trap(
      code: "tune.hyperband",
      severity: .error,
      at: "hyperband",
      changes: [("hyperband", ["max_resource": 9])]
    ),
  ]

  @Test(arguments: traps)
  func findsEachTrapWhereItStands(_ trap: Trap) throws {
    let (_, found, lines) = TuneKindTests.read(trap.changes, rounds: trap.rounds)
    let finding = try #require(found.first { $0.code == trap.code }, "\(found)")
    #expect(finding.severity == trap.severity)
    let place = trap.at.replacing("ranges.eta.max", with: "ranges.eta.max")
    if let line = lines[place] ?? lines[trap.at.replacing(".eta.", with: ".subsample.")] {
      #expect(finding.position.line == line, "\(finding)")
    }
  }

  /// The name itself is underlined, and the nearest known one is suggested.
  @Test func findsAnUnknownHyperparameter() throws {
    let (_, found, _) = TuneKindTests.read(
      [("ranges", ["max_dept": ["type": "integer", "min": 2, "max": 9]])]
    )
    let finding = try #require(found.first { $0.code == "cell.unknown-field" }, "\(found)")
    #expect(finding.hint?.contains("max_depth") == true)
    #expect(finding.position.column == 1)
  }

  @Test func findsAContinuousRangeOfAWholeNumber() throws {
    let (_, found, _) = TuneKindTests.read(
      [("ranges", ["max_depth": ["type": "continuous", "min": 2, "max": 9]])]
    )
    let finding = try #require(found.first { $0.code == "cell.wrong-type" }, "\(found)")
    #expect(finding.message.contains("a whole number"))
  }

  @Test func ordersConditionalRangesAfterWhatTheyAsk() {
    let ranges: Value = [
      "a_rate_drop_last": ["type": "continuous", "min": 0, "max": 1],
      "booster": ["type": "categorical", "values": ["gbtree", "dart"]],
      "rate_drop": ["type": "continuous", "min": 0, "max": 1, "when": ["booster": "dart"]],
    ]
    let (cell, _, _) = TuneKindTests.read([("ranges", ranges)])
    let names = cell.space.ranges.map { $0.name }
    #expect(names.firstIndex(of: "booster") ?? 9 < names.firstIndex(of: "rate_drop") ?? 0)
  }

  @Test func refusesAConditionOnNothing() throws {
    let ranges: Value = [
      "rate_drop": ["type": "continuous", "min": 0, "max": 1, "when": ["booster": "dart"]]
    ]
    let (_, found, _) = TuneKindTests.read([("ranges", ranges)])
    #expect(found.contains { $0.code == "tune.ranges" && $0.message.contains("booster") })
  }

  /// Other algorithms' results are nobody's own.
  @Test func findsAParentOfAnotherAlgorithm() throws {
    let parent = TuneKindTests.read(
      [
        ("train", "near"), ("ranges", ["n_neighbors": ["type": "integer", "min": 1, "max": 9]]),
      ]
    ).cell
    let warm: Value = [
      "type": "IdenticalDataAndAlgorithm", "parents": ["before"], "renamed": ["n_neighbors": "eta"],
    ]
    let (_, found, _) = TuneKindTests.read([("warm_start", warm)], recipes: ["before": parent])
    let finding = try #require(found.first { $0.code == "tune.warm-start-mode" }, "\(found)")
    #expect(finding.severity == .error && finding.message.contains("knn"))
  }

  @Test func parentsMustBeTuningsOfTheSameHyperparameters() throws {
    let parent = TuneKindTests.read(
      [("ranges", ["max_depth": ["type": "integer", "min": 2, "max": 9]])]
    ).cell
    let warm: Value = [
      "type": "TransferLearning",
      "parents": ["before", "before", "before", "before", "before", "before"],
    ]
    let (_, found, _) = TuneKindTests.read([("warm_start", warm)], recipes: ["before": parent])
    let codes = found.filter { $0.code == "tune.warm-start-parents" }
    #expect(codes.contains { $0.message.contains("6 parents") })
    #expect(codes.contains { $0.message.contains("'max_depth'") })
    let renamed: Value = [
      "type": "TransferLearning", "parents": ["before"], "renamed": ["max_depth": "eta"],
    ]
    let again = TuneKindTests.read([("warm_start", renamed)], recipes: ["before": parent])
    #expect(!again.diagnostics.contains { $0.code == "tune.warm-start-parents" })
  }
}
