import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import Testing

/// A learner whose metric follows a script.
private struct Scripted: RoundLearner {
  var remembered: [Int] = []
  var round = 0
  mutating func train(round: Int) { self.round = round }
  mutating func predictions(for split: Split) -> Predictions { .regression([Double(round)]) }
  mutating func remember(round: Int) { remembered.append(round) }
  func checkpoint() -> [UInt8] { [UInt8(round)] }
  mutating func restore(_ checkpoint: [UInt8]) { round = Int(checkpoint[0]) }
}

@Suite struct TheTrainingLoop {
  func job(_ script: [Double?], _ rule: EarlyStopping?, _ direction: Metric.Direction = .minimize)
    -> TrainingJob
  {
    let rows = TrainingRows(
      features: FeatureMatrix(names: ["a"], rows: 1, values: [1]),
      labels: .numbers([0])
    )
    let scorer = Scorer([Scorer.Measure("m", direction)]) { _, predictions, _ in
      guard case .regression(let rounds) = predictions else { return [nil] }
      return [script[Int(rounds[0]) - 1]]
    }
    return TrainingJob(
      task: .regression,
      splits: [.train: rows, .validation: rows],
      scorer: scorer,
      earlyStopping: rule
    ) { RandomStream(root: 0, cell: "", purpose: $0) }
  }

  func rule(_ patience: Int, gain: Double = 0) -> EarlyStopping {
    EarlyStopping(split: .validation, metric: "m", patience: patience, minimumGain: gain)
  }

  /// 3 is best at round 2; rounds 3 and 4 bring no gain, and patience is 2.
  @Test func stopsWhenPatienceRunsOut() throws {
    var learner = Scripted()
    let record = try TrainingLoop(job([5, 3, 4, 3, 1], rule(2)), rounds: 5)
      .run(&learner, observer: SilentObserver())
    #expect(record.keptRound == 2)
    #expect(record.stoppedEarly)
    #expect(record.history.rounds.count == 4)
    #expect(learner.remembered == [1, 2])
  }

  /// Gains of 0.5 do not count where more than 1 is asked for.
  @Test func countsOnlyGainsAboveTheLeast() throws {
    var learner = Scripted()
    let record = try TrainingLoop(job([5, 4.5, 4.2, 3, 3], rule(9, gain: 1)), rounds: 5)
      .run(&learner, observer: SilentObserver())
    #expect(record.keptRound == 4)
    #expect(!record.stoppedEarly)
  }

  @Test func followsTheMetricsDirection() throws {
    var up = Scripted()
    #expect(
      try TrainingLoop(job([1, 3, 2], rule(5), .maximize), rounds: 3)
        .run(&up, observer: SilentObserver()).keptRound == 2
    )
    var near = Scripted()
    #expect(
      try TrainingLoop(job([-3, 2, -1], rule(5), .nearZero), rounds: 3)
        .run(&near, observer: SilentObserver()).keptRound == 3
    )
  }

  @Test func keepsTheLastRoundWithoutStopping() throws {
    var learner = Scripted()
    let record = try TrainingLoop(job([1, 2, 3], nil), rounds: 3)
      .run(&learner, observer: SilentObserver())
    #expect(record.keptRound == 3)
    #expect(learner.remembered.isEmpty)
  }

  @Test func refusesToWatchWhatIsUndefined() throws {
    var learner = Scripted()
    #expect(throws: TrainingFault.self) {
      try TrainingLoop(job([nil], rule(1)), rounds: 1).run(&learner, observer: SilentObserver())
    }
    var other = rule(1)
    other.metric = "n"
    #expect(throws: TrainingFault.self) {
      try TrainingLoop(job([1], other), rounds: 1).run(&learner, observer: SilentObserver())
    }
    other = rule(1)
    other.split = .test
    #expect(throws: TrainingFault.self) {
      try TrainingLoop(job([1], other), rounds: 1).run(&learner, observer: SilentObserver())
    }
  }
}
