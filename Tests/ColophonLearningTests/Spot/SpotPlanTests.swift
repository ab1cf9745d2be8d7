import ColophonCore
import ColophonLearning
import Testing

/// A plan whose every number can be worked out on paper.
private func plan(
  _ interruptions: SpotTerms.Interruptions,
  wait: Double? = 900,
  run: Double = 14_400,
  within: Double = 28_800,
  every: Int = 10,
  round: Double = 90,
  root: UInt64 = 1
) -> SpotPlan {
  SpotPlan(
    SpotTerms(
      maximumRun: run,
      maximumWait: within,
      interruptions: interruptions,
      wait: wait,
      discount: 0.75
    ),
    clock: VirtualClock(roundSeconds: round),
    checkpointEvery: every
  ) { RandomStream(root: root, cell: "job", purpose: $0) }
}

@Suite struct SpotPlans {
  /// An instance is there after 120 s and prepares for 60; a round takes 90.
  ///
  /// Round 20 ends at 1980,
  /// 20 s before the first interruption; round 40 ends at 4880, just as the second is announced.
  @Test func tellTheTimelineThatIsComputedByHand() throws {
    let timeline = plan(.times([2000, 5000])).timeline(rounds: 100)
    let attempts = timeline.attempts
    #expect(attempts.map { $0.requested } == [0, 2900, 5900])
    #expect(attempts.map { $0.start } == [120, 3020, 6020])
    #expect(attempts.map { $0.learning } == [180, 3080, 6080])
    #expect(attempts.map { $0.end } == [2000, 5000, 11_480])
    #expect(attempts.map { $0.firstRound } == [0, 20, 40])
    #expect(attempts.map { $0.lastRound } == [20, 41, 100])
    #expect(attempts.map { $0.keptRound } == [20, 40, 100])
    #expect(attempts.map { $0.notice } == [1880, 4880, nil])
    #expect(attempts.map { $0.noticeRound } == [19, 40, nil])
    #expect(attempts.map { $0.lostSeconds } == [20, 120, 0])
    #expect(attempts.map { $0.ending } == [.interrupted, .interrupted, .completed])
    #expect(timeline.checkpoints(of: attempts[0], every: 10) == [10, 19, 20])
    #expect(timeline.checkpoints(of: attempts[1], every: 10) == [30, 40])
    #expect(timeline.checkpoints(of: attempts[2], every: 10) == [50, 60, 70, 80, 90])
    #expect(timeline.status == .completed)
    // (2000 - 120) + (5000 - 3020) + (11480 - 6020) seconds, a quarter of them billed.
    let cost = timeline.cost(on: instances["ml.m5.xlarge"])
    #expect(cost.trainingSeconds == 9320)
    #expect(cost.billedSeconds == 2330)
    #expect(cost.wallSeconds == 11_480)
    #expect(cost.saving == 0.75)
    #expect(cost.dollars == 2330 * 0.23 / 3600)
  }

  /// At the notice of a round of ten minutes there is no time for another checkpoint.
  @Test func loseWhatCannotBeKeptInTwoMinutes() {
    let timeline = plan(.times([3000]), every: 3, round: 600).timeline(rounds: 10)
    // Rounds end at 780, 1380, 1980, 2580; the notice comes at 2880.
    #expect(timeline.attempts[0].lastRound == 4)
    #expect(timeline.attempts[0].noticeRound == nil)
    #expect(timeline.attempts[0].keptRound == 3)
    #expect(timeline.attempts[0].lostSeconds == 1020)
    #expect(timeline.lostSeconds == 1020)
  }

  @Test func haveNoUseForInterruptionsThatMeetNoInstance() {
    // 100 comes before the first instance, 2500 while the job waits for the second.
    let timeline = plan(.times([100, 2000, 2500])).timeline(rounds: 100)
    #expect(timeline.interruptions == 1)
    #expect(timeline.attempts[1].end == 3080 + 80 * 90)
  }

