import ColophonCore
import ColophonData
import ColophonLearning
import ColophonTuning

/// What a tuning came to, job by job.
struct TuneResult {
  /// One configuration, whatever rungs it climbed.
  struct Job {
    /// From 1.
    var number: Int
    /// The last trial, whose curve holds all.
    var trial: Trial
    var status: String
    var failure: String?
    var stamp: Digest?
    var cost: Double?
    /// Virtual seconds at which it ended.
    var end: Double

    var epochs: Int { trial.curve.count }
  }

  let run: TuneRun
  let record: TuningRecord
  let best: Trial
  let model: TrainedModel
  let warm: WarmStart?
  let jobs: [Job]
  let view: SurrogateView?
  let importance: SurrogateView.Importance?
  /// Computed last, since it searches again.
  private(set) var parallelism: TuneParallelism?

  init(
    _ run: TuneRun,
    _ record: TuningRecord,
    _ best: Trial,
    _ model: TrainedModel,
    _ warm: WarmStart?
  ) throws {
    self.run = run
    self.record = record
    self.best = best
    self.model = model
    self.warm = warm
    jobs = try record.jobs.enumerated().map { index, trials in
      try TuneResult.job(index + 1, trials, run, record)
    }
    view = SurrogateView(record.history)
    importance = view?.importance()
    parallelism = try TuneParallelism(self)
  }

  private static func job(
    _ number: Int,
    _ trials: [Trial],
    _ run: TuneRun,
    _ record: TuningRecord
  ) throws -> Job {
    let last = trials[trials.count - 1]
    let failure = trials.compactMap { record.failures[$0.index] }.first
    let status: String
    switch last.state {
    case .failed: status = "failed"
    case .stopped, .pending: status = "stopped"
    case .completed:
      let isPaused = last.resource.map { last.curve.count >= $0 && $0 < run.topResource } ?? false
      status = isPaused ? "stopped" : "completed"
    }
    let recipe = run.lab.recipe(run.lab.reading(last.configuration))
    let result: Value = [
      "objective": last.objective.map { .number($0) } ?? .null, "status": .string(status),
      "curve": .array(last.curve.map { $0.isFinite ? .number($0) : .null }),
    ]
    return Job(
      number: number,
      trial: last,
      status: status,
      failure: failure,
      stamp: try run.workshop.experiments?.stamp(recipe, result: result),
      cost: run.cost(of: trials),
      end: record.spans.last { $0.trial == last.index }?.end ?? 0
    )
  }

  var bestNumber: Int { record.number(of: best) }

  func count(_ status: String) -> Int { jobs.count { $0.status == status } }

  /// Epochs that were really run.
  var epochs: Int { jobs.reduce(0) { $0 + $1.epochs } }

  /// Epochs that all jobs would have taken without a rule that stops any; nil where nothing tells.
  var plannedEpochs: Int? {
    let most = run.kind.strategy.usesResources ? run.topResource : run.kind.plannedEpochs
    guard run.kind.reportsEpochs != false else { return nil }
    let longest = jobs.filter { $0.status == "completed" }.map { $0.epochs }.max()
    guard let most = longest ?? most else { return nil }
    return jobs.reduce(0) { $0 + ($1.status == "stopped" ? max(most, $1.epochs) : $1.epochs) }
  }

  var cost: Double? {
    let costs = jobs.compactMap { $0.cost }
    return costs.isEmpty ? nil : costs.reduce(0, +)
  }

  var values: [String: Value] {
    get throws {
      let settings = best.configuration.values
      var values: [String: Value] = [
        "best": [
          "objective": .number(best.objective ?? .nan), "job": .integer(bestNumber),
          "epochs": .integer(best.curve.count), "hyperparameters": .object(settings),
        ],
        "jobs": [
          "completed": .integer(count("completed")), "stopped": .integer(count("stopped")),
          "failed": .integer(count("failed")), "total": .integer(jobs.count),
        ],
        "epochs": .integer(epochs), "seconds": .number(record.seconds),
        "worker_seconds": .number(record.workerSeconds), "ending": .string(record.ending),
        "curve": .array(record.curve.map { $0.map { .number($0) } ?? .null }),
        "model": .string(Digest(of: try model.encoded()).description),
        "trials": .array(jobs.map { value(of: $0) }),
        "algorithm": .string(run.kind.algorithmName ?? "unknown"),
      ]
      if let digest = run.dataDigest { values["data"] = .string(digest.description) }
      if run.base.train.rental.instance != nil { values["cost_usd"] = .number(cost ?? 0) }
      if let importance {
        let pairs = importance.totals.map { ($0.names[0], Value.number($0.share)) }
        values["importance"] = .object(Dictionary(pairs) { first, _ in first })
      }
      if let parallelism { values["parallelism"] = ["loss": .number(parallelism.loss)] }
      if warm != nil, let overall = record.history.overallBest {
        values["overall"] = [
          "objective": .number(overall.trial.objective ?? .nan),
          "parent": overall.parent.map { .string($0) } ?? .null,
        ]
        values["inherited"] = .integer(record.history.inherited.count)
      }
      return values
    }
  }

  private func value(of job: Job) -> Value {
    var members: [String: Value] = [
      "job": .integer(job.number), "status": .string(job.status),
      "objective": job.trial.objective.map { .number($0) } ?? .null,
      "epochs": .integer(job.epochs), "hyperparameters": .object(job.trial.configuration.values),
    ]
    if let stamp = job.stamp { members["stamp"] = .string(stamp.short) }
    return .object(members)
  }
}

extension TuneRun {
  /// The most epochs that a job can get.
  var topResource: Int { kind.strategy.usesResources ? kind.options.maximumResource : .max }

  /// What a job's trials cost where an instance is named, in US dollars.
  func cost(of trials: [Trial]) -> Double? {
    guard let instance = base.train.rental.instance else { return nil }
    var done = 0
    return trials.reduce(0) { sum, trial in
      let rounds = max(0, trial.curve.count - done)
      done = trial.curve.count
      return sum + (JobCost(rounds: rounds, work.clock, on: instance).dollars ?? 0)
    }
  }

  /// What all jobs would cost if none were stopped, told beforehand; nil without an instance or
  /// without a known length.
  var estimate: Double? { kind.estimate(work.clock) }
}
