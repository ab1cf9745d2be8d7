import ColophonCore
import ColophonTuning
import Synchronization
import Testing

/// What is computed when never reaches a result.
@Suite struct VirtualTuningTests {
  private static let space = SearchSpace([
    ParameterRange("x", .continuous(lower: 0, upper: 1, .linear)),
    ParameterRange("n", .integer(lower: 1, upper: 9, .linear)),
  ])

  /// A job of `n` epochs whose loss falls to (x − 0.3)², each epoch taking as long as x says.
  private static func executor(
    cores: Int,
    isPaced: Bool,
    failing: Set<Int> = [],
    laggard: Int? = nil
  ) -> ThreadedExecutor {
    ThreadedExecutor(cores: cores, isPaced: isPaced) { trial, line in
      let x = trial.configuration["x"]?.asNumber ?? 0
      let epochs = trial.resource ?? (trial.configuration["n"]?.asInteger ?? 1)
      if failing.contains(line.job) { return JobEnding(failure: "as it should") }
      let first = trial.curve.count + 1
      if first <= epochs {
        for epoch in first...epochs {
          if line.job == laggard { spin() }
          let loss = (x - 0.3) * (x - 0.3) + 1 / Double(epoch)
          let seconds = Double(epoch - first + 1) * (1 + x)
          if !line.report(loss, seconds: seconds) { return JobEnding() }
        }
      }
      return JobEnding(objective: (x - 0.3) * (x - 0.3) + 1 / Double(epochs))
    }
  }

  private static func spin() {
    var sum = 0.0
    for i in 1...200_000 { sum += 1 / Double(i) }
    precondition(sum > 0)
  }

  private static func run(
    _ strategy: any Strategy,
    plan: VirtualTuning.Plan,
    on executor: ThreadedExecutor
  ) throws -> TuningRecord {
    try VirtualTuning(strategy, plan: plan) {
      RandomStream(root: 1, cell: "t", purpose: "proposal", index: $0)
    }.run(History(space, .minimize, seed: 5), on: executor)
  }

  /// Everything that a report could show.
  private static func picture(_ record: TuningRecord) -> String {
    let trials = record.history.trials.map { trial in
      "\(trial.index) \(Value.object(trial.configuration.values).canonicalText) \(trial.state) "
        + "\(trial.objective ?? .nan) \(trial.curve)"
    }
    let spans = record.spans.map { "\($0.trial) \($0.worker) \($0.start) \($0.end)" }
    return (trials + spans + ["\(record.order)", record.ending]).joined(separator: "\n")
  }

  private static let strategies: [any Strategy] = [
    RandomSearch(), BayesianSearch(), Hyperband(minimum: 1, maximum: 9),
  ]

  @Test(arguments: [0, 1, 2], [false, true])
  func isTheSameOnAnyNumberOfCoresAndUnderAnyLoad(_ strategy: Int, _ stops: Bool) throws {
    let plan = VirtualTuning.Plan(jobs: 14, workers: 4, stopping: stops ? MedianRule() : nil)
    let chosen = VirtualTuningTests.strategies[strategy]
    let pictures = try [(1, nil), (2, 3), (4, 1), (3, nil)].map { cores, laggard in
      let executor = VirtualTuningTests.executor(
        cores: cores,
        isPaced: stops,
        laggard: laggard
      )
      return VirtualTuningTests.picture(
        try VirtualTuningTests.run(chosen, plan: plan, on: executor)
      )
    }
    #expect(Set(pictures).count == 1)
  }

  /// Whether readings are awaited or not changes nothing where no rule looks at them.
  @Test func pacingIsInvisible() throws {
    let plan = VirtualTuning.Plan(jobs: 10, workers: 3)
    let pictures = try [false, true].map { isPaced in
      VirtualTuningTests.picture(
        try VirtualTuningTests.run(
          RandomSearch(),
          plan: plan,
          on: VirtualTuningTests.executor(cores: 2, isPaced: isPaced)
        )
      )
    }
    #expect(pictures[0] == pictures[1])
  }

  @Test func oneWorkerRunsOneJobAfterAnother() throws {
    let record = try VirtualTuningTests.run(
      RandomSearch(),
      plan: VirtualTuning.Plan(jobs: 8),
      on: VirtualTuningTests.executor(cores: 2, isPaced: false)
    )
    #expect(record.order == Array(0..<8))
    for (before, after) in zip(record.spans, record.spans.dropFirst()) {
      #expect(after.start == before.end)
    }
    // Each span is a difference of two moments, so the sum is off by a few units in the last place.
    #expect(abs(record.seconds - record.workerSeconds) < 1e-9)
    #expect(record.ending == "all 8 jobs were run")
  }