  @Test func endWhereTheJobHasRunForAsLongAsItMay() {
    let timeline = plan(.times([2000]), run: 4000).timeline(rounds: 100)
    // 1880 s are gone after the first stretch; the second, from 3020 on, has 2120 left.
    #expect(timeline.attempts[1].end == 5140)
    #expect(timeline.status == .maximumRun)
    // Rounds end at 3080 + 90 k: 22 of them until 5140.
    #expect(timeline.keptRound == 42)
    #expect(timeline.cost(on: nil).trainingSeconds == 4000)
    #expect(timeline.cost(on: nil).dollars == nil)
  }

  @Test func endWhereTheJobHasWaitedForAsLongAsItMay() {
    let timeline = plan(.times([2000]), wait: 9000, run: 7000, within: 8000).timeline(rounds: 100)
    #expect(timeline.attempts.count == 1)
    #expect(timeline.status == .maximumWait)
    #expect(timeline.keptRound == 20)
    #expect(timeline.end == 8000)
    #expect(timeline.cost(on: nil).trainingSeconds == 1880)
    // The limit may also strike while the job runs.
    let running = plan(.times([2000]), run: 7000, within: 4000).timeline(rounds: 100)
    #expect(running.status == .maximumWait)
    #expect(running.attempts[1].end == 4000)
    #expect(running.keptRound == 30)
  }

  /// A drawn timeline is the same each time, and another for another seed.
  @Test func drawTheSameTimesFromTheSameSeed() {
    let drawn = plan(.rate(1.5), wait: nil).timeline(rounds: 100)
    #expect(drawn == plan(.rate(1.5), wait: nil).timeline(rounds: 100))
    #expect(drawn != plan(.rate(1.5), wait: nil, root: 2).timeline(rounds: 100))
    #expect(plan(.rate(0)).timeline(rounds: 100).interruptions == 0)
  }

  /// Over many jobs, interruptions come as often as the rate says, and waits last their mean.
  @Test func drawAsOftenAsTheRateSays() {
    var interruptions = 0
    var hours = 0.0
    var waits: [Double] = []
    for root in 0..<400 {
      let timeline = plan(.rate(2), wait: nil, run: 1e6, within: 2e6, root: UInt64(root))
        .timeline(rounds: 400)
      interruptions += timeline.interruptions
      hours += timeline.cost(on: nil).trainingSeconds / 3600
      waits += zip(timeline.attempts, timeline.attempts.dropFirst()).map { $1.requested - $0.end }
    }
    // 400 jobs of ten hours and more: the counts are Poisson, so four standard errors are 1 in 90.
    let rate = Double(interruptions) / hours
    #expect(abs(rate - 2) < 0.1)
    let wait = waits.reduce(0, +) / Double(waits.count)
    #expect(abs(wait - 600) < 30)
  }

  /// The laws of every timeline, over many drawn ones.
  @Test(arguments: 0..<60)
  func keepTheirLaws(root: Int) throws {
    let plan = plan(.rate(6), wait: nil, every: 1 + root % 7, round: 40, root: UInt64(root))
    let timeline = plan.timeline(rounds: 120)
    #expect(timeline.cost(on: nil).wallSeconds >= timeline.cost(on: nil).trainingSeconds)
    var kept = 0
    var end = 0.0
    for attempt in timeline.attempts {
      #expect(attempt.requested >= end && attempt.end >= attempt.start)
      #expect(attempt.firstRound == kept)
      #expect(attempt.keptRound >= kept && attempt.keptRound <= attempt.lastRound)
      #expect(attempt.time(of: attempt.lastRound) <= max(attempt.end, attempt.learning))
      kept = attempt.keptRound
      end = attempt.end
    }
    #expect(timeline.end >= end)
    if timeline.status == .completed { #expect(kept == 120) }
    // What happens before the end does not depend on when the end comes.
    let endless = plan.timeline(rounds: nil)
    #expect(endless.attempts.starts(with: timeline.attempts.dropLast()))
  }
}
