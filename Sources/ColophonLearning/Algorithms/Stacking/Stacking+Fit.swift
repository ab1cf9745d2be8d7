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
    var fits = StackingLearner(self, job, rows, assigned)
    // The members have no metrics of their own: a round is a fit.
    var members = job
    (members.scorer, members.debugger, members.roundLimit) = (Scorer([]), nil, nil)
    _ = try TrainingLoop(members, rounds: fits.count).run(&fits, observer: observer)
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
        guard let rows = job.splits[split], !job.scorer.measures.isEmpty else { return [] }
        return try job.scorer.score(rows, model.predict(rows.features, threads: job.threads))
      }
    )
    return history
  }
}
