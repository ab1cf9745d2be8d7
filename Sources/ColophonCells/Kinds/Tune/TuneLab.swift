import ColophonCore
import ColophonLearning
import ColophonTuning
import Synchronization

/// Runs a tuning's jobs, and takes those from the store that were run before.
final class TuneLab: Sendable {
  let template: TuneTemplate
  let ranges: [TuneRange]
  let objective: TuneObjective
  let work: any TrialWork
  let workshop: Workshop
  /// The root of the jobs' streams.
  let seed: UInt64
  let threads: Int
  /// Jobs that were found, and whether that was told.
  private let found = Mutex((count: 0, isTold: false))
  /// What a script's jobs printed last, by job.
  private let printed = Mutex<[Int: [String]]>([:])

  init(
    template: TuneTemplate,
    ranges: [TuneRange],
    objective: TuneObjective,
    work: any TrialWork,
    workshop: Workshop,
    seed: UInt64,
    threads: Int
  ) {
    self.template = template
    self.ranges = ranges
    self.objective = objective
    self.work = work
    self.workshop = workshop
    self.seed = seed
    self.threads = threads
  }

  /// The template with a configuration.
  func reading(_ configuration: Configuration) -> TuneTemplate.Reading {
    template.read(
      ranges.compactMap { range in
        configuration[range.name.value].map {
          TuneTemplate.Setting(range.name, Node($0, at: range.name.position))
        }
      }
    )
  }

  func recipe(_ reading: TuneTemplate.Reading) -> ExperimentRecipe {
    ExperimentRecipe(
      configuration: ["objective": .string(objective.text.value), "job": reading.configuration],
      cell: template.isFolded ? template.cell : template.trainCell,
      seed: seed,
      inputs: reading.inputs,
      files: reading.files
    )
  }

  /// What a job is called in the store and in the run log.
  static func name(_ job: Int) -> String { "job \(job)" }

  /// Does a job's work, or finds it done.
  func run(_ trial: Trial, _ line: JobLine) throws -> JobEnding {
    let name = TuneLab.name(line.job)
    let reading = reading(trial.configuration)
    let recipe = recipe(reading)
    let known = try workshop.experiments?.find(recipe, as: name).flatMap {
      KeptTrial($0)
    }
    let skip = trial.resumes == nil ? 0 : trial.curve.count
    if let known, known.suffices(for: trial.resource) {
      found.withLock { $0.count += 1 }
      note(known.lastLines, of: line.job)
      return replay(known, trial, line, skip: skip)
    }
    tellResumption()
    let order = TrialOrder(
      reading: reading,
      limit: trial.resource,
      skip: skip,
      checkpoint: known?.checkpoint,
      keeper: workshop.keeper(of: "job \(Digest(of: recipe.configuration).hex.prefix(16))"),
      threads: threads
    )
    let done = workshop.experiments?.begin(name, recipe)
    let result: TrialResult
    do {
      result = try work.run(order) { [work] round, value in
        line.report(value, seconds: work.clock.seconds(after: round - skip))
      }
    } catch {
      done?(false)
      throw TuneRun.told(error)
    }
    note(result.lastLines, of: line.job)
    // What a job says only in its end.
    for place in skip + line.readings..<max(skip + line.readings, result.curve.count) {
      _ = line.report(result.curve[place], seconds: work.clock.seconds(after: place + 1 - skip))
    }
    line.took(seconds: work.clock.seconds(after: max(0, result.curve.count - skip)))
    try workshop.experiments?.keep(
      try KeptTrial(result).experiment(result.model),
      of: recipe,
      as: name
    )
    done?(result.failure == nil)
    return ending(result.objective, result.failure, result.isHopeless)
  }

  private func note(_ lines: [String], of job: Int) {
    if !lines.isEmpty { printed.withLock { $0[job] = lines } }
  }

  /// The last lines that a script's job printed.
  func lastLines(of job: Int) -> [String] { printed.withLock { $0[job] ?? [] } }

  private func ending(_ objective: Double?, _ failure: String?, _ isHopeless: Bool) -> JobEnding {
    JobEnding(
      objective: failure == nil ? objective : nil,
      failure: failure,
      isHopeless: isHopeless
    )
  }

  /// Says what a kept job said, as far as it may go this time.
  private func replay(
    _ known: KeptTrial,
    _ trial: Trial,
    _ line: JobLine,
    skip: Int
  ) -> JobEnding {
    let last = min(known.curve.count, trial.resource ?? known.curve.count)
    for place in skip..<max(skip, last) {
      let seconds = work.clock.seconds(after: place + 1 - skip)
      if !line.report(known.curve[place], seconds: seconds) { return JobEnding() }
    }
    line.took(seconds: work.clock.seconds(after: max(0, last - skip)))
    let isWhole = last == known.curve.count && known.isComplete
    let objective = isWhole ? known.objective : last > 0 ? known.curve[last - 1] : nil
    return ending(objective, isWhole ? known.failure : nil, known.isHopeless)
  }

