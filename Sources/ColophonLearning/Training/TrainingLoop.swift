import ColophonCore
package import ColophonData

/// An algorithm in the middle of its work, one round at a time.
package protocol RoundLearner {
  /// Learns for one more round, which counts from 1.
  mutating func train(round: Int) throws
  /// What the learner now says about a split's rows.
  mutating func predictions(for split: Split) throws -> Predictions
  /// Keeps what is needed to come back to this round.
  mutating func remember(round: Int) throws
  /// All that it takes to go on after the last trained round, as bytes: what was learned, what was
  /// remembered, the state of its random streams.
  func checkpoint() throws -> [UInt8]
  /// Goes back to what `checkpoint` wrote; the same rounds after it end in the same bits.
  mutating func restore(_ checkpoint: [UInt8]) throws
  /// Whether another round would change nothing, so that the loop may end.
  var isFinished: Bool { get }
  /// What there is to say of the tensors after the last trained round; empty where there are none.
  func tensorStatistics() -> [TensorStatistics]
  /// What there was to say of them after each round so far, for a job that goes on.
  var tensorHistory: [[TensorStatistics]] { get }
}

extension RoundLearner {
  package var isFinished: Bool { false }
  package func tensorStatistics() -> [TensorStatistics] { [] }
  package var tensorHistory: [[TensorStatistics]] { [] }
}

/// What a loop went through.
package struct TrainingRecord: Sendable {
  package var history: MetricHistory
  /// The round whose state is the model's, from 1: the best one under early stopping, else the last.
  package var keptRound: Int
  /// Whether patience ran out, or a rule of the debugger ended the job, before the last round.
  package var stoppedEarly: Bool
  /// By round, then tensor; empty where no rule looks at tensors.
  package var tensors: [[TensorStatistics]] = []
}

