package import ColophonCore
package import ColophonData

/// Small trees, each grown with more weight on what those before it got wrong.
///
/// Classes are learned by SAMME, numbers by AdaBoost.R2, both as scikit-learn runs them. A round is a
/// tree. Boosting ends early after a tree without error, and before one that is no better than
/// guessing. The probability of a class is the soft maximum of the trees' mean votes, as
/// scikit-learn's: it ranks well and is not calibrated.
///
/// - SeeAlso: Zhu, Zou, Rosset and Hastie, "Multi-class AdaBoost", 2009, algorithm 2; Drucker,
///   "Improving regressors using boosting techniques", 1997.
package struct AdaBoost: Algorithm, Hashable {
  package static let name = "adaboost"
  package static let summary = "Small trees, each grown for what those before it got wrong."
  package static let tasks: Set<Task> = [.binary, .multiclass, .regression]
  package static let missing = FeatureEncoding.Missing.keep
  package static let isIterative = true

  /// How an error counts in AdaBoost.R2, relative to the largest one.
  package enum Loss: String, CaseIterable, Sendable {
    case linear, square, exponential
  }

  package var rounds: Int
  package var learningRate: Double
  package var maxDepth: Int?
  package var minSamplesLeaf: TreeSettings.Amount
  /// Nil for linear.
  package var loss: Loss?

  package init(reading fields: inout FieldReader) {
    rounds = fields.integer(
      "n_estimators",
      in: 1...1_000_000,
      default: 50,
      "The most trees."
    )
    learningRate = fields.number(
      "learning_rate",
      in: .above(0),
      default: 1,
      "What each tree's word is multiplied by."
    )
    loss = fields.choice(
      "loss",
      of: Loss.allCases.map { $0.rawValue },
      "How an error counts in a regression: linear (unless given), square or exponential."
    ).flatMap { Loss(rawValue: $0.value) }
    maxDepth = fields.integer(
      "max_depth",
      in: 1...1_000_000,
      "The most questions on the way to a leaf: 1 for classes and 3 for numbers unless given."
    )
    minSamplesLeaf = fields.rows(
      "min_samples_leaf",
      least: 1,
      "How many rows a leaf needs, or the share of all rows."
    )
  }

  package func faults(for task: Task) -> [TrainingFault] {
    loss != nil && task != .regression ? [.lossOfClasses] : []
  }

  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    if let fault = faults(for: job.task).first { throw fault }
    var learner = try BoostingLearner(self, job)
    let record = try TrainingLoop(job, rounds: rounds).run(&learner, observer: observer)
    return TrainingResult(
      model: learner.model(rounds: record.keptRound),
      history: record.history,
      rounds: record.history.rounds.count,
      keptRound: record.keptRound,
      stoppedEarly: record.stoppedEarly,
      notes: learner.notes(record.keptRound)
    )
  }

  /// How one tree is grown.
  func settings(for task: Task) -> TreeSettings {
    var settings = TreeSettings()
    settings.maxDepth = maxDepth ?? (task == .regression ? 3 : 1)
    settings.minSamplesLeaf = minSamplesLeaf
    return settings
  }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    guard let model = AdaBoostModel(decoding: bytes) else { throw TrainingFault.damagedModel(name) }
    return model
  }
}

extension TrainingFault {
  static let lossOfClasses = TrainingFault(
    "train.output-loss-mismatch",
    "'loss' says how errors of numbers count, and the data's task has classes",
    hint: "leave it out",
    field: "hyperparameters.loss"
  )

  static let noBetterThanGuessing = TrainingFault(
    "train.weak-learner",
    "the first tree tells the classes apart no better than guessing",
    hint: "give it a larger max_depth, or features that say more"
  )
}
