package import ColophonCore
package import ColophonData
package import ColophonEvaluation
import ColophonMath
import Synchronization

/// Trains a recipe once for each fold and measures the rows that the fold holds out.
///
/// Everything that learns from rows sees a fold's own training rows alone: `prepare` fits the
/// preparation, the trainer the encoding and the model. Held-out rows take the place of the test
/// split. Early stopping on the validation split never looks at them: it watches the dataset's own
/// validation rows, which no fold holds out; walking forward, where those lie in the future, it
/// watches the last quarter of the fold's own window, which is then not learned from.
package struct CrossValidation: Sendable {
  /// What is trained; its metrics and splits are set here.
  package var trainer: Trainer
  package var metrics: [Metric]
  /// Whether the rows follow each other in time, and how many of them lie between two parts.
  package var walksForward: Bool
  package var gap: Int
  /// Fits what stands between the dataset and the trainer on the training rows of a dataset, and
  /// applies it to all of its rows, which keep their places.
  package var prepare: @Sendable (_ dataset: Dataset, _ fold: Int) throws -> Dataset

  package init(
    _ trainer: Trainer,
    metrics: [Metric],
    walksForward: Bool = false,
    gap: Int = 0,
    prepare: @escaping @Sendable (_ dataset: Dataset, _ fold: Int) throws -> Dataset = { data, _ in
      data
    }
  ) {
    self.trainer = trainer
    self.metrics = metrics
    self.walksForward = walksForward
    self.gap = gap
    self.prepare = prepare
  }

  /// Where the folds' randomness, threads and watching come from.
  package struct Surroundings: Sendable {
    package var threads: Int
    package var random: @Sendable (_ purpose: String, _ fold: Int) -> RandomStream
    /// Told of each fold that is done, from any thread.
    package var foldEnded: @Sendable (_ done: Int) -> Void
    /// Throws when the work is to end; asked after each round.
    package var check: @Sendable () throws -> Void

    package init(
      threads: Int = 1,
      foldEnded: @escaping @Sendable (_ done: Int) -> Void = { _ in },
      check: @escaping @Sendable () throws -> Void = {},
      random: @escaping @Sendable (_ purpose: String, _ fold: Int) -> RandomStream
    ) {
      self.threads = threads
      self.foldEnded = foldEnded
      self.check = check
      self.random = random
    }
  }

  /// Trains and measures every fold; folds run side by side, and no bit depends on it.
  ///
  /// - Throws: What the first fold that failed threw.
  package func run(
    _ dataset: Dataset,
    _ folds: [Fold],
    in surroundings: Surroundings
  ) throws -> CrossValidationResult {
    let strands = max(1, min(surroundings.threads, folds.count))
    let results = Mutex([Result<FoldOutcome, any Error>?](repeating: nil, count: folds.count))
    let done = Mutex(0)
    Workers.share(folds.count, among: strands) { fold in
      let result = Result {
        try outcome(of: folds[fold], fold, dataset, surroundings.threads / strands, surroundings)
      }
      results.withLock { $0[fold] = result }
      let count = done.withLock { count -> Int in
        count += 1
        return count
      }
      surroundings.foldEnded(count)
    }
    let outcomes = try results.withLock { $0 }.compactMap { try $0?.get() }
    return CrossValidationResult(
      outcomes,
      metrics: metrics,
      labels: dataset,
      held: folds.map { $0.held }
    )
  }

  private func outcome(
    of fold: Fold,
    _ index: Int,
    _ dataset: Dataset,
    _ threads: Int,
    _ surroundings: Surroundings
  ) throws -> FoldOutcome {
    try surroundings.check()
    let parts = try parts(of: fold, dataset)
    var divided = dataset
    divided.splits = [Split?](repeating: nil, count: dataset.splits.count)
    for row in parts.train { divided.splits[row] = .train }
    for row in parts.watched { divided.splits[row] = .validation }
    for row in fold.held { divided.splits[row] = .test }
    let prepared = try prepare(divided, index)
    var trainer = trainer
    trainer.metrics = []
    trainer.splits = parts.watched.isEmpty ? [.train] : [.train, .validation]
    let job = Trainer.Surroundings(
      threads: max(1, threads),
      observer: FoldObserver(check: surroundings.check)
    ) { surroundings.random($0, index) }
    let outcome = try trainer.train(prepared, content: nil, in: job)
    let predictions = try outcome.trained.predict(prepared, rows: prepared.rows(of: .test))
    let labels = prepared.labels(of: prepared.rows(of: .test)) ?? .absent(rows: fold.held.count)
    let weights = dataset.weights(of: fold.held)
    return FoldOutcome(
      trainRows: outcome.rowCounts[.train] ?? parts.train.count,
      watchedRows: parts.watched.count,
      heldRows: fold.held.count,
      result: outcome.result,
      rules: outcome.rules,
      predictions: predictions,
      scores: metrics.map {
        $0.value(
          labels: labels,
          predictions: predictions,
          weights: weights,
          classes: dataset.classes
        )
      }
    )
  }

  /// Whether early stopping or a rule looks at validation rows.
  private var watchesValidation: Bool {
    trainer.earlyStopping?.split == .validation || !trainer.rules.isEmpty
  }

  /// The rows to learn from and those to watch.
  private func parts(of fold: Fold, _ dataset: Dataset) throws -> (train: [Int], watched: [Int]) {
    guard watchesValidation else { return (fold.train, []) }
    guard walksForward else { return (fold.train, dataset.rows(of: .validation)) }
    let times = dataset.time.flatMap { dataset.table[$0] }?.numbers
    let order = fold.train.sorted { a, b in
      guard let times else { return a < b }
      return (times[a], a) < (times[b], b)
    }
    let watched = max(1, order.count / 4)
    let end = order.count - watched - gap
    guard end > 0 else { throw TrainingFault.windowTooShort(order.count, gap: gap) }
    return (order[..<end].sorted(), order[(order.count - watched)...].sorted())
  }
}

/// Ends a fold when the whole is to end.
private struct FoldObserver: TrainingObserver {
  let check: @Sendable () throws -> Void

  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws { try check() }
}

extension TrainingFault {
  static func windowTooShort(_ rows: Int, gap: Int) -> TrainingFault {
    TrainingFault(
      "eval.folds",
      "the first window has \(rows) rows, which early stopping and a gap of \(gap) leave nothing "
        + "to learn from",
      hint: "lower 'folds' or 'gap', or leave 'early_stopping' out",
      field: "early_stopping"
    )
  }
}
