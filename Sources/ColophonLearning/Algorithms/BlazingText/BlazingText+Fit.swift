import ColophonCore
import ColophonData
import ColophonEvaluation

extension BlazingText {
  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    if let fault = faults(for: job.task).first { throw fault }
    return mode == .supervised
      ? try fitClassifier(job, observer) : try fitVectors(job, observer)
  }

  private func fitClassifier(
    _ job: TrainingJob,
    _ observer: any TrainingObserver
  ) throws -> TrainingResult {
    var job = job
    if earlyStopping, job.earlyStopping == nil {
      job.earlyStopping = EarlyStopping(
        split: .validation,
        metric: "accuracy",
        patience: patience,
        minimumRounds: minEpochs
      )
    }
    var learner = try TextClassifierLearner(self, job)
    let record = try TrainingLoop(job, rounds: epochs).run(&learner, observer: observer)
    return result(learner.model, record, notes: learner.notes)
  }

  private func fitVectors(
    _ job: TrainingJob,
    _ observer: any TrainingObserver
  ) throws -> TrainingResult {
    if job.earlyStopping != nil {
      throw TrainingFault.nothingToStop("\(BlazingText.name) (\(mode))")
    }
    // Vectors say nothing about a row; what is followed is the loss of the words drawn.
    var job = job
    job.scorer = Scorer([Scorer.Measure("loss", .minimize)]) { _, predictions, _ in
      guard case .regression(let losses) = predictions else { return [nil] }
      return [losses.first]
    }
    job.splits = job.splits.filter { $0.key == .train }
    var learner = try WordVectorLearner(self, job)
    let record = try TrainingLoop(job, rounds: epochs).run(&learner, observer: observer)
    return result(learner.model, record, notes: learner.notes)
  }

  private func result(
    _ model: any Model,
    _ record: TrainingRecord,
    notes: [TrainingNote]
  ) -> TrainingResult {
    TrainingResult(
      model: model,
      history: record.history,
      rounds: record.history.rounds.count,
      keptRound: record.keptRound,
      stoppedEarly: record.stoppedEarly,
      notes: notes
    )
  }

  /// The texts of rows cut into words; a missing text has none.
  static func words(_ features: FeatureMatrix) throws -> [[String]] {
    guard let texts = features.texts else { throw TrainingFault.noTexts(name) }
    return texts.map { $0.map { Tokens.words($0) } ?? [] }
  }

  static func checkWeights(_ weights: [Double]?) throws {
    guard let weights else { return }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw TrainingFault.weight(row: row)
    }
    if !weights.contains(where: { $0 > 0 }) { throw TrainingFault.weightsAllZero }
  }
}

extension TrainingFault {
  static func noTexts(_ algorithm: String) -> TrainingFault {
    TrainingFault("train.text", "\(algorithm) learns from texts, and was given numbers")
  }

  static func noWords(minCount: Int) -> TrainingFault {
    TrainingFault(
      "train.text",
      "no word occurs \(minCount) times in the training texts",
      hint: "lower min_count",
      field: "hyperparameters.min_count"
    )
  }

  static func diverged(round: Int) -> TrainingFault {
    TrainingFault(
      "train.not-finite",
      "the vectors left the finite numbers in epoch \(round)",
      hint: "lower learning_rate",
      field: "hyperparameters.learning_rate"
    )
  }
}
