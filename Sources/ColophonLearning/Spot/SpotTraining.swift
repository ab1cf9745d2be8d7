import Synchronization

/// Trains on capacity that is really taken away: the job is ended where the plan says, its learner
/// thrown away, and begun again from the last checkpoint, by the way that a killed run takes.
package struct SpotTraining: Sendable {
  package var plan: SpotPlan

  package init(_ plan: SpotPlan) { self.plan = plan }

  /// What a job on spot capacity yields.
  package struct Outcome: Sendable {
    /// The model is that of the last kept round where the job did not complete.
    package var result: TrainingResult
    package var timeline: SpotTimeline
  }

  /// Runs the job.
  ///
  /// - Throws: `TrainingFault` where a limit is reached before the first kept round; else what the
  ///   algorithm or the observer throws.
  package func run(
    _ algorithm: any Algorithm,
    _ job: TrainingJob,
    observer: any TrainingObserver
  ) throws -> Outcome {
    let endless = plan.timeline(rounds: nil)
    let limit = endless.keptRound
    let watch = Watch()
    let keeper = SpotKeeper(outer: job.keeper, every: plan.checkpointEvery)
    var job = job
    job.keeper = keeper
    job.checkpointEvery = plan.checkpointEvery
    for attempt in endless.attempts {
      let isTaken = attempt.ending == .interrupted
      job.roundLimit = isTaken ? nil : attempt.lastRound
      if !isTaken, attempt.lastRound == 0 { break }
      keeper.begin(attempt)
      let spotted = SpotObserver(observer: observer, attempt: isTaken ? attempt : nil, watch: watch)
      do {
        return ending(try algorithm.fit(job, observer: spotted), watch)
      } catch is CapacityTaken { continue }
    }
    guard limit > 0 else { throw TrainingFault.nothingKept(endless.status.rawValue) }
    // The job ran out of time while it waited: its last checkpoint is its model.
    job.roundLimit = limit
    let spotted = SpotObserver(observer: observer, attempt: nil, watch: watch)
    return ending(try algorithm.fit(job, observer: spotted), watch)
  }

  private func ending(_ result: TrainingResult, _ watch: Watch) -> Outcome {
    let rounds = result.stoppedEarly ? result.rounds : max(watch.rounds, result.rounds)
    return Outcome(result: result, timeline: plan.timeline(rounds: rounds))
  }
}

/// Thrown into a job whose instance is gone.
private struct CapacityTaken: TrainingInterruption {
  var leavesTime: Bool { false }
}

/// What the observers of all stretches have seen.
private final class Watch: Sendable {
  private let state = Mutex((rounds: 0, furthest: 0))

  /// The most rounds that the algorithm asks for; 0 before the first.
  var rounds: Int { state.withLock { $0.rounds } }

  /// Takes in a round; tells whether it is the first time that the job comes so far.
  func see(_ progress: TrainingProgress) -> Bool {
    state.withLock { state in
      state.rounds = progress.rounds
      defer { state.furthest = max(state.furthest, progress.round) }
      return progress.round > state.furthest
    }
  }
}

/// Passes rounds on until the capacity is taken away.
private struct SpotObserver: TrainingObserver {
  let observer: any TrainingObserver
  /// The stretch that ends by an interruption; nil where none does.
  let attempt: SpotAttempt?
  let watch: Watch

  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws {
    // The round was under way when the instance went.
    if let attempt, progress.round > attempt.lastRound { throw CapacityTaken() }
    _ = watch.see(progress)
    try observer.roundEnded(progress, metrics: metrics)
  }

  /// Only what an earlier process has done is news to who watches.
  func resumed(_ progress: TrainingProgress, metrics: MetricHistory) throws {
    if watch.see(progress) { try observer.resumed(progress, metrics: metrics) }
  }

  func checkpoint() throws -> [UInt8] { try observer.checkpoint() }
  func restore(_ checkpoint: [UInt8]) throws { try observer.restore(checkpoint) }
}

/// Holds the checkpoints that the plan knows of, and hands every one to the job's own keeper too.
private final class SpotKeeper: CheckpointKeeper {
  private let outer: (any CheckpointKeeper)?
  private let interval: Int
  private let state = Mutex<(held: Checkpoint?, notice: Int?)>((nil, nil))
  /// Keeps the parts' checkpoints from stretch to stretch where nothing outlives the process.
  private let inner = MemoryKeeper()

  init(outer: (any CheckpointKeeper)?, every interval: Int) {
    self.outer = outer
    self.interval = interval
  }

  /// Another stretch begins.
  func begin(_ attempt: SpotAttempt) { state.withLock { $0.notice = attempt.noticeRound } }

  func newest() throws -> Checkpoint? {
    try state.withLock { $0.held } ?? outer?.newest()
  }

  func keep(_ checkpoint: Checkpoint) throws {
    state.withLock { state in
      if checkpoint.round.isMultiple(of: interval) || checkpoint.round == state.notice {
        state.held = checkpoint
      }
    }
    try outer?.keep(checkpoint)
  }

  func isDue(after round: Int) -> Bool {
    if state.withLock({ $0.notice == round }) { return true }
    return outer?.isDue(after: round) == true
  }

  func part(_ name: String) -> any CheckpointKeeper {
    outer?.part(name) ?? inner.part(name)
  }
}
