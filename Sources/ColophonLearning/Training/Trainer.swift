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
  /// After how many rounds each a checkpoint is written; nil leaves it to the keeper.
  package var checkpointEvery: Int?

  package init(
    _ algorithm: any Algorithm,
    roundMetrics: [Metric],
    metrics: [Metric],
    earlyStopping: EarlyStopping? = nil,
    checkpointEvery: Int? = nil
  ) {
    self.algorithm = algorithm
    self.roundMetrics = roundMetrics
    self.metrics = metrics
    self.earlyStopping = earlyStopping
    self.checkpointEvery = checkpointEvery
  }

  /// What a job yields.
  package struct Outcome: Sendable {
    package var trained: TrainedModel
    package var result: TrainingResult
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
    let type = Swift.type(of: algorithm)
    guard type.tasks.contains(dataset.task) else {
      let tasks = Task.allCases.filter { type.tasks.contains($0) }
      throw TrainingFault.task(dataset.task, of: type.name, takes: tasks)
    }
    let encoding = FeatureEncoding.fit(dataset, missing: algorithm.missingValues)
    let splits = try rows(of: dataset, encoding)
    let job = TrainingJob(
      task: dataset.task,
      classes: dataset.classes,
      splits: splits,
      scorer: Scorer(roundMetrics, classes: dataset.classes),
      earlyStopping: earlyStopping,
      keeper: surroundings.keeper,
      checkpointEvery: checkpointEvery,
      threads: surroundings.threads,
      random: surroundings.random
    )
    let result = try algorithm.fit(job, observer: surroundings.observer)
    let scorer = Scorer(metrics, classes: dataset.classes)
    let scores = try splits.mapValues {
      try scorer.score(
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
      scores: scores,
      rowCounts: splits.mapValues { $0.features.rows },
      featureNames: encoding.names
    )
  }

  /// The encoded rows of each split that has any.
  private func rows(
    of dataset: Dataset,
    _ encoding: FeatureEncoding
  ) throws -> [Split: TrainingRows] {
    var splits: [Split: TrainingRows] = [:]
    for split in Split.allCases {
      let rows = dataset.rows(of: split)
      guard !rows.isEmpty else { continue }
      // Of a clustering, a target is only what the clusters are compared with in the end.
      let unlabelled = dataset.task == .clustering ? Labels.absent(rows: rows.count) : nil
      guard let labels = dataset.labels(of: rows) ?? unlabelled else {
        throw TrainingFault.labelsOfOtherKind(dataset.task)
      }
      splits[split] = TrainingRows(
        features: try encoding.encode(dataset, rows: rows),
        labels: labels,
        weights: dataset.weights(of: rows),
        groups: dataset.groups(of: rows)
      )
    }
    return splits
  }
}
