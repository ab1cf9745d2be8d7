import ColophonCells
import ColophonCore
import ColophonData
import ColophonReport
import Testing

@Suite struct EvaluateCells {
  static let two = """
    id,truth,score,plan,w
    1,yes,0.9,a,1
    2,no,0.8,a,1
    3,yes,0.7,b,2
    4,no,0.3,b,1
    5,yes,0.2,a,1
    6,no,0.1,b,1
    """
  static let three = """
    truth,p_x,p_y,p_z,guess
    x,0.7,0.2,0.1,x
    y,0.2,0.5,0.3,y
    z,0.1,0.3,0.6,z
    x,0.3,0.4,0.3,y
    """
  static let numbers = """
    truth,guess
    1.5,1
    2,2.5
    3.25,3
    4,4.5
    """

  /// Runs an evaluate cell over one file.
  private func evaluate(
    _ text: String,
    _ predictions: [String: Value],
    _ more: [String: Value] = [:]
  ) throws -> (outcome: Outcome, cell: EvaluateKind, diagnostics: [Diagnostic]) {
    var section = predictions
    section["file"] = "p.csv"
    section["label"] = section["label"] ?? "truth"
    var reader = FieldReader(
      Config(["predictions": .object(section)]).entries
        + more.sorted { $0.key < $1.key }.flatMap { Config([$0.key: $0.value]).entries },
      context: "a cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    let cell = EvaluateKind(reading: &reader)
    reader.finish()
    let found = reader.diagnostics + cell.check(in: Survey(directory: "", recipes: [:]))
    let outcome = try run(cell, FolderSupply(files: ["p.csv": Array(text.utf8)]))
    return (outcome, cell, found)
  }

  static let clusters = """
    x,y,group,kind,w
    0,0,a,p,1
    1,0,a,p,2
    0,1,a,q,1
    9,9,b,q,1
    9,8,b,q,0
    """

  /// Runs an evaluate cell over clusters made elsewhere.
  private func evaluateClusters(
    _ more: [String: Value] = [:],
    _ fields: [String: Value] = [:],
    text: String = clusters
  ) throws -> (outcome: Outcome, cell: EvaluateKind, diagnostics: [Diagnostic]) {
    var section: [String: Value] = [
      "file": "p.csv", "features": ["x", "y"], "cluster": "group",
    ]
    section.merge(more) { _, new in new }
    var reader = FieldReader(
      Config(["predictions": .object(section)]).entries
        + fields.sorted { $0.key < $1.key }.flatMap { Config([$0.key: $0.value]).entries },
      context: "a cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    let cell = EvaluateKind(reading: &reader)
    let outcome = try run(cell, FolderSupply(files: ["p.csv": Array(text.utf8)]))
    return (outcome, cell, reader.diagnostics)
  }

  @Test func measureClusters() throws {
    let (outcome, cell, _) = try evaluateClusters(["label": "kind", "weight": "w"])
    // Means (0.5, 0.25) and (9, 9): 0.3125 + 2 · 0.3125 + 0.8125 + 0.
    #expect(value(outcome, "inertia")?.asNumber == 1.75)
    #expect(value(outcome, "purity")?.asNumber == 0.8)
    #expect(value(outcome, "clusters") == .integer(2))
    #expect(value(outcome, "cluster", "a", "rows") == .integer(3))
    #expect(value(outcome, "cluster", "b", "silhouette")?.asNumber == 0)
    for leaf in leaves(.object(outcome.values), []) {
      #expect(cell.values.contains { $0.matches(leaf) }, "\(leaf)")
    }
    let bare = try evaluateClusters().outcome
    #expect(value(bare, "silhouette")?.asNumber != nil)
    #expect(value(bare, "purity") == nil)
  }

  @Test func refuseClustersThatCannotBeMeasured() {
    for (text, words) in [
      ("x,y,group\n0,,a\n1,1,b\n", "row 1 has no finite number in 'y'"),
      ("x,y,group\n0,1,\n1,1,b\n", "row 1: the prediction (column 'group') is missing"),
      ("x,y,group\n0,z,a\n1,1,b\n", "'z'"),
      ("x,group\n0,a\n1,b\n", "has no column 'y'"),
    ] {
      #expect {
        _ = try evaluateClusters(text: text)
      } throws: { error in
        "\(error)".contains(words)
      }
    }
    #expect(throws: CellFailure.self) {
      try evaluateClusters([:], ["metrics": ["purity"]])
    }
  }