/// Runs rounds, measures every split after each, stops early, reports progress, keeps checkpoints.
///
/// Where the job has a keeper, the loop first asks it for the newest checkpoint of this very job and
/// goes on from there, in the same bits. A checkpoint is written after a round that the observer let
/// pass, never before: what ends a job at a round ends it there again. Only an interruption from
/// outside keeps its round.
package struct TrainingLoop: Sendable {
  package let job: TrainingJob
  /// The most rounds that the algorithm asks for.
  package let rounds: Int

  package init(_ job: TrainingJob, rounds: Int) {
    self.job = job
    self.rounds = rounds
  }

  /// Runs a learner to its end.
  package func run(
    _ learner: inout some RoundLearner,
    observer: any TrainingObserver
  ) throws -> TrainingRecord {
    var state = LoopState(
      history: MetricHistory(metrics: job.scorer.names, splits: job.filledSplits),
      best: try bestRound()
    )
    let identity = job.keeper == nil ? Digest(of: .null) : identity(of: learner)
    try resume(&learner, &state, identity, observer)
    let last = min(rounds, job.roundLimit ?? rounds)
    state.isStopped = isStopped(state, last: last)
    while state.round < last, !state.isOver, !learner.isFinished {
      try step(&learner, &state)
      state.isStopped = isStopped(state, last: last)
      do { try observer.roundEnded(progress(state), metrics: state.history) } catch {
        if (error as? any TrainingInterruption)?.leavesTime == true {
          try keep(learner, state, identity, observer)
        }
        throw error
      }
      let isPaused = job.keepsLimit && state.round == last && last < rounds
      if !state.isOver, !learner.isFinished,
        isPaused || (state.round < last && isDue(state.round))
      {
        try keep(learner, state, identity, observer)
      }
    }
    return TrainingRecord(
      history: state.history,
      keptRound: state.best.map { $0.round } ?? state.round,
      stoppedEarly: state.isOver && state.round < rounds,
      tensors: state.tensors
    )
  }

  /// Whether a rule of the debugger ends the job after the last round.
  private func isStopped(_ state: LoopState, last: Int) -> Bool {
    guard state.round > 0, let debugger = job.debugger else { return false }
    return debugger.stops(
      state.history,
      tensors: state.tensors,
      isLast: state.round == last
    )
  }

  /// One round: learn, measure, remember the best.
  private func step(_ learner: inout some RoundLearner, _ state: inout LoopState) throws {
    let round = state.round + 1
    try learner.train(round: round)
    state.history.append(
      try state.history.splits.map { split in
        // What nobody asks for is not predicted.
        guard let rows = job.splits[split], !job.scorer.measures.isEmpty else { return [] }
        return try job.scorer.score(rows, learner.predictions(for: split))
      }
    )
    if job.debugger?.looksAtTensors == true { state.tensors.append(learner.tensorStatistics()) }
    guard state.best != nil else { return }
    let value = try watched(state.history, round)
    if state.best?.take(value, round: round) == true { try learner.remember(round: round) }
  }

  private func isDue(_ round: Int) -> Bool {
    guard let keeper = job.keeper else { return false }
    if let every = job.checkpointEvery, round.isMultiple(of: every) { return true }
    return keeper.isDue(after: round)
  }

  private func keep(
    _ learner: some RoundLearner,
    _ state: LoopState,
    _ identity: Digest,
    _ observer: any TrainingObserver
  ) throws {
    try job.keeper?.keep(
      Checkpoint(
        job: identity,
        round: state.round,
        rounds: rounds,
        history: state.history,
        best: state.best.map { Checkpoint.Best(round: $0.round, value: $0.value) },
        learner: try learner.checkpoint(),
        observer: try observer.checkpoint()
      )
    )
  }

  /// Goes on from the keeper's newest checkpoint, where that is one of this job.
  private func resume(
    _ learner: inout some RoundLearner,
    _ state: inout LoopState,
    _ identity: Digest,
    _ observer: any TrainingObserver
  ) throws {
    guard let kept = try job.keeper?.newest(), kept.job == identity, kept.rounds == rounds,
      kept.round <= min(rounds, job.roundLimit ?? rounds)
    else { return }
    try learner.restore(kept.learner)
    try observer.restore(kept.observer)
    state.history = kept.history
    if job.debugger?.looksAtTensors == true { state.tensors = learner.tensorHistory }
    if let best = kept.best { state.best?.resume(round: best.round, value: best.value) }
    try observer.resumed(progress(state), metrics: state.history)
  }

  /// A digest of what tells this job from others that might share a keeper by mistake.
  private func identity(of learner: some RoundLearner) -> Digest {
    var stream = job.random("checkpoint")
    let rows = job.splits[.train]
    let labels: [Double] =
      switch rows?.labels {
      case .numbers(let numbers): numbers
      case .classes(let codes): codes.map { Double($0) }
      default: []
      }
    var bytes: [UInt8] = []
    for bits in [stream.next()] + (labels + (rows?.weights ?? [])).map({ $0.bitPattern }) {
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
      }
    }
    return Digest(
      of: [
        "learner": .string("\(type(of: learner))"), "rounds": .integer(rounds),
        "features": .array((rows?.features.names ?? []).map { .string($0) }),
        "metrics": .array(job.scorer.names.map { .string($0) }),
        "splits": .array(
          job.filledSplits.map {
            .array([.string($0.rawValue), .integer(job.splits[$0]?.features.rows ?? 0)])
          }
        ), "content": .string(Digest(of: bytes).description),
      ]
    )
  }

  private func bestRound() throws -> BestRound? {
    guard let rule = job.earlyStopping else { return nil }
    guard job.filledSplits.contains(rule.split) else {
      throw TrainingFault.stoppingWithoutRows(rule.split)
    }
    guard let measure = job.scorer.measures.first(where: { $0.name == rule.metric })
    else { throw TrainingFault.stoppingUnmeasured(rule.metric, known: job.scorer.names) }
    return BestRound(rule: rule, measure: measure)
  }

  private func watched(_ history: MetricHistory, _ round: Int) throws -> Double {
    guard let rule = job.earlyStopping,
      let value = history.value(rule.metric, on: rule.split, after: round), !value.isNaN
    else { throw TrainingFault.stoppingUndefined(job.earlyStopping, round: round) }
    return value
  }

  private func progress(_ state: LoopState) -> TrainingProgress {
    TrainingProgress(
      round: state.round,
      rounds: rounds,
      reading: reading(state.history, state.round)
    )
  }

  private func reading(_ history: MetricHistory, _ round: Int) -> String {
    let split = job.earlyStopping?.split ?? history.splits.dropFirst().first ?? .train
    guard let metric = job.earlyStopping?.metric ?? history.metrics.first,
      let value = history.value(metric, on: split, after: round)
    else { return "" }
    return "\(split.rawValue) \(metric) \(value)"
  }
}

/// What a loop knows between two rounds.
private struct LoopState {
  var history: MetricHistory
  var best: BestRound?
  /// By round, then tensor; empty where no rule looks at tensors.
  var tensors: [[TensorStatistics]] = []
  /// Whether a rule of the debugger has ended the job.
  var isStopped = false

  /// Rounds that are done.
  var round: Int { history.rounds.count }
  /// Whether patience has run out, or a rule has ended the job.
  var isOver: Bool { isStopped || (round > 0 && best?.isOver(after: round) == true) }
}
