import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

extension TrainKind {
  package func run(in workshop: Workshop) throws -> Outcome {
    guard let data, let algorithm else {
      throw CellFailure("the cell's configuration could not be read")
    }
    let dataset = try workshop.load(data)
    let plan = try plan(for: dataset)
    let trainer = Trainer(
      algorithm,
      roundMetrics: plan.rounds,
      metrics: plan.all,
      earlyStopping: earlyStopping
    )
    let surroundings = Trainer.Surroundings(
      threads: workshop.threads,
      observer: WorkshopObserver(workshop: workshop)
    ) { workshop.random(for: $0) }
    do {
      let content = workshop.digest(ofArtifactOf: data.cell.value)
      let outcome = try trainer.train(dataset, content: content, in: surroundings)
      let report = TrainReport(
        outcome,
        metrics: plan.all,
        shown: plan.shown,
        rule: earlyStopping
      )
      var result = try report.outcome()
      result.advice =
        TrainAdvice.advice(dataset, metrics: metrics, rule: earlyStopping)
        + TrainAdvice.unscaled(dataset, for: Swift.type(of: algorithm))
      return result
    } catch let fault as TrainingFault {
      throw CellFailure(fault.message, hint: fault.hint, field: writtenField(fault.field))
    } catch let faults as DataFaults {
      let first = faults.faults.first
      throw CellFailure(
        first?.message ?? "the data can't be encoded",
        hint: first?.hint,
        field: "data"
      )
    }
  }

  /// The field, or the nearest one around it that the author wrote.
  private func writtenField(_ field: String) -> String? {
    places.nearest(to: field) ?? "algorithm"
  }

  /// What is measured: each round, in the end, and in the table.
  private struct MetricPlan {
    var rounds: [Metric]
    var all: [Metric]
    var shown: [String]
  }

  private func plan(for dataset: Dataset) throws -> MetricPlan {
    let named = metrics.map { $0.value }
    let watched = [earlyStopping?.metric].compactMap { $0 }
    let rounds = distinct((named.isEmpty ? TrainMetrics.headline(dataset.task) : named) + watched)
    let all =
      named.isEmpty
      ? distinct(
        TrainMetrics.table(dataset.task) + Metric.names(for: dataset.task, classes: dataset.classes)
      ) : rounds
    let shown = named.isEmpty ? distinct(TrainMetrics.table(dataset.task) + watched) : rounds
    let resolved = try TrainMetrics.resolve(distinct(all + watched), dataset, field: "metrics")
    return MetricPlan(
      rounds: try TrainMetrics.resolve(rounds, dataset, field: "metrics"),
      all: resolved.filter { !named.isEmpty || TrainMetrics.suits($0, dataset) },
      shown: shown
    )
  }

  private func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

/// Passes a job's progress to the workshop, and the run's end to the job.
private struct WorkshopObserver: TrainingObserver {
  let workshop: Workshop

  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws {
    workshop.progress(progress.fraction, progress.reading)
    try workshop.checkCancellation()
  }
}
