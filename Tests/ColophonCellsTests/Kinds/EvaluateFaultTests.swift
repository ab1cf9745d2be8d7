import ColophonCells
import ColophonCore
import ColophonData
import ColophonReport
import Testing

/// What an evaluate cell refuses, and where it points.
extension EvaluateCells {
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
}
