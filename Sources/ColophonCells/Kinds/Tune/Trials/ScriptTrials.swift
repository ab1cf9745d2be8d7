import ColophonCore
import ColophonData
import ColophonLearning

/// Measures settings by running a script; each value of the objective that it prints is one unit of
/// work and one epoch.
///
/// A script that goes on from a rung is run again from its start: what it keeps by itself is its own
/// affair.
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
    var curve: [Double?] = []
    let done = try ScriptJob(script, in: workshop).run { name, value in
      guard name == metric else { return true }
      curve.append(value)
      if curve.count > order.skip, !reading(curve.count, value) { return false }
      return order.limit.map { curve.count < $0 } ?? true
    }
    var result = TrialResult(curve: curve, failure: done.failure)
    result.objective = curve.last ?? nil
    result.isComplete = done.ending != .stopped
    result.model = try train.model(of: done, script, in: workshop)
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
