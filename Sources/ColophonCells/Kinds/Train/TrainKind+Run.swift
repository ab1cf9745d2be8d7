import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

extension TrainKind {
  package func run(in workshop: Workshop) throws -> Outcome {
    if let script { return try outcome(script, in: workshop) }
    guard let data, let algorithm else {
      throw CellFailure("the cell's configuration could not be read")
    }
    do { return try outcome(algorithm, data, in: workshop) } catch let fault as TrainingFault {
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

  private func outcome(
    _ algorithm: any Algorithm,
    _ data: Reference<Dataset>,
    in workshop: Workshop
  ) throws -> Outcome {
    let first = try initial.map { try workshop.load($0) }
    let dataset = try inForm(of: first, workshop.load(data), workshop)
    let plan = try plan(for: dataset)
    var trainer = Trainer(
      algorithm,
      roundMetrics: plan.rounds,
      metrics: plan.all,
      earlyStopping: earlyStopping,
      checkpointEvery: checkpointEvery,
      terms: rental.terms
    )
    trainer.rules = rules
    trainer.initial = first
    trainer.transfer = try terms(in: workshop)
    let surroundings = Trainer.Surroundings(
      threads: workshop.threads,
      observer: WorkshopObserver(workshop: workshop),
      keeper: workshop.keeper()
    ) { workshop.random(for: $0) }
    let content = workshop.digest(ofArtifactOf: data.cell.value)
    let job = try trainer.train(dataset, content: content, in: surroundings)
    var report = TrainReport(
      job,
      metrics: plan.all,
      shown: plan.shown,
      rule: earlyStopping,
      rental: rental
    )
    report.curved = plan.curved
    report.continuation = try initial.map {
      try TrainContinuation($0.cell.value, first, dataset, job.result, workshop)
    }
    var result = try report.outcome()
    result.advice = TrainAdvice.advice(dataset, metrics: metrics, rule: earlyStopping)
    result.advice += TrainAdvice.unscaled(dataset, for: algorithm)
    // Rows that differ are what a transfer is for.
    let going = transfer.isTransfer ? [] : report.continuation?.advice ?? []
    result.advice += report.watchingAdvice + going
    return result
  }

  /// What a network takes over, a file's weights read.
  private func terms(in workshop: Workshop) throws -> TransferTerms {
    var terms = transfer
    guard let file = terms.file else { return terms }
    terms.weights = try PortableWeights(file: workshop.read(file).bytes)
    return terms
  }

  /// The field, or the nearest one around it that the author wrote.
  private func writtenField(_ field: String) -> String? {
    places.nearest(to: field) ?? "algorithm"
  }

  /// What is measured: each round, in the end, and in the table.
  private struct MetricPlan {
    /// With what the debugger's rules ask for.
    var rounds: [Metric]
    /// Those of the rounds whose curves are shown.
    var curved: [String]
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
    let ruled = try watchedMetrics(dataset).filter { !rounds.contains($0.name) }
    return MetricPlan(
      rounds: try TrainMetrics.resolve(rounds, dataset, field: "metrics") + ruled,
      curved: rounds,
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

  func resumed(_ progress: TrainingProgress, metrics: MetricHistory) throws {
    workshop.resumed(
      progress.fraction,
      "resumed at round \(progress.round) of \(progress.rounds)"
    )
  }
}