  /// Tells once that the work goes on after jobs that were found.
  private func tellResumption() {
    let count = found.withLock { found -> Int in
      defer { found.isTold = true }
      return found.isTold ? 0 : found.count
    }
    guard count > 0 else { return }
    workshop.resumed(0, "\(count) \(count == 1 ? "job was" : "jobs were") kept")
  }

  /// The model of a job at the end of its curve.
  func model(of trial: Trial, job: Int, threads: Int) throws -> TrainedModel {
    let reading = reading(trial.configuration)
    let kept = try workshop.experiments?.find(recipe(reading), as: TuneLab.name(job))
    let known = kept.flatMap { KeptTrial($0) }
    if let known, let artifact = kept?.artifact, artifact.kind == TrainedModel.artifactName,
      known.curve.count == trial.curve.count
    {
      return try TrainedModel(decoding: artifact.bytes)
    }
    let isWhole = trial.state == .completed && trial.resource == nil
    let order = TrialOrder(
      reading: reading,
      limit: isWhole ? nil : trial.curve.count,
      skip: 0,
      checkpoint: known?.checkpoint,
      threads: threads
    )
    let result: TrialResult
    do { result = try work.run(order) { _, _ in true } } catch { throw TuneRun.told(error) }
    guard let model = result.model else {
      throw CellFailure(result.failure ?? "the best job left no model", field: "train")
    }
    return model
  }
}

extension VirtualClock {
  /// Virtual seconds from a job's request to the end of a round.
  func seconds(after rounds: Int) -> Double {
    provisioning + preparing + Double(rounds) * roundSeconds
  }
}

/// What the store keeps of a job.
struct KeptTrial {
  var curve: [Double?]
  var objective: Double?
  var failure: String?
  var isComplete: Bool
  var isHopeless: Bool
  var checkpoint: Checkpoint?
  /// What a script printed: the last lines, and all of it up to a limit.
  var lastLines: [String]
  var log: String?

  init(_ result: TrialResult) {
    curve = result.curve
    objective = result.objective
    failure = result.failure
    isComplete = result.isComplete
    isHopeless = result.isHopeless
    checkpoint = result.checkpoint
    lastLines = result.lastLines
    log = result.log
  }

  /// Reads what was kept; nil for something else.
  init?(_ experiment: Experiment) {
    let values = experiment.values
    guard let items = values["curve"]?.asArray, let isComplete = values["complete"]?.asBoolean
    else { return nil }
    curve = items.map { KeptTrial.number($0) }
    objective = values["objective"].flatMap { KeptTrial.number($0) }
    failure = values["failure"]?.asString
    self.isComplete = isComplete
    isHopeless = values["hopeless"]?.asBoolean ?? false
    lastLines = (values["lines"]?.asArray ?? []).compactMap { $0.asString }
    log = values["log"]?.asString
    if let artifact = experiment.artifact, artifact.kind == KeptTrial.checkpointKind {
      checkpoint = Checkpoint(decoding: artifact.bytes)
    }
  }

  static let checkpointKind = "checkpoint"

  /// Infinities are written as words.
  private static func number(_ value: Value) -> Double? {
    value.asNumber ?? value.asString.flatMap { Double($0) }
  }

  /// Whether the job need not run again to come to a resource, or to its own end.
  func suffices(for resource: Int?) -> Bool {
    isComplete || resource.map { curve.count >= $0 } == true
  }

  /// What is kept: a job that paused keeps its state, one that ended its model.
  func experiment(_ model: TrainedModel?) throws -> Experiment {
    var values: [String: Value] = [
      "curve": .array(curve.map { $0.map { .number($0) } ?? .null }),
      "objective": objective.map { .number($0) } ?? .null, "complete": .boolean(isComplete),
    ]
    if let failure { values["failure"] = .string(failure) }
    if isHopeless { values["hopeless"] = true }
    if let log { values["log"] = .string(log) }
    if !lastLines.isEmpty { values["lines"] = .array(lastLines.map { .string($0) }) }
    if !isComplete, let checkpoint {
      return Experiment(
        values: values,
        artifact: (try checkpoint.encoded(), KeptTrial.checkpointKind)
      )
    }
    return Experiment(
      values: values,
      artifact: try model.map { (try $0.encoded(), TrainedModel.artifactName) }
    )
  }
}