  /// Distances between rows alone have no interval: a row drawn twice would be its own neighbour.
  @Test func giveClustersIntervalsButForSilhouettes() throws {
    let labelled: [String: Value] = ["label": "kind"]
    let many = (0..<60).map { row in
      let isFirst = row % 3 == 0
      return "\(row % 7 + (isFirst ? 0 : 9)),\(row % 5),\(isFirst ? "a" : "b"),"
        + "\(row % 6 == 0 ? "p" : "q"),1\n"
    }
    let text = "x,y,group,kind,w\n" + many.joined()
    let (outcome, cell, _) = try evaluateClusters(
      labelled,
      ["confidence": ["resamples": 200]],
      text: text
    )
    for name in ["inertia", "davies_bouldin", "calinski_harabasz", "adjusted_rand", "purity"] {
      let low = value(outcome, "ci", name, "low")?.asNumber
      let high = value(outcome, "ci", name, "high")?.asNumber
      let middle = try #require(value(outcome, name)?.asNumber)
      #expect(low.map { $0 < middle } == true && high.map { middle < $0 } == true, "\(name)")
    }
    #expect(value(outcome, "silhouette")?.asNumber != nil)
    #expect(value(outcome, "ci", "silhouette", "low") == .null)
    for leaf in leaves(.object(outcome.values), []) {
      #expect(cell.values.contains { $0.matches(leaf) }, "\(leaf)")
    }
    let alone = try #expect(throws: CellFailure.self) {
      try evaluateClusters(
        [:],
        ["confidence": ["resamples": 100], "metrics": ["silhouette"]],
        text: text
      )
    }
    #expect(alone?.message.contains("'silhouette' has no interval") == true)
  }

  @Test func giveEveryNamedMetricOfASliceAnInterval() throws {
    let (outcome, cell, _) = try evaluate(
      Self.two,
      ["score": "score"],
      [
        "slices": ["plan"], "metrics": ["accuracy", "brier"],
        "confidence": ["resamples": 100, "bounds": "percentile"],
      ]
    )
    let slices = try #require(value(outcome, "slice", "plan")?.asObject)
    for (name, slice) in slices {
      for metric in ["accuracy", "brier"] {
        #expect(slice["ci"]?[metric]?["low"]?.asNumber != nil, "\(name) \(metric)")
      }
    }
    for leaf in leaves(.object(outcome.values), []) {
      #expect(cell.values.contains { $0.matches(leaf) }, "\(leaf)")
    }
  }

  @Test func needFeaturesAndClustersTogether() {
    for half: [String: Value] in [
      ["file": "p.csv", "cluster": "group"], ["file": "p.csv", "features": ["x"], "label": "kind"],
    ] {
      let (_, _, found) = read(EvaluateKind.self, ["predictions": .object(half)])
      #expect(found.contains { $0.code == "evaluate.predictions" })
    }
  }

  private func value(_ outcome: Outcome, _ path: String...) -> Value? {
    ValuePath.find(path.map { .name($0) }, in: .object(outcome.values))
  }

  static let lists = """
    q,truth,score,w
    a,0,0.9,1
    b,2,0.5,2
    a,1,0.8,1
    b,0,0.5,2
    a,3,0.1,1
    c,0,0.4,1
    """

  @Test func measureRankings() throws {
    let file: [String: Value] = ["query": "q", "score": "score"]
    let (outcome, cell, found) = try evaluate(Self.lists, file, ["at": [1, 2, "all"]])
    #expect(found == [])
    // Query a ranks 0, 1, 3 and b 2, 0; in c nothing is relevant.
    #expect(value(outcome, "hit_1") == .number(0.5))
    #expect(value(outcome, "mrr") == .number(0.75))
    #expect(value(outcome, "precision_2") == .number(0.5))
    #expect(value(outcome, "recall_2") == .number(0.75))
    #expect(value(outcome, "queries", "all") == .integer(3))
    #expect(value(outcome, "queries", "empty") == .integer(1))
    #expect(value(outcome, "ndcg_5") == nil)
    #expect(outcome.values.keys.contains("map_all"))
    for key in outcome.values.keys where key != "queries" {
      #expect(cell.values.contains { $0.matches([.name(key)]) }, "\(key)")
    }
    #expect(outcome.exhibits.count >= 4)
    let zero = try evaluate(Self.lists, file, ["empty": "zero", "ties": "averaged"]).outcome
    // The tie of b is 1 or 2 by halves, and c counts as 0.
    #expect(value(zero, "mrr") == .number((0.5 + 0.75) / 3))
    let weighted = try evaluate(Self.lists, file.merging(["weight": "w"]) { $1 }).outcome
    #expect(value(weighted, "hit_1") == .number(2.0 / 3))
  }

  @Test func measureScores() throws {
    let (outcome, _, found) = try evaluate(Self.two, ["score": "score", "id": "id"])
    #expect(found == [])
    // At 0.5: yes, no, yes are predicted yes; no, yes, no are not.
    #expect(value(outcome, "accuracy") == .number(4.0 / 6))
    #expect(value(outcome, "confusion", "yes", "no") == .integer(1))
    #expect(value(outcome, "confusion", "no", "yes") == .integer(1))
    // Of nine pairs of a yes and a no: 0.9 beats three, 0.7 two, 0.2 one.
    #expect(value(outcome, "roc_auc") == .number(6.0 / 9))
    #expect(value(outcome, "threshold") == .number(0.5))
    #expect(value(outcome, "rows") == .integer(6))
  }

  @Test func countAPositiveLabelOfTheAuthorsChoice() throws {
    let (outcome, _, _) = try evaluate(Self.two, ["score": "score", "positive": "no"])
    #expect(value(outcome, "roc_auc") == .number(3.0 / 9))
  }

  @Test func weighRows() throws {
    let (outcome, _, _) = try evaluate(Self.two, ["score": "score", "weight": "w"])
    #expect(value(outcome, "accuracy") == .number(5.0 / 7))
    #expect(value(outcome, "confusion", "yes", "yes") == .integer(3))
  }

  @Test func sliceRows() throws {
    let (outcome, _, found) = try evaluate(Self.two, ["score": "score"], ["slices": ["plan"]])
    #expect(found == [])
    #expect(value(outcome, "slice", "plan", "b", "accuracy") == .number(1))
    #expect(value(outcome, "slice", "plan", "a", "rows") == .integer(3))
  }

  @Test func chooseAThresholdByCost() throws {
    let (outcome, _, found) = try evaluate(
      Self.two,
      ["score": "score"],
      ["threshold": ["cost": ["false_positive": 1, "false_negative": 10]]]
    )
    #expect(found == [])
    // At 0.2 all three yes are found for two alarms: a cost of 2 over 6 rows.
    #expect(value(outcome, "threshold") == .number(0.2))
    #expect(value(outcome, "cost") == .number(2.0 / 6))
  }

  @Test func chooseAThresholdByAMetric() throws {
    let (outcome, _, _) = try evaluate(
      Self.two,
      ["score": "score"],
      ["threshold": ["maximize": "precision"]]
    )
    #expect(value(outcome, "threshold") == .number(0.9))
  }

  @Test func measureProbabilitiesOfSeveralClasses() throws {
    let (outcome, _, found) = try evaluate(
      Self.three,
      ["probabilities": ["x": "p_x", "y": "p_y", "z": "p_z"]],
      ["average": "macro"]
    )
    #expect(found == [])
    #expect(value(outcome, "accuracy") == .number(0.75))
    // Recalls of 1/2, 1 and 1.
    #expect(value(outcome, "recall") == .number(2.5 / 3))
    #expect(value(outcome, "class", "x", "recall") == .number(0.5))
    #expect(value(outcome, "confusion", "x", "y") == .integer(1))
  }

  @Test func measurePredictedLabels() throws {
    let (outcome, _, _) = try evaluate(Self.three, ["prediction": "guess"])
    #expect(value(outcome, "accuracy") == .number(0.75))
    #expect(value(outcome, "log_loss") == nil)
  }

  @Test func measurePredictedNumbers() throws {
    let (outcome, _, found) = try evaluate(
      Self.numbers,
      ["prediction": "guess"],
      ["metrics": ["mae", "quantile_90", "quantile_0.5"]]
    )
    #expect(found == [])
    // Errors of 0.5, 0.5, 0.25 and 0.5.
    #expect(value(outcome, "mae") == .number(1.75 / 4))
    #expect(value(outcome, "quantile_0.5") == .number(1.75 / 8))
    #expect(value(outcome, "rmse") == nil)
  }

  @Test(arguments: ["bca", "percentile"])
  func boundMetrics(bounds: String) throws {
    let text =
      "truth,score\n"
      + (0..<60).map { "\($0 % 2),\(Double($0 * 37 % 60) / 100 + Double($0 % 2) * 0.2)" }
      .joined(separator: "\n")
    let (outcome, _, found) = try evaluate(
      text,
      ["score": "score"],
      ["confidence": ["resamples": 200, "bounds": .string(bounds)], "metrics": ["roc_auc", "f1"]]
    )
    #expect(found == [])
    let area = try #require(value(outcome, "roc_auc")?.asNumber)
    let low = try #require(value(outcome, "ci", "roc_auc", "low")?.asNumber)
    let high = try #require(value(outcome, "ci", "roc_auc", "high")?.asNumber)
    #expect(low < area)
    #expect(area < high)
  }

  @Test(arguments: ["plain", "logit"])
  func boundTheAreaByPlacements(bounds: String) throws {
    let (outcome, _, found) = try evaluate(
      Self.two,
      ["score": "score"],
      ["confidence": ["method": "delong", "bounds": .string(bounds)]]
    )
    #expect(found == [])
    #expect(value(outcome, "ci", "roc_auc", "low")?.asNumber != nil)
    #expect(value(outcome, "ci", "accuracy", "low") == .null)
  }

  /// Every value stands under a path that was promised, so that prose can be checked beforehand.
  @Test func promiseEveryPath() throws {
    let runs = try [
      evaluate(
        Self.two,
        ["score": "score"],
        ["slices": ["plan"], "confidence": ["resamples": 100]]
      ),
      evaluate(Self.three, ["probabilities": ["x": "p_x", "y": "p_y", "z": "p_z"]]),
      evaluate(Self.numbers, ["prediction": "guess"]),
      evaluate(
        Self.numbers,
        ["prediction": "guess"],
        ["metrics": ["quantile_0.9"], "slices": ["truth"]]
      ),
      evaluate(
        Self.three,
        ["prediction": "guess"],
        ["metrics": ["class.x.recall", "macro_f1"], "confidence": ["resamples": 100]]
      ),
    ]
    for (outcome, cell, _) in runs {
      for leaf in leaves(.object(outcome.values), []) {
        #expect(cell.values.contains { $0.matches(leaf) }, "\(leaf)")
      }
    }
  }

  private func leaves(_ value: Value, _ path: [ValuePath.Segment]) -> [[ValuePath.Segment]] {
    guard let members = value.asObject else { return [path] }
    return members.keys.sorted().flatMap { leaves(members[$0] ?? .null, path + [.name($0)]) }
  }

  @Test(arguments: [
    ("truth,score\nyes,0.9\nno,\n", "score", "row 2: the score (column 'score') is missing"),
    ("truth,score\nyes,0.9\nno,abc\n", "score", "abc"),
    (
      "truth,score\nyes,0.9\n,0.1\nno,0.2\n", "score",
      "row 2: the label (column 'truth') is missing"
    ),
    ("truth,other\nyes,0.9\nno,0.1\n", "score", "has no column 'score'"),
    (
      "truth,score\nyes,0.9\nno,0.1\nmaybe,0.2\n", "score",
      "row 3 of 'p.csv': 'maybe' in column 'truth' is a third label"
    ),
    ("truth,score\n", "score", "p.csv"),
    ("truth,score\nyes,0.9,1\n", "score", "p.csv"),
  ])
  func refuseWhatCannotBeMeasured(text: String, score: String, words: String) {
    #expect {
      _ = try evaluate(text, ["score": .string(score)])
    } throws: { error in
      "\(error)".contains(words)
    }
  }

  @Test func refuseAnIdThatStandsTwice() {
    #expect {
      _ = try evaluate("truth,score,id\nyes,0.9,7\nno,0.1,7\n", ["score": "score", "id": "id"])
    } throws: { "\($0)".contains("the id '7' in column 'id' stands in rows 1 and 2") }
  }

  @Test func refuseWeightsThatCannotBe() {
    #expect {
      _ = try evaluate(
        "truth,score,w\nyes,0.9,1\nno,0.1,-1\n",
        ["score": "score", "weight": "w"]
      )
    } throws: { "\($0)".contains("-1") }
  }

  @Test func askForProbabilitiesWhereTheyAreNeeded() throws {
    let text = "truth,score\nyes,3\nno,-1\n"
    let (outcome, _, _) = try evaluate(text, ["score": "score"])
    #expect(value(outcome, "roc_auc") == .number(1))
    #expect(value(outcome, "log_loss") == nil)
    #expect {
      _ = try evaluate(text, ["score": "score"], ["metrics": ["log_loss"]])
    } throws: {
      "\($0)".contains("row 1 (and 1 more): the score (column 'score') 3.0 is no probability")
    }
  }

  @Test(
    arguments: [
      (["metrics": ["auc"]], "evaluate.unknown-metric"),
      (["metrics": ["rmse"]], "evaluate.metric-of-other-task"),
      (["threshold": "high"], "cell.wrong-type"),
      (["threshold": ["maximize": "roc_auc"]], "evaluate.threshold-metric"),
      (["threshold": ["cost": ["false_positive": 1]]], "cell.missing-field"),
      (["threshold": ["cost": ["false_positive": -1, "false_negative": 1]]], "cell.out-of-range"),
      (["confidence": ["method": "jackknife"]], "cell.unknown-choice"),
      (["confidence": ["level": 1]], "cell.out-of-range"),
      (["split": "test"], "evaluate.source"),
      (["model": "m"], "evaluate.source"),
      (["average": "mean"], "cell.unknown-choice"),
      (["bins": 0], "cell.out-of-range"),
      (["at": [5]], "evaluate.ranking-alone"),
      (["at": [0]], "evaluate.at"),
      (["resamples": 10], "cell.unknown-field"),
      (["metrics": ["silhouette"]], "evaluate.metric-of-other-task"),
    ] as [([String: Value], String)]
  )
  func reportWhatIsWrongBeforeTheRun(more: [String: Value], code: String) throws {
    var reader = FieldReader(
      Config(["predictions": ["file": "p.csv", "label": "truth", "score": "score"]]).entries
        + more.sorted { $0.key < $1.key }.flatMap { Config([$0.key: $0.value]).entries },
      context: "a cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    let cell = EvaluateKind(reading: &reader)
    reader.finish()
    let found = reader.diagnostics + cell.check(in: Survey(directory: "", recipes: [:]))
    #expect(found.map { $0.code.description } == [code])
  }

  @Test func findColumnsThatTheFileLacksBeforeTheRun() {
    let (_, _, found) = read(
      EvaluateKind.self,
      [
        "predictions": [
          "file": "data/diabetes.csv", "label": "progresion", "score": "bmi", "weight": "w",
        ], "slices": ["sexx"],
      ]
    )
    #expect(found.map { $0.code.description } == Array(repeating: "data.unknown-column", count: 3))
    #expect(found.map { $0.hint }.contains("did you mean 'progression'?"))
  }

  @Test func refuseWhatOnlyTwoClassesHave() throws {
    let three: Value = ["x": "p_x", "y": "p_y", "z": "p_z"]
    let more: [[String: Value]] = [["threshold": 0.5], ["confidence": ["method": "delong"]]]
    for field in more {
      var reader = FieldReader(
        Config(["predictions": ["file": "p.csv", "label": "truth", "probabilities": three]]).entries
          + field.flatMap { Config([$0.key: $0.value]).entries },
        context: "a cell",
        at: SourcePosition(path: "n.md", line: 1, column: 1)
      )
      let cell = EvaluateKind(reading: &reader)
      let found = reader.diagnostics + cell.check(in: Survey(directory: "", recipes: [:]))
      #expect(found.map { $0.code } == ["evaluate.binary-alone"])
    }
  }

  @Test func pointAtTheFieldWhoseValuesAreRefused() {
    let text = Self.two.replacing("0.7", with: "")
    #expect {
      _ = try evaluate(text, ["score": "score"])
    } throws: {
      ($0 as? CellFailure)?.field == "predictions.score"
    }
    // A file of predictions has no list of texts that are missing.
    #expect {
      _ = try evaluate(Self.two.replacing("0.7", with: "high"), ["score": "score"])
    } throws: {
      ($0 as? CellFailure).map { $0.hint == nil } == true
    }
  }

  @Test func needSomethingToEvaluate() {
    let (_, _, found) = read(EvaluateKind.self, [:])
    #expect(found.map { $0.code } == ["evaluate.source"])
    let (_, _, none) = read(
      EvaluateKind.self,
      ["predictions": ["file": "p.csv", "label": "truth"]]
    )
    #expect(none.map { $0.code } == ["evaluate.predictions"])
  }

  @Test func warnOfAccuracyAloneWhereAClassIsRare() throws {
    let text =
      "truth,score\n" + (0..<20).map { "\($0 == 0 ? 1 : 0),0.\($0)" }.joined(separator: "\n")
    let (alone, _, _) = try evaluate(text, ["score": "score"], ["metrics": ["accuracy"]])
    #expect(alone.advice.map { $0.code } == ["eval.accuracy-imbalanced"])
    let (beside, _, _) = try evaluate(text, ["score": "score"], ["metrics": ["accuracy", "mcc"]])
    #expect(beside.advice == [])
  }

  @Test func showCurvesWithTheThreshold() throws {
    let (outcome, _, _) = try evaluate(Self.two, ["score": "score"])
    guard
      case .group(let charts)? = outcome.exhibits.first(where: {
        if case .group = $0 { true } else { false }
      }),
      case .chart(.line(let roc))? = charts.first
    else {
      Issue.record("no group of charts")
      return
    }
    // ROC, precision and recall, gain, lift, confusion, calibration.
    #expect(charts.count == 6)
    #expect(roc.marks.map { $0.label } == ["threshold 0.5"])
    // At 0.5 one of three negatives and two of three positives.
    #expect(roc.marks.first?.x == 1.0 / 3)
    #expect(roc.marks.first?.y == 2.0 / 3)
  }
}
