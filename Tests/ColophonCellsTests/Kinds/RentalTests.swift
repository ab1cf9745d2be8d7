import ColophonCells
import ColophonCore
import ColophonData
import ColophonReport
import Testing

/// What a train cell says of the machine that it is thought to run on.
@Suite struct TheRentalOfATrainCell {
  /// A cell on spot capacity, with some keys changed; nil leaves one out.
  private func found(
    _ changes: KeyValuePairs<String, Value?>,
    algorithm: Value = "xgboost",
    beside recipes: [String: any CellKind] = [:]
  ) -> [Diagnostic] {
    var members: [(String, Value)] = [
      ("data", "d"), ("algorithm", algorithm), ("instance", "ml.m5.xlarge"),
      ("checkpoint", ["every": 10]),
      ("spot", ["interruptions": [2000], "max_run": 3600, "max_wait": 7200]),
    ]
    for (key, value) in changes {
      members.removeAll { $0.0 == key }
      if let value { members.append((key, value)) }
    }
    var reader = FieldReader(
      Config(pairs: members).entries,
      context: "a train cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    let cell = TrainKind(reading: &reader)
    reader.finish()
    return reader.diagnostics + cell.check(in: Survey(directory: "", recipes: recipes))
  }

  @Test func isTakenAsItStands() {
    #expect(found([:]).isEmpty)
    #expect(
      found(["spot": ["rate": 0.5, "max_wait": 90_000, "wait": 60, "discount": 0.6]]).isEmpty
    )
    #expect(found(["instance": nil, "round_seconds": 3]).isEmpty)
    #expect(found(["spot": nil, "warm_pool": ["keep_alive": 600]]).isEmpty)
  }

  @Test(arguments: [(3600, 3600), (3600, 100)])
  func hasNoTimeToWaitIn(run: Int, wait: Int) {
    let found = found(["spot": ["max_run": .integer(run), "max_wait": .integer(wait), "rate": 1]])
    #expect(found.map { $0.code } == ["spot.wait-below-run"])
    // The place of max_wait, the second of the section's keys.
    #expect(found.first?.position.line == 9)
  }

  @Test func mustNotLoseItsWork() {
    #expect(found(["checkpoint": nil]).map { $0.code } == ["spot.no-checkpoint"])
    let straight = found([:], algorithm: "linear_learner").map { $0.code }
    #expect(straight.contains("spot.no-checkpoint") && straight.contains("train.checkpoint"))
  }

  @Test func suggestsTheNearestInstance() {
    let found = found(["instance": "ml.m5.xlrage"])
    #expect(found.map { $0.code } == ["cell.unknown-choice"])
    #expect(found.first?.hint == "did you mean 'ml.m5.xlarge'?")
  }

  @Test func isComplete() {
    #expect(found(["instance": nil]).map { $0.code } == ["train.instance"])
    #expect(found(["spot": ["max_run": 60]]).map { $0.code } == ["cell.missing-field"])
    #expect(
      found(["spot": ["max_wait": 90_000, "rate": 1, "interruptions": [5]]]).map { $0.code }
        == ["spot.interruptions"]
    )
    #expect(found(["warm_pool": ["keep_alive": 60]]).map { $0.code } == ["spot.warm-pool"])
    #expect(
      found(["spot": nil, "warm_pool": ["keep_alive": 7200]]).map { $0.code } == [
        "cell.out-of-range"
      ]
    )
  }

  private func train(_ members: KeyValuePairs<String, Value>) -> TrainKind {
    var reader = FieldReader(
      Config(pairs: [("data", "d"), ("algorithm", "xgboost")] + members.map { ($0, $1) }).entries,
      context: "a train cell",
      at: SourcePosition(path: "n.md", line: 1, column: 1)
    )
    return TrainKind(reading: &reader)
  }

  @Test func takesOverOnlyWhatIsKeptWarm() {
    let pool: Value = ["after": "first", "keep_alive": 60]
    func codes(_ first: TrainKind) -> [Diagnostic.Code] {
      found(["spot": nil, "warm_pool": pool], beside: ["first": first]).map { $0.code }
    }
    #expect(codes(train(["instance": "ml.m5.xlarge", "warm_pool": ["keep_alive": 60]])).isEmpty)
    #expect(codes(train(["instance": "ml.m5.xlarge"])) == ["train.warm-pool"])
    #expect(
      codes(train(["instance": "ml.c5.xlarge", "warm_pool": ["keep_alive": 60]]))
        == ["train.warm-pool"]
    )
  }
}
