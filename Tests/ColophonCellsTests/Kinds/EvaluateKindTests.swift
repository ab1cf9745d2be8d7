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
  func evaluate(
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

  func value(_ outcome: Outcome, _ path: String...) -> Value? {
    ValuePath.find(path.map { .name($0) }, in: .object(outcome.values))
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

  func leaves(_ value: Value, _ path: [ValuePath.Segment]) -> [[ValuePath.Segment]] {
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
