package import ColophonCore
package import ColophonData
package import ColophonEvaluation

/// Trains a recipe on a dataset: encodes the rows, runs the job, measures what came out.
package struct Trainer: Sendable {
  package var algorithm: any Algorithm
  /// What is measured after each round, on every split.
  package var roundMetrics: [Metric]
  /// What is measured of the model in the end, on every split.
  package var metrics: [Metric]
  package var earlyStopping: EarlyStopping?
  /// Rules that watch the job; what they ask for is measured after each round.
  package var rules: [WatchingRule] = []
  /// The splits that the job sees; others are neither learned from nor measured.
  package var splits: [Split] = Split.allCases
  /// The model that learning goes on from, with its encoding of the features.
  package var initial: TrainedModel?
  /// What a network takes over from elsewhere.
  package var transfer = TransferTerms()
  /// After how many rounds each a checkpoint is written; nil leaves it to the keeper.
  package var checkpointEvery: Int?
  /// The round after which the job pauses, its state kept; nil for its own end.
  package var roundLimit: Int?
  /// What the job's virtual time and cost are told for.
  package var terms: JobTerms

  package init(
    _ algorithm: any Algorithm,
    roundMetrics: [Metric],
    metrics: [Metric],
    earlyStopping: EarlyStopping? = nil,
    checkpointEvery: Int? = nil,
    terms: JobTerms = JobTerms()
  ) {
    self.algorithm = algorithm
    self.roundMetrics = roundMetrics
    self.metrics = metrics
    self.earlyStopping = earlyStopping
    self.checkpointEvery = checkpointEvery
    self.terms = terms
  }

  /// What a job yields.
  package struct Outcome: Sendable {
    package var trained: TrainedModel
    package var result: TrainingResult
    /// What each rule of the debugger says.
    package var rules: [RuleReport]
    /// What the job took in virtual time, where its terms tell.
    package var bill: JobBill?
    /// The model's metrics by split, in the order of `metrics`; nil where undefined.
    package var scores: [Split: [Double?]]
    /// How many rows each split has.
    package var rowCounts: [Split: Int]
    package var featureNames: [String]
  }

  /// Where a job's randomness, threads, watching and checkpoints come from.
  package struct Surroundings: Sendable {
    package var threads: Int
    package var random: @Sendable (_ purpose: String) -> RandomStream
    package var observer: any TrainingObserver
    /// Where checkpoints are kept; nil where none are.
    package var keeper: (any CheckpointKeeper)?

    package init(
      threads: Int = 1,
      observer: any TrainingObserver = SilentObserver(),
      keeper: (any CheckpointKeeper)? = nil,
      random: @escaping @Sendable (_ purpose: String) -> RandomStream
    ) {
      self.threads = threads
      self.observer = observer
      self.keeper = keeper
      self.random = random
    }
  }

  /// Runs the job.
  ///
  /// - Parameters:
  ///   - dataset: Its train split is learned from; its other splits are only measured.
  ///   - content: The dataset's digest, to be remembered by the model.
  ///   - surroundings: Randomness, threads and the observer.
  /// - Returns: The model and how it was come by.
  /// - Throws: `TrainingFault` or `DataFaults` for the author, or what a library or observer throws.
  package func train(
    _ dataset: Dataset,
    content: Digest?,
    in surroundings: Surroundings
  ) throws -> Outcome {
    let (job, encoding) = try job(dataset, in: surroundings)
    let (type, splits, debugger) = (Swift.type(of: algorithm), job.splits, job.debugger)
    let (result, bill) = try learn(job, in: surroundings)
    let scorer = Scorer(metrics, classes: dataset.classes)
    let scores: [Split: [Double?]] =
      try metrics.isEmpty
      ? [:]
      : splits.mapValues {
        guard result.model.predictsRows else { return metrics.map { _ in nil } }
        return try scorer.score(
          $0,
          result.model.predict($0.features, threads: surroundings.threads)
        )
      }
    return Outcome(
      trained: TrainedModel(
        algorithm: type.name,
        task: dataset.task,
        classes: dataset.classes,
        target: dataset.target,
        encoding: encoding,
        preparation: dataset.preparation,
        data: content,
        model: result.model
      ),
      result: result,
      rules: debugger?.reports(result.history, tensors: result.tensors) ?? [],
      bill: bill,
      scores: scores,
      rowCounts: Dictionary(
        uniqueKeysWithValues: splits.keys.map { ($0, dataset.rows(of: $0).count) }
      ),
      featureNames: encoding.names
    )
  }

  /// The job as the algorithm is given it, and how the features are encoded.
  package func job(
    _ dataset: Dataset,
    in surroundings: Surroundings
  ) throws -> (job: TrainingJob, encoding: FeatureEncoding) {
    let type = Swift.type(of: algorithm)
    guard type.tasks.contains(dataset.task) else {
      let tasks = Task.allCases.filter { type.tasks.contains($0) }
      throw TrainingFault.task(dataset.task, of: type.name, takes: tasks)
    }
    try initial?.checkContinuation(
      of: algorithm,
      with: dataset,
      toOtherTarget: transfer.isTransfer
    )
    let encoding =
      try initial?.encoding
      ?? type.reads.encoding(of: dataset, for: type, missing: algorithm.missingValues)
    let splits = try rows(of: dataset, encoding)
    var job = TrainingJob(
      task: dataset.task,
      classes: dataset.classes,
      splits: splits,
      scorer: Scorer(roundMetrics, classes: dataset.classes),
      earlyStopping: earlyStopping,
      debugger: splits[.train].flatMap { debugger($0, dataset) },
      initial: initial?.model,
      keeper: surroundings.keeper,
      checkpointEvery: checkpointEvery,
      roundLimit: roundLimit,
      threads: surroundings.threads,
      random: surroundings.random
    )
    job.keepsLimit = roundLimit != nil
    job.transfer = transfer
    return (job, encoding)
  }

  /// The labels, absent where the data has no target.
  private func labels(of dataset: Dataset, _ rows: [Int]) throws -> Labels {
    if dataset.target == nil { return .absent(rows: rows.count) }
    guard let labels = dataset.labels(of: rows) else {
      throw TrainingFault.labelsOfOtherKind(dataset.task)
    }
    return labels
  }

  /// The rules with what they know of the training rows; nil where there are none.
  private func debugger(_ rows: TrainingRows, _ dataset: Dataset) -> Debugger? {
    guard !rules.isEmpty else { return nil }
    let subject = RuleSubject(
      rows,
      task: dataset.task,
      classes: dataset.classes,
      metrics: roundMetrics
    )
    return Debugger(rules, of: subject)
  }

  /// The rows of a split that are measured: of a forecaster's training rows the last that it would
  /// forecast of each series, since it learns from the others' order; else all.
  private func asked(_ rows: [Int], of split: Split, _ dataset: Dataset) -> [Int] {
    guard split == .train, let horizon = algorithm.horizon,
      let times = dataset.time.flatMap({ dataset.table[$0] })?.numbers
    else { return rows }
    let groups = dataset.groups(of: rows) ?? [Int32](repeating: 0, count: rows.count)
    let bySeries = Dictionary(grouping: rows.indices) { groups[$0] }
    return bySeries.values.flatMap { own in
      own.map { rows[$0] }.sorted { (times[$0], $0) < (times[$1], $1) }.suffix(
        min(horizon, max(1, own.count - 1))
      )
    }.sorted()
  }

  /// The encoded rows of each split that has any.
  private func rows(
    of dataset: Dataset,
    _ encoding: FeatureEncoding
  ) throws -> [Split: TrainingRows] {
    var splits: [Split: TrainingRows] = [:]
    let type = Swift.type(of: algorithm)
    for split in self.splits {
      let all = dataset.rows(of: split)
      guard !all.isEmpty else { continue }
      let rows = asked(all, of: split, dataset)
      let labels = try labels(of: dataset, rows)
      splits[split] = TrainingRows(
        features: try type.reads.features(
          of: dataset,
          rows: rows,
          encoding,
          for: type.name,
          known: split == .train ? all : nil
        ),
        labels: labels,
        weights: dataset.weights(of: rows),
        groups: dataset.groups(of: rows)
      )
    }
    return splits
  }
}
