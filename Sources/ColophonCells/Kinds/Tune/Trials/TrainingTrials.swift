import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// Measures settings by training one model and looking at one split; the test split is never seen.
struct TrainingTrials: TrialWork {
  let workshop: Workshop
  let dataset: Dataset
  let content: Digest?
  let split: Split
  let metric: Metric
  let initial: TrainedModel?
  let clock: VirtualClock

  /// Looks up what every job shares: `workshop` is that of the train cell, so that jobs draw what it
  /// draws, `train` the template as it is written.
  init(
    _ workshop: Workshop,
    _ train: TrainKind,
    split: Split,
    metric: String
  ) throws {
    guard let data = train.data else {
      throw CellFailure("the template has no data", field: "train")
    }
    self.workshop = workshop
    self.split = split
    initial = try train.initial.map { try workshop.load($0) }
    let dataset = try train.inForm(of: initial, workshop.load(data), workshop)
    self.dataset = dataset
    content = workshop.digest(ofArtifactOf: data.cell.value)
    guard !dataset.rows(of: split).isEmpty else {
      throw CellFailure(
        "the \(split.rawValue) split has no rows to measure the objective on",
        hint: "give it a fraction under 'split' in the dataset cell",
        field: "objective.metric"
      )
    }
    self.metric = try TrainMetrics.resolve([metric], dataset, field: "objective.metric")[0]
    clock = try TrainingTrials.clock(train, dataset)
  }

  /// The clock of the template's instance; without one, seconds of one virtual processor.
  static func clock(_ train: TrainKind, _ dataset: Dataset) throws -> VirtualClock {
    var columns = dataset.features.count + dataset.texts.count
    if let algorithm = train.algorithm {
      let type = Swift.type(of: algorithm)
      let encoding = try type.reads.encoding(
        of: dataset,
        for: type,
        missing: algorithm.missingValues
      )
      columns = max(1, encoding.names.count)
    }
    let rows = dataset.rows(of: .train).count
    if let clock = train.rental.terms.clock(rows: rows, features: columns) { return clock }
    return VirtualClock(
      roundSeconds: Double(rows) * Double(columns) / VirtualClock.visitsPerSecond,
      provisioning: 0,
      preparing: 0
    )
  }

  func run(
    _ order: TrialOrder,
    reading: @escaping @Sendable (Int, Double?) -> Bool
  ) throws -> TrialResult {
    let keeper = TrialKeeper(order.checkpoint, outer: order.keeper)
    let silent: @Sendable (Int, Double?) -> Bool = { _, _ in true }
    let told = isIterative(order) ? reading : silent
    let watch = TrialWatch(
      workshop,
      metric: metric.name,
      split: split,
      skip: order.skip,
      reading: told
    )
    do {
      return try result(order, keeper, watch)
    } catch is TrialStopped {
      return TrialResult(
        curve: watch.curve,
        isComplete: false,
        checkpoint: try keeper.newest()
      )
    } catch let fault as TrainingFault {
      return TrialResult(curve: watch.curve, failure: fault.description)
    } catch let faults as DataFaults {
      return TrialResult(
        curve: watch.curve,
        failure: faults.faults.map { $0.message }.joined(separator: "; ")
      )
    }
  }

  /// Whether the job's rounds are epochs; iterations of a solver are not.
  private func isIterative(_ order: TrialOrder) -> Bool {
    order.reading.train.type?.isIterative == true
  }

  private func result(
    _ order: TrialOrder,
    _ keeper: TrialKeeper,
    _ watch: TrialWatch
  ) throws -> TrialResult {
    guard let algorithm = order.reading.train.algorithm else {
      return TrialResult(failure: "the settings could not be read")
    }
    let trainer = try trainer(algorithm, order)
    let surroundings = Trainer.Surroundings(
      threads: order.threads,
      observer: watch,
      keeper: keeper
    ) { workshop.random(for: $0) }
    let outcome = try trainer.train(dataset, content: content, in: surroundings)
    var result = TrialResult(curve: watch.curve)
    result.objective = outcome.scores[split]?.first ?? nil
    result.model = outcome.trained
    if result.curve.isEmpty || !isIterative(order) {
      result.curve = [result.objective]
    } else if let limit = order.limit, result.curve.count == limit,
      let kept = try keeper.newest(), kept.round == limit
    {
      result.isComplete = false
      result.checkpoint = kept
      result.objective = result.curve.last ?? nil
    }
    if result.isComplete, result.objective == nil { result.failure = "\(metric.name) is undefined" }
    return result
  }

  private func trainer(_ algorithm: any Algorithm, _ order: TrialOrder) throws -> Trainer {
    let train = order.reading.train
    var rules = train
    rules.rules = train.rules.filter { $0.action == .stop }
    let watched = try TrainMetrics.resolve(
      [train.earlyStopping?.metric].compactMap { $0 }.filter { $0 != metric.name },
      dataset,
      field: "train"
    )
    let ruled = try rules.watchedMetrics(dataset).filter { rule in
      rule.name != metric.name && !watched.contains { $0.name == rule.name }
    }
    var trainer = Trainer(
      algorithm,
      roundMetrics: [metric] + watched + ruled,
      metrics: [metric],
      earlyStopping: train.earlyStopping
    )
    trainer.rules = rules.rules
    trainer.initial = initial
    trainer.roundLimit = order.limit
    var splits: Set<Split> = [.train, split]
    if let rule = train.earlyStopping { splits.insert(rule.split) }
    if !rules.rules.isEmpty { splits.insert(.validation) }
    trainer.splits = Split.allCases.filter { splits.contains($0) }
    return trainer
  }
}