  @Test func workersAreNeverIdleWhileJobsAreLeft() throws {
    let record = try VirtualTuningTests.run(
      RandomSearch(),
      plan: VirtualTuning.Plan(jobs: 20, workers: 5),
      on: VirtualTuningTests.executor(cores: 2, isPaced: false)
    )
    for worker in 0..<5 {
      let own = record.spans.filter { $0.worker == worker }.sorted { $0.start < $1.start }
      for (before, after) in zip(own, own.dropFirst()) { #expect(after.start == before.end) }
      #expect(own.first?.start == 0)
    }
    #expect(record.seconds < record.workerSeconds)
  }

  @Test func failuresAreToldAndTheRestGoesOn() throws {
    let record = try VirtualTuningTests.run(
      RandomSearch(),
      plan: VirtualTuning.Plan(jobs: 10, workers: 2),
      on: VirtualTuningTests.executor(cores: 2, isPaced: false, failing: [1, 2, 3, 5, 8])
    )
    #expect(record.failures.keys.sorted() == [0, 1, 2, 4, 7])
    #expect(record.history.observed.count == 5)
  }

  @Test func fiveFailuresWithoutASuccessEndIt() throws {
    let record = try VirtualTuningTests.run(
      RandomSearch(),
      plan: VirtualTuning.Plan(jobs: 40),
      on: VirtualTuningTests.executor(cores: 1, isPaced: false, failing: Set(1...40))
    )
    #expect(record.order.count == 5)
    #expect(record.ending == "the first 5 jobs all failed")
  }

  @Test func aHopelessFirstJobEndsIt() throws {
    let executor = ThreadedExecutor(cores: 2, isPaced: false) { _, _ in
      JobEnding(failure: "nothing matched", isHopeless: true)
    }
    let record = try VirtualTuningTests.run(
      RandomSearch(),
      plan: VirtualTuning.Plan(jobs: 40, workers: 1),
      on: executor
    )
    #expect(record.isHopeless)
    #expect(record.order.count == 1)
    #expect(record.ending == "nothing matched")
  }

  @Test func theVirtualTimeLimitStopsWhatRuns() throws {
    let record = try VirtualTuningTests.run(
      RandomSearch(),
      plan: VirtualTuning.Plan(jobs: 40, workers: 3, seconds: 20),
      on: VirtualTuningTests.executor(cores: 2, isPaced: true)
    )
    #expect(record.seconds == 20)
    #expect(record.history.trials.contains { $0.state == .stopped })
    #expect(record.history.pending.isEmpty)
    #expect(record.ending == "the virtual time of 20 s was over")
  }

  @Test func aTargetEndsIt() throws {
    let record = try VirtualTuningTests.run(
      RandomSearch(),
      plan: VirtualTuning.Plan(jobs: 60, completion: Completion(target: 0.3)),
      on: VirtualTuningTests.executor(cores: 1, isPaced: true)
    )
    #expect(record.history.trials.count < 60)
    #expect((record.history.best?.objective ?? 1) <= 0.3)
  }

  /// A promoted job is no new job, goes on from its rung and keeps its number.
  @Test func promotionsGoOn() throws {
    let record = try VirtualTuningTests.run(
      Hyperband(minimum: 1, maximum: 9),
      plan: VirtualTuning.Plan(jobs: 12, workers: 2),
      on: VirtualTuningTests.executor(cores: 2, isPaced: false)
    )
    #expect(record.jobs.count == 12)
    #expect(record.history.trials.count > 12)
    for trial in record.history.trials {
      guard let before = trial.resumes.map({ record.history.trials[$0] }) else { continue }
      #expect(record.number(of: trial) == record.number(of: before))
      #expect(trial.curve.prefix(before.curve.count).elementsEqual(before.curve))
      #expect(trial.curve.count == trial.resource)
    }
  }

  /// What an executor throws ends the tuning, and every thread with it.
  @Test func whatIsThrownEndsIt() {
    struct Interrupted: Error {}
    let started = Mutex(0)
    let executor = ThreadedExecutor(cores: 2, isPaced: true) { _, line in
      let count = started.withLock { count -> Int in
        count += 1
        return count
      }
      if count == 4 { throw Interrupted() }
      for epoch in 1...5 where !line.report(1, seconds: Double(epoch)) { return JobEnding() }
      return JobEnding(objective: 1)
    }
    #expect(throws: Interrupted.self) {
      try VirtualTuningTests.run(
        RandomSearch(),
        plan: VirtualTuning.Plan(jobs: 20, workers: 2),
        on: executor
      )
    }
  }
}
