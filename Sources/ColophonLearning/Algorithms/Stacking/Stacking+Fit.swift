import ColophonCore
import ColophonData

extension Stacking {
  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    guard let final, !bases.isEmpty else { throw TrainingFault.noMember("estimators") }
    guard Stacking.tasks.contains(job.task) else {
      let takes = Task.allCases.filter { Stacking.tasks.contains($0) }
      throw TrainingFault.task(job.task, of: Stacking.name, takes: takes)
    }
    if let fault = faults(for: job.task).first { throw fault }
    if job.earlyStopping != nil { throw TrainingFault.nothingToStop(Stacking.name) }
    let rows = try job.trainingRows()
    let assigned = try folds.assign(rows, task: job.task, drawing: job.random("folds"))
    let fits = try StackingFits(self, job, rows, assigned).run(observer)
    let columns = StackingColumns(
      task: job.task,
      classes: job.classes,
      names: bases.map { $0.name }
    )
    let model = StackingModel(
      task: job.task,
      classes: job.classes,
      features: rows.features.names,
      bases: zip(bases, fits.models).map { ($0.name, $1) },
      final: try fitFinal(final, job, rows, fits.held, columns),
      passthrough: passthrough
    )
    let history = try measure(model, job)
    try observer.roundEnded(
      TrainingProgress(round: 1, rounds: 1, reading: ""),
      metrics: history
    )
    let report = try StackingReport(self, job, rows, fits.held, columns, model)
    return TrainingResult(
      model: model,
      history: history,
      rounds: 1,
      keptRound: 1,
      notes: [
        TrainingNote("members", bases.map { $0.name }.joined(separator: ", ")),
        TrainingNote("folds", "\((assigned.max() ?? 0) + 1)"),
      ],
      figures: report.figures,
      values: report.values
    )
  }

  /// Fits the final estimator to what members said of rows that they had not seen.
  private func fitFinal(
    _ final: any Algorithm,
    _ job: TrainingJob,
    _ rows: TrainingRows,
    _ held: [PredictionGrid],
    _ columns: StackingColumns
  ) throws -> FilledModel {
    var stacked = rows
    stacked.features = columns.matrix(
      held,
      beside: passthrough ? rows.features : nil,
      rows: rows.features.rows
    )
    let random = job.random
    let part = TrainingJob(
      task: job.task,
      classes: job.classes,
      splits: [.train: stacked],
      scorer: Scorer([]),
      threads: job.threads
    ) { random("final \($0)") }
    do {
      return try FilledModel(final, part, kept: passthrough && missingValues == .keep)
    } catch let fault as TrainingFault {
      throw fault.within("final_estimator").of("the final estimator")
    }
  }

  private func measure(_ model: StackingModel, _ job: TrainingJob) throws -> MetricHistory {
    let splits = job.filledSplits
    var history = MetricHistory(metrics: job.scorer.names, splits: splits)
    history.append(
      try splits.map { split in
        guard let rows = job.splits[split] else { return [] }
        return try job.scorer.score(rows, model.predict(rows.features))
      }
    )
    return history
  }
}

/// All fits of the members: one for each fold, and one to all rows.
struct StackingFits: Sendable {
  private let recipe: Stacking
  private let job: TrainingJob
  private let rows: TrainingRows
  private let folds: [Int]

  init(_ recipe: Stacking, _ job: TrainingJob, _ rows: TrainingRows, _ folds: [Int]) {
    self.recipe = recipe
    self.job = job
    self.rows = rows
    self.folds = folds
  }

  /// What the fits yield, by member.
  struct Result: Sendable {
    /// Fitted to all training rows.
    var models: [FilledModel]
    /// What each member says about each training row by a fit that did not see it.
    var held: [PredictionGrid]
  }

  /// One fit's yield.
  private enum Yield: Sendable {
    case held(Predictions, rows: [Int])
    case model(FilledModel)
  }

  /// Fits all, `job.threads` at a time; between these the observer may end the job.
  func run(_ observer: any TrainingObserver) throws -> Result {
    let count = (folds.max() ?? 0) + 1
    let all = recipe.bases.indices.flatMap { base in (0...count).map { (base: base, fold: $0) } }
    let empty = PredictionGrid(rows: folds.count, task: job.task, classes: job.classes.count)
    var held = [PredictionGrid](repeating: empty, count: recipe.bases.count)
    var models: [FilledModel] = []
    let strands = max(1, job.threads)
    for start in stride(from: 0, to: all.count, by: strands) {
      let batch = Array(all[start..<min(all.count, start + strands)])
      let yields = try inStrands(batch.count, threads: strands) { index in
        try fit(batch[index].base, fold: batch[index].fold, of: count)
      }
      for (fit, yield) in zip(batch, yields) {
        switch yield {
        case .held(let predictions, let rows): try held[fit.base].add(predictions, to: rows)
        case .model(let model): models.append(model)
        }
      }
      try report(start + batch.count, of: all.count, observer)
    }
    return Result(models: models, held: held)
  }

  private func report(_ done: Int, of count: Int, _ observer: any TrainingObserver) throws {
    try observer.roundEnded(
      TrainingProgress(round: done, rounds: count + 1, reading: "\(done) of \(count) fits"),
      metrics: MetricHistory(metrics: job.scorer.names, splits: job.filledSplits)
    )
  }

  /// Fits a member to all rows but a fold's; fold `count` stands for none.
  private func fit(_ base: Int, fold: Int, of count: Int) throws -> Yield {
    let seen = folds.indices.filter { folds[$0] != fold }
    let held = folds.indices.filter { folds[$0] == fold }
    let member = recipe.bases[base]
    let random = job.random
    let isWhole = fold == count
    let part = TrainingJob(
      task: job.task,
      classes: job.classes,
      splits: [.train: isWhole ? rows : rows.taking(seen)],
      scorer: Scorer([]),
      threads: 1
    ) { random("member \(member.name) \(isWhole ? "all" : "fold \(fold)") \($0)") }
    do {
      let model = try FilledModel(member.recipe, part, kept: recipe.missingValues == .keep)
      if isWhole { return .model(model) }
      return .held(try model.predict(rows.features.taking(held)), rows: held)
    } catch let fault as TrainingFault {
      let words = isWhole ? member.name : "\(member.name) without fold \(fold + 1)"
      throw fault.within("estimators[\(member.place)]").of(words)
    }
  }
}
