package import ColophonCore
package import ColophonData

/// The rows of one split, as numbers.
package struct TrainingRows: Hashable, Sendable {
  package var features: FeatureMatrix
  package var labels: Labels
  /// Each row's weight, finite and at least 0; nil where all weigh 1.
  package var weights: [Double]?
  /// Each row's group or query, equal within one; nil where the data names none.
  package var groups: [Int32]?

  package init(
    features: FeatureMatrix,
    labels: Labels,
    weights: [Double]? = nil,
    groups: [Int32]? = nil
  ) {
    self.features = features
    self.labels = labels
    self.weights = weights
    self.groups = groups
  }
}

/// What an algorithm is given to learn from, and how it is to be watched.
package struct TrainingJob: Sendable {
  package var task: Task
  /// The labels of a classification in their order; for binary tasks [negative, positive].
  package var classes: [String]
  /// The rows by split; there is always a `train`.
  package var splits: [Split: TrainingRows]
  /// What is measured after each round, on every split.
  package var scorer: Scorer
  package var earlyStopping: EarlyStopping?
  /// Rules that are asked after each round whether the job should end.
  package var debugger: Debugger?
  /// A model of the same algorithm, classes and features that learning goes on from; nil to start
  /// afresh.
  package var initial: (any Model)?
  /// What a network takes over from elsewhere.
  package var transfer = TransferTerms()
  /// Where checkpoints are kept; nil where none are.
  package var keeper: (any CheckpointKeeper)?
  /// After how many rounds each a checkpoint is written; nil leaves it to the keeper alone.
  package var checkpointEvery: Int?
  /// The round after which the job ends as though it were the last; nil for none.
  package var roundLimit: Int?
  /// Whether the state at the round limit is kept, so that another job may go on from it.
  package var keepsLimit = false
  /// The random stream of a purpose.
  package var random: @Sendable (_ purpose: String) -> RandomStream
  /// How many threads may be used; no result depends on it.
  package var threads: Int

  package init(
    task: Task,
    classes: [String] = [],
    splits: [Split: TrainingRows],
    scorer: Scorer,
    earlyStopping: EarlyStopping? = nil,
    debugger: Debugger? = nil,
    initial: (any Model)? = nil,
    keeper: (any CheckpointKeeper)? = nil,
    checkpointEvery: Int? = nil,
    roundLimit: Int? = nil,
    threads: Int = 1,
    random: @escaping @Sendable (_ purpose: String) -> RandomStream
  ) {
    self.task = task
    self.classes = classes
    self.splits = splits
    self.scorer = scorer
    self.earlyStopping = earlyStopping
    self.debugger = debugger
    self.initial = initial
    self.keeper = keeper
    self.checkpointEvery = checkpointEvery
    self.roundLimit = roundLimit
    self.threads = threads
    self.random = random
  }

  /// The rows to learn from.
  package func trainingRows() throws -> TrainingRows {
    guard let rows = splits[.train], rows.features.rows > 0 else { throw TrainingFault.noRows }
    return rows
  }

  /// The splits that have rows, in the order in which they are shown.
  package var filledSplits: [Split] {
    Split.allCases.filter { (splits[$0]?.features.rows ?? 0) > 0 }
  }
}
