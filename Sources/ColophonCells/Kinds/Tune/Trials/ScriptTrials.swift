import ColophonCore
import ColophonData
import ColophonLearning

/// Measures settings by running a script; each value of the objective that it prints is one unit of
/// work and one epoch.
///
/// A script that leaves its state in the checkpoint folder and ends by itself at the epoch that
/// `COLOPHON_EPOCH_LIMIT` names goes on from there when its job is promoted; any other one is run
/// again from its start, and what it says once more is passed over.
struct ScriptTrials: TrialWork {
  let workshop: Workshop
  let train: TrainKind
  let metric: String
  let clock: VirtualClock
  /// Whether a script that reports its objective once is of no use.
  let needsEpochs: Bool

  init(_ workshop: Workshop, _ train: TrainKind, metric: String, needsEpochs: Bool) {
    self.workshop = workshop
    self.train = train
    self.metric = metric
    self.needsEpochs = needsEpochs
    let isPriced = train.rental.instance != nil
    clock = VirtualClock(
      roundSeconds: train.rental.roundSeconds ?? 1,
      provisioning: isPriced ? VirtualClock.provisioning : 0,
      preparing: isPriced ? VirtualClock.preparing : 0
    )
  }

  func run(
    _ order: TrialOrder,
    reading: @escaping @Sendable (Int, Double?) -> Bool
  ) throws -> TrialResult {
    guard let script = order.reading.train.script else {
      return TrialResult(failure: "the settings could not be read")
    }
    let kept = order.checkpoint.flatMap { ScriptCheckpoint($0, metric: metric) }
    var curve = kept?.curve ?? []
    if let kept, let limit = order.limit, curve.count >= limit {
      var result = TrialResult(curve: Array(curve.prefix(limit)), isComplete: false)
      result.objective = result.curve.last ?? nil
      result.checkpoint = order.checkpoint
      result.model = try train.model(of: kept.model, in: workshop)
      return result
    }
    let job = ScriptJob(script, in: workshop, from: kept?.state, upTo: order.limit)
    let done = try job.run { found in
      guard found.metric == metric else { return true }
      if let limit = order.limit, curve.count >= limit { return false }
      curve.append(found.value)
      if curve.count > order.skip, !reading(curve.count, found.value) { return false }
      guard let limit = order.limit, curve.count >= limit else { return true }
      // One that keeps its state may end by itself.
      return found.hasState
    }
    var result = TrialResult(curve: curve, failure: done.failure)
    result.objective = curve.last ?? nil
    result.isComplete = done.ending != .stopped
    result.model = try train.model(of: done.model, in: workshop)
    result.lastLines = done.lastLines
    result.log = done.log
    if done.ending == .exited(0), curve.count == order.limit, !done.state.files.isEmpty {
      result.isComplete = false
      result.checkpoint = try ScriptCheckpoint(curve, done.state, done.model).checkpoint(metric)
    }
    if done.failure == nil, curve.isEmpty { hopeless(&result, script, done) }
    if needsEpochs, result.isComplete, done.failure == nil, curve.count == 1 {
      result.isHopeless = true
      result.failure =
        "the script reports its objective once, and Hyperband needs it after each epoch"
    }
    return result
  }

  private func hopeless(
    _ result: inout TrialResult,
    _ script: ScriptRecipe,
    _ done: ScriptJob.Result
  ) {
    let pattern = script.metrics.first { $0.name == metric }?.pattern.text ?? ""
    result.isHopeless = true
    result.failure =
      "no line of the script's output matched '\(pattern)', by which '\(metric)' is found; "
      + ScriptReport.lastLines(done)
  }
}
