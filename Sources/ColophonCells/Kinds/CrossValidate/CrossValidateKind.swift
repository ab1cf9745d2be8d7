package import ColophonCore
package import ColophonData
import ColophonEvaluation
package import ColophonLearning
package import ColophonLineage

/// Trains the recipe of a train cell once for each fold of the training rows.
///
/// It depends on the recipe and on the data, not on the train cell's result, which need not exist.
/// Only the train split is divided: validation and test rows stay unseen, so that what is chosen by
/// cross-validation can still be confirmed on them. Cells that prepare the data are fitted anew in
/// every fold, so they too are recipes here, and the data is what stands before them.
package struct CrossValidateKind: CellKind, UsesDataset {
  package static let name = "crossvalidate"
  package static let summary =
    "A train cell's recipe, trained and measured on folds of its training rows."
  package static var produces: (any Artifact.Type)? { OutOfFoldPredictions.self }

  /// The recipe that is trained; nil where it was reported.
  package let template: TrainKind?
  /// The train cell's name, for the reader.
  package let templateCell: String?
  /// The data before any preparation.
  package let data: Located<String>?
  /// What prepares the data, in order, with the cells' names.
  package let preparations: [(cell: String, recipe: PreparationRecipe)]
  package let recipe: FoldRecipe
  package var metrics: [Located<String>]
  /// Where each field stands.
  let places: [String: SourcePosition]

  package init(reading fields: inout FieldReader) {
    let template = fields.template(
      "train",
      of: [TrainKind.name],
      required: true,
      "The train cell whose data, algorithm and settings are taken; the cell itself need not run."
    ) { TrainKind(reading: &$0) }
    self.template = template?.recipe
    templateCell = template?.cell.value
    var data = template?.recipe.data?.cell
    preparations = template == nil ? [] : fields.preparations(before: &data)
    self.data = data
    recipe = FoldRecipe(reading: &fields)
    metrics = fields.crossValidatedMetrics()
    var places: [String: SourcePosition] = [:]
    for name in ["train", "folds", "scheme", "gap", "metrics"] {
      places[name] = fields.peek(name)?.position
    }
    self.places = places
  }

  package var dataCell: String? { data?.value }
  package var reproducibility: Reproducibility { template?.reproducibility ?? .exact }
  package var libraries: [String: String] { template?.libraries ?? [:] }

  /// The names of the metrics: the cell's own, else the template's, else the task's.
  func metricNames(_ task: Task) -> [String] {
    let named = metrics.isEmpty ? template?.metrics ?? [] : metrics
    return named.isEmpty ? TrainMetrics.table(task) : named.map { $0.value }
  }

  package var values: [PathPattern] {
    let named = metrics.isEmpty ? template?.metrics ?? [] : metrics
    var seen: Set<String> = []
    let names =
      named.isEmpty
      ? Task.allCases.flatMap { TrainMetrics.table($0) } : named.map { $0.value }
    return ["rows", "fold_count", "fold_rows.{trained,held}[*]"]
      + names.filter { seen.insert($0).inserted }.flatMap { name -> [PathPattern] in
        let path = MetricRequest.segments(name)
        return ["mean", "std", "pooled"].map { PathPattern(exactly: path + [$0]) }
          + [PathPattern(exactly: path + ["folds"], positions: 1)]
      }
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    guard let data, let template, let algorithm = template.algorithm else {
      throw CellFailure("the template's configuration could not be read", field: "train")
    }
    let dataset = try workshop.load(Dataset.self, from: data.value)
    if dataset.preparation != nil {
      throw CellFailure(
        "'\(data.value)' was prepared by steps that learned from all training rows, held-out ones "
          + "among them",
        hint: "let the train cell name the cells that prepare its data",
        field: "train"
      )
    }
    do {
      // Keyed by the data, so that cells of one scheme get the same folds and can be compared.
      let folds = try recipe.folds(of: dataset, root: workshop.seed, cell: data.value)
      let names = metricNames(dataset.task)
      let validation = CrossValidation(
        try trainer(algorithm, template, dataset, workshop),
        metrics: try TrainMetrics.resolve(
          names,
          dataset,
          field: metrics.isEmpty ? "train" : "metrics"
        ),
        walksForward: scheme(dataset) == .timeSeries,
        gap: recipe.gap,
        prepare: { try prepared($0, fold: $1, in: workshop) }
      )
      let result = try validation.run(
        dataset,
        folds,
        in: surroundings(workshop, count: folds.count)
      )
      return CrossValidationReport(self, dataset, folds, result).outcome
    } catch let fault as TrainingFault {
      throw CellFailure(fault.message, hint: fault.hint, field: "train")
    } catch let faults as DataFaults {
      throw CellFailure(faults) { places[$0] != nil }.pointing { places[$0] != nil ? $0 : "train" }
    }
  }

  func scheme(_ dataset: Dataset) -> FoldScheme {
    recipe.scheme(time: dataset.time, group: dataset.group, task: dataset.task)
  }

  private func trainer(
    _ algorithm: any Algorithm,
    _ template: TrainKind,
    _ dataset: Dataset,
    _ workshop: Workshop
  ) throws -> Trainer {
    let watched = try TrainMetrics.resolve(
      [template.earlyStopping?.metric].compactMap { $0 },
      dataset,
      field: "train"
    )
    let stopping = template.rules.filter { $0.action == .stop }
    var plan = template
    plan.rules = stopping
    let ruled = try plan.watchedMetrics(dataset).filter { rule in
      !watched.contains { $0.name == rule.name }
    }
    var trainer = Trainer(
      algorithm,
      roundMetrics: watched + ruled,
      metrics: [],
      earlyStopping: template.earlyStopping
    )
    trainer.rules = stopping
    trainer.initial = try template.initial.map { try workshop.load($0) }
    return trainer
  }

  /// A fold's dataset after every preparation, each fitted on the fold's training rows alone.
  private func prepared(_ dataset: Dataset, fold: Int, in workshop: Workshop) throws -> Dataset {
    var dataset = dataset
    for (cell, recipe) in preparations {
      dataset = try recipe.prepare(
        dataset,
        source: nil,
        drawing: { workshop.random(for: "prepare \(cell) \($0)", index: fold) }
      ).dataset
    }
    return dataset
  }

  private func surroundings(_ workshop: Workshop, count: Int) -> CrossValidation.Surroundings {
    CrossValidation.Surroundings(
      threads: workshop.threads,
      foldEnded: { workshop.progress(Double($0) / Double(count), "fold \($0) of \(count)") },
      check: { try workshop.checkCancellation() }
    ) { workshop.random(for: $0, index: $1) }
  }
}

extension CellFailure {
  /// The failure at another field.
  fileprivate func pointing(_ place: (String) -> String) -> CellFailure {
    var failure = self
    failure.field = failure.field.map(place)
    return failure
  }
}
