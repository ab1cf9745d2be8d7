import ColophonData

/// On what a job is thought to run: the virtual machine that its time and cost are told for.
package struct JobTerms: Hashable, Sendable {
  package var instance: Instance?
  /// Seconds of a round, where the author has measured them.
  package var roundSeconds: Double?
  /// Whether the instance is one that an earlier job has kept warm.
  package var isWarm = false
  /// Spare capacity, where the job is to run on it.
  package var spot: SpotTerms?

  package init(
    instance: Instance? = nil,
    roundSeconds: Double? = nil,
    isWarm: Bool = false,
    spot: SpotTerms? = nil
  ) {
    self.instance = instance
    self.roundSeconds = roundSeconds
    self.isWarm = isWarm
    self.spot = spot
  }

  /// The clock of a job with such rows; nil where neither an instance nor a round's time is known.
  package func clock(rows: Int, features: Int) -> VirtualClock? {
    let byWork = instance.map { VirtualClock(rows: rows, features: features, on: $0) }
    guard let clock = roundSeconds.map({ VirtualClock(roundSeconds: $0) }) ?? byWork
    else { return nil }
    return isWarm ? clock.warm : clock
  }
}

/// What a job took in virtual time.
package struct JobBill: Sendable {
  package var clock: VirtualClock
  package var cost: JobCost
  /// What the same job takes and costs on demand, undisturbed.
  package var undisturbed: JobCost
  package var spot: SpotTimeline?
  package var checkpointEvery: Int?
}

extension Trainer {
  /// Runs a job on its terms.
  func learn(
    _ job: TrainingJob,
    in surroundings: Surroundings
  ) throws -> (result: TrainingResult, bill: JobBill?) {
    let rows = try job.trainingRows().features
    guard let clock = terms.clock(rows: rows.rows, features: rows.columns) else {
      return (try algorithm.fit(job, observer: surroundings.observer), nil)
    }
    guard let spot = terms.spot, let every = job.checkpointEvery else {
      let result = try algorithm.fit(job, observer: surroundings.observer)
      let cost = JobCost(rounds: result.rounds, clock, on: terms.instance)
      return (result, JobBill(clock: clock, cost: cost, undisturbed: cost))
    }
    let plan = SpotPlan(spot, clock: clock, checkpointEvery: every, random: job.random)
    let outcome = try SpotTraining(plan).run(algorithm, job, observer: surroundings.observer)
    let bill = JobBill(
      clock: clock,
      cost: outcome.timeline.cost(on: terms.instance),
      undisturbed: JobCost(rounds: outcome.result.rounds, clock, on: terms.instance),
      spot: outcome.timeline,
      checkpointEvery: every
    )
    return (outcome.result, bill)
  }
}
