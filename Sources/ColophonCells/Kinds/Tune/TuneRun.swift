import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonTuning

/// One run of a tune cell.
struct TuneRun {
  let kind: TuneKind
  let template: TuneTemplate
  let base: TuneTemplate.Reading
  let objective: TuneObjective
  let workshop: Workshop
  let work: any TrialWork
  let lab: TuneLab

  init(
    _ kind: TuneKind,
    _ template: TuneTemplate,
    _ base: TuneTemplate.Reading,
    _ objective: TuneObjective,
    _ workshop: Workshop
  ) throws {
    self.kind = kind
    self.template = template
    self.base = base
    self.objective = objective
    self.workshop = workshop
    let seed = template.seed ?? workshop.notebookSeed
    let threads = max(1, workshop.threads / max(1, min(kind.parallelJobs, kind.maxJobs)))
    let cell = template.isFolded ? template.cell : template.trainCell
    let standing = workshop.standing(for: cell, seed: seed, threads: threads)
    do { work = try TuneRun.work(kind, base, objective, standing) } catch {
      throw TuneRun.told(error)
    }
    lab = TuneLab(
      template: template,
      ranges: kind.ranges,
      objective: objective,
      work: work,
      workshop: workshop,
      seed: seed,
      threads: threads
    )
  }

  private static func work(
    _ kind: TuneKind,
    _ base: TuneTemplate.Reading,
    _ objective: TuneObjective,
    _ workshop: Workshop
  ) throws -> any TrialWork {
    switch objective.rows {
    case .script:
      return ScriptTrials(
        workshop,
        base.train,
        metric: objective.metric.value,
        needsEpochs: kind.strategy.usesResources
      )
    case .folds:
      guard let folds = base.folds else { throw CellFailure("there are no folds", field: "train") }
      return try FoldTrials(workshop, folds, metric: objective.metric.value)
    case .split(let split):
      return try TrainingTrials(workshop, base.train, split: split, metric: objective.metric.value)
    }
  }

  /// A fault of the data or of the algorithm, at the template.
  static func told(_ error: any Error) -> any Error {
    if let fault = error as? TrainingFault {
      return CellFailure(fault.message, hint: fault.hint, field: "train")
    }
    if let faults = error as? DataFaults {
      return CellFailure(
        faults.faults.first?.message ?? "the data can't be encoded",
        hint: faults.faults.first?.hint,
        field: "train"
      )
    }
    return error
  }

  func outcome() throws -> Outcome {
    let warm = try parents()
    let record = try search(warm)
    guard let best = record.history.best else { throw failure(record) }
    let model = try bestModel(best, record.number(of: best))
    let result = try TuneResult(self, record, best, model, warm)
    return try TuneReport(result).outcome
  }

  /// Runs the jobs.
  func search(_ warm: WarmStart?) throws -> TuningRecord {
    let history = History(
      kind.space,
      objective.direction,
      seed: seed,
      warmStart: warm
    )
    let tuning = VirtualTuning(strategy, plan: plan) { [workshop] in
      workshop.random(for: "proposal", index: $0)
    }
    let executor = ThreadedExecutor(
      cores: min(workshop.threads, kind.parallelJobs),
      isPaced: kind.stopsEarly || kind.maxRuntime != nil || kind.completion != Completion()
    ) { [lab] trial, line in try lab.run(trial, line) }
    let total = Double(kind.maxJobs)
    return try tuning.run(history, on: executor) { _, history in
      let ended = history.trials.count { $0.state != .pending && $0.resumes == nil }
      let best =
        history.best?.objective.map { ", best \(DecimalText.general($0, digits: 4))" } ?? ""
      workshop.progress(min(1, Double(ended) / total), "\(ended) of \(kind.maxJobs) jobs\(best)")
    }
  }

  var strategy: any Strategy { kind.strategy.make(kind.space, kind.options) }

  /// The root of what the whole tuning draws once.
  var seed: UInt64 {
    var stream = workshop.random(for: "space")
    return stream.next()
  }

  var plan: VirtualTuning.Plan {
    VirtualTuning.Plan(
      jobs: kind.maxJobs,
      workers: kind.parallelJobs,
      stopping: kind.stopsEarly ? MedianRule() : nil,
      completion: kind.completion,
      seconds: kind.maxRuntime
    )
  }

  /// Why no job has an objective.
  private func failure(_ record: TuningRecord) -> CellFailure {
    let first = record.order.compactMap { record.failures[$0] }.first
    if record.isHopeless {
      return CellFailure(
        first ?? record.ending,
        hint: objective.rows == .script
          ? "mend the pattern in the train cell's metric_definitions, or what the script prints"
          : nil,
        field: "objective.metric",
        code: kind.strategy.usesResources && first?.contains("Hyperband") == true
          ? "tune.hyperband-needs-epochs" : "tune.metric-never-captured"
      )
    }
    let count = record.order.count
    return CellFailure(
      "no job came to an objective: " + (first ?? record.ending),
      hint: "\(count) \(count == 1 ? "job was" : "jobs were") run",
      field: "train"
    )
  }

  /// The model of the best job: what it left, or else made again up to where it came.
  private func bestModel(_ best: Trial, _ job: Int) throws -> TrainedModel {
    if objective.rows == .folds {
      // Folds choose the settings; the model then learns from all training rows.
      let trained = try TrainingTrials(
        workshop.standing(for: template.trainCell, seed: lab.seed, threads: workshop.threads),
        base.train,
        split: .train,
        metric: objective.metric.value
      )
      let order = TrialOrder(
        reading: lab.reading(best.configuration),
        skip: 0,
        threads: workshop.threads
      )
      let result = try trained.run(order) { _, _ in true }
      guard let model = result.model else {
        throw CellFailure(result.failure ?? "the best settings made no model", field: "train")
      }
      return model
    }
    return try lab.model(of: best, job: job, threads: workshop.threads)
  }
}
