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
  /// What there is to say of the tensors after the last trained round; empty where there are none.
  func tensorStatistics() -> [TensorStatistics]
}

extension RoundLearner {
  package func tensorStatistics() -> [TensorStatistics] { [] }
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

/// Runs rounds, measures every split after each, stops early, reports progress.
///
/// Between rounds the observer may end the job. A learner that can write its state down may be
/// resumed by starting the loop at a later round.
package struct TrainingLoop: Sendable {
  package let job: TrainingJob
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
    let splits = job.filledSplits
    var history = MetricHistory(metrics: job.scorer.names, splits: splits)
    var best = try bestRound(splits)
    var tensors: [[TensorStatistics]] = []
    for round in stride(from: 1, through: rounds, by: 1) {
      try learner.train(round: round)
      history.append(try measure(&learner, splits))
      if best != nil {
        let value = try watched(history, round)
        if best?.take(value, round: round) == true { try learner.remember(round: round) }
      }
      try observer.roundEnded(
        TrainingProgress(round: round, rounds: rounds, reading: reading(history, round)),
        metrics: history
      )
      if job.debugger?.looksAtTensors == true { tensors.append(learner.tensorStatistics()) }
      if best?.isOver(after: round) == true || isStopped(history, tensors, round) {
        return TrainingRecord(
          history: history,
          keptRound: best?.round ?? round,
          stoppedEarly: round < rounds,
          tensors: tensors
        )
      }
    }
    return TrainingRecord(
      history: history,
      keptRound: best.map { $0.round } ?? rounds,
      stoppedEarly: false,
      tensors: tensors
    )
  }

  /// Whether a rule of the debugger ends the job after a round.
  private func isStopped(
    _ history: MetricHistory,
    _ tensors: [[TensorStatistics]],
    _ round: Int
  ) -> Bool {
    job.debugger?.stops(history, tensors: tensors, isLast: round == rounds) == true
  }

  private func measure(
    _ learner: inout some RoundLearner,
    _ splits: [Split]
  ) throws -> [[Double?]] {
    // What nobody asks for is not predicted.
    if job.scorer.measures.isEmpty { return splits.map { _ in [] } }
    return try splits.map { split in
      guard let rows = job.splits[split] else { return [] }
      return try job.scorer.score(rows, learner.predictions(for: split))
    }
  }

  private func bestRound(_ splits: [Split]) throws -> BestRound? {
    guard let rule = job.earlyStopping else { return nil }
    guard splits.contains(rule.split) else { throw TrainingFault.stoppingWithoutRows(rule.split) }
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

  private func reading(_ history: MetricHistory, _ round: Int) -> String {
    let split = job.earlyStopping?.split ?? history.splits.dropFirst().first ?? .train
    guard let metric = job.earlyStopping?.metric ?? history.metrics.first,
      let value = history.value(metric, on: split, after: round)
    else { return "" }
    return "\(split.rawValue) \(metric) \(value)"
  }
}
