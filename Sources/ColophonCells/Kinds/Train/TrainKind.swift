package import ColophonCore
package import ColophonData
package import ColophonLearning
package import ColophonLineage

/// Fits one algorithm to the rows of a dataset.
package struct TrainKind: CellKind, UsesDataset {
  package static let name = "train"
  package static let summary = "One training job: an algorithm, fitted to a dataset's train split."
  package static var produces: (any Artifact.Type)? { TrainedModel.self }

  package var data: Reference<Dataset>?
  /// The recipe; nil where the algorithm could not be read.
  package var algorithm: (any Algorithm)?
  /// The author's own program, in the place of an algorithm.
  package var script: ScriptRecipe?
  /// The metrics that the author named; empty for the task's own.
  package var metrics: [Located<String>]
  package var earlyStopping: EarlyStopping?
  /// Rules that watch the job.
  package var rules: [WatchingRule]
  /// What a network takes over from elsewhere, the weights of a file left out.
  package var transfer = TransferTerms()
  /// The model that the job goes on from.
  package var initial: Reference<TrainedModel>?
  /// After how many rounds each the job's state is kept; nil leaves it to the runtime.
  package var checkpointEvery: Int?
  /// The machine that the job's time and cost are told for.
  package var rental: Rental
  /// Where fields and hyperparameters stand, to place what only the data's task can tell.
  package var places: [String: SourcePosition]

  package init(reading fields: inout FieldReader) {
    data = fields.reference(
      "data",
      to: Dataset.self,
      required: !fields.isScript,
      "The dataset or prepare cell to learn from; a script needs none."
    )
    let type = fields.algorithm()
    if !fields.isScript { algorithm = fields.hyperparameters(of: type) }
    script = fields.script(isUsed: fields.isScript, data: data?.cell.value)
    metrics = fields.metricNames()
    earlyStopping = fields.earlyStopping(of: type)
    rules = fields.watchingRules(of: type)
    initial = fields.continuation(of: type, &transfer)
    checkpointEvery = fields.checkpoint(of: type)
    rental = fields.rental(of: type)
    if fields.isScript { fields.refuseForScript() }
    places = fields.trainPlaces()
  }

  package var dataCell: String? { data?.cell.value }

  var type: (any Algorithm.Type)? { algorithm.map { Swift.type(of: $0) } }

  package var reproducibility: Reproducibility {
    if script != nil { return .external }
    return libraries.isEmpty ? .exact : .library
  }

  package var libraries: [String: String] { algorithm?.libraries ?? [:] }

  package var values: [PathPattern] {
    if let script {
      return ["epochs", "model"] + (script.image == nil ? [] : ["image"]) + script.paths
    }
    let results: [PathPattern] = ["epochs", "best_epoch", "model", "parameters"]
    let linear: [PathPattern] =
      type?.name == LinearLearner.name
      ? ["coefficients.*", "coefficients.*.*", "intercept", "intercept.*"] : []
    return TrainMetrics.paths(metrics.map { $0.value }, earlyStopping) + results + linear
      + watchingValues + continuationValues + rental.paths + (algorithm?.values ?? [])
  }

  package func check(in survey: Survey) -> [Diagnostic] {
    rental.check(in: survey) + taskProblems(in: survey) + containerProblems
      + continuationProblems(in: survey).map { diagnostic($0) }
  }

  /// An image needs an engine, and should be the same one tomorrow.
  private var containerProblems: [Diagnostic] {
    guard let image = script?.image else { return [] }
    func place(_ field: String) -> SourcePosition {
      places[field] ?? SourcePosition(path: "", line: 1, column: 1)
    }
    let missing =
      ContainerEngine.found == nil
      ? [Diagnostic.noContainerEngine(at: place("algorithm"))] : []
    let isPinned = image.contains("@sha256:") || image.hasPrefix("sha256:")
    return missing + (isPinned ? [] : [.movingImage(image, at: place("image_uri"))])
  }

  /// What the task of the data tells, where a recipe says it.
  private func taskProblems(in survey: Survey) -> [Diagnostic] {
    guard let cell = data?.cell.value, let word = survey.preview(of: cell)?.task,
      let task = Task(rawValue: word), let type, let algorithm
    else { return [] }
    if !type.tasks.contains(task) {
      let takes = Task.allCases.filter { type.tasks.contains($0) }
      return [diagnostic(.task(task, of: type.name, takes: takes))]
    }
    return algorithm.faults(for: task).map { diagnostic($0) }
      + TrainMetrics.unknown(metrics + watchedMetric, task: task) + watchingProblems(task)
  }

  /// The metric that early stopping watches, where it is written.
  private var watchedMetric: [Located<String>] {
    guard let rule = earlyStopping, let place = places["early_stopping.metric"] else { return [] }
    return [Located(rule.metric, at: place.advanced(by: rule.split.rawValue.utf8.count + 1))]
  }

  /// A fault at the place of the field that it is about.
  private func diagnostic(_ fault: TrainingFault) -> Diagnostic {
    let place =
      places.nearest(to: fault.field).flatMap { places[$0] } ?? places["algorithm"]
      ?? SourcePosition(path: "", line: 1, column: 1)
    return Diagnostic(.error, fault.code, at: place, fault.message, hint: fault.hint)
  }
}
