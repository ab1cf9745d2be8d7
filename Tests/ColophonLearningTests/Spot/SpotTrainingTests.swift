import ColophonCore
import ColophonData
import ColophonLearning
import Synchronization
import Testing

/// Notes the rounds that were really learned.
private final class Rounds: TrainingObserver {
  private let rounds = Mutex<[Int]>([])
  var all: [Int] { rounds.withLock { $0 } }
  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) {
    #expect(metrics.rounds.count == progress.round)
    rounds.withLock { $0.append(progress.round) }
  }
}

@Suite struct TrainingOnSpotCapacity {
  private func recipe(_ rounds: Int = 40) -> XGBoost {
    read(XGBoost.self, [("num_round", .integer(rounds)), ("subsample", .number(0.8))]).recipe
  }

  private func plan(
    _ interruptions: SpotTerms.Interruptions,
    run: Double = 14_400,
    within: Double = 28_800,
    wait: Double = 900
  ) -> SpotPlan {
    SpotPlan(
      SpotTerms(maximumRun: run, maximumWait: within, interruptions: interruptions, wait: wait),
      clock: VirtualClock(roundSeconds: 90),
      checkpointEvery: 10
    ) { RandomStream(root: 1, cell: "job", purpose: $0) }
  }

  /// The second interruption, at 5000, comes in round 42 of the rounds after 20: see `SpotPlans`.
  @Test func endsInTheSameBytesAsUndisturbed() throws {
    let job = try SampleData("cancer").job(.binary)
    let expected = try recipe(60).fit(job, observer: SilentObserver())
    let rounds = Rounds()
    let outcome = try SpotTraining(plan(.times([2000, 5000]))).run(
      recipe(60),
      job,
      observer: rounds
    )
    #expect(try outcome.result.model.encoded() == expected.model.encoded())
    #expect(outcome.result.history == expected.history)
    #expect(outcome.timeline.status == .completed)
    // Round 41 was learned, lost with the instance, and learned again.
    let learned: [[Int]] = [Array(1...20), Array(21...41), Array(41...60)]
    #expect(rounds.all == learned.flatMap { $0 })
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 7])
  func endsInTheSameBytesAtDrawnTimes(root: Int) throws {
    let early = EarlyStopping(split: .validation, metric: "log_loss", patience: 6)
    let job = try SampleData("cancer").job(.binary, early: early)
    let expected = try recipe(200).fit(job, observer: SilentObserver())
    var plan = plan(.rate(3), run: 80_000, within: 90_000)
    plan.random = { RandomStream(root: UInt64(root), cell: "job", purpose: $0) }
    let outcome = try SpotTraining(plan).run(recipe(200), job, observer: SilentObserver())
    #expect(try outcome.result.model.encoded() == expected.model.encoded())
    #expect(outcome.result.history == expected.history)
    #expect(outcome.timeline == plan.timeline(rounds: expected.rounds))
    #expect(outcome.timeline.status == .completed)
  }

  /// The limit leaves the model of the last kept round, which is that of a shorter job.
  @Test(arguments: [(4000.0, 28_800.0, 900.0), (7000, 8000, 9000)])
  func leavesTheModelOfTheLastKeptRound(run: Double, within: Double, wait: Double) throws {
    let plan = plan(.times([2000]), run: run, within: within, wait: wait)
    var job = try SampleData("cancer").job(.binary)
    let outcome = try SpotTraining(plan).run(recipe(100), job, observer: SilentObserver())
    let round = plan.timeline(rounds: 100).keptRound
    #expect(outcome.timeline.status != .completed)
    #expect(outcome.timeline == plan.timeline(rounds: 100))
    #expect(outcome.result.rounds == round)
    job.roundLimit = round
    let shorter = try recipe(100).fit(job, observer: SilentObserver())
    #expect(try outcome.result.model.encoded() == shorter.model.encoded())
  }

  @Test func failsWhereNothingWasKept() throws {
    let job = try SampleData("cancer").job(.binary)
    #expect(throws: TrainingFault.self) {
      try SpotTraining(plan(.times([]), run: 100, within: 200))
        .run(recipe(), job, observer: SilentObserver())
    }
  }

  /// The process itself may end at any round of any stretch: the next one tells the same story.
  @Test(arguments: [1, 9, 10, 15, 20, 21, 30, 41, 50])
  func goesOnAfterTheProcessItselfEnded(round: Int) throws {
    struct End: TrainingInterruption { var leavesTime: Bool }
    struct EndAfter: TrainingObserver {
      var round: Int
      func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws {
        if progress.round == round { throw End(leavesTime: round % 2 == 0) }
      }
    }
    var job = try SampleData("cancer").job(.binary)
    let training = SpotTraining(plan(.times([2000, 5000])))
    let expected = try training.run(recipe(60), job, observer: SilentObserver())
    job.keeper = MemoryKeeper(every: 7)
    #expect(throws: End.self) {
      try training.run(recipe(60), job, observer: EndAfter(round: round))
    }
    let resumed = try training.run(recipe(60), job, observer: SilentObserver())
    #expect(try resumed.result.model.encoded() == expected.result.model.encoded())
    #expect(resumed.result.history == expected.result.history)
    #expect(resumed.timeline == expected.timeline)
  }
}
