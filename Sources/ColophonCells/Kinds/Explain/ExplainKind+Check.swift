package import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

extension ExplainKind {
  package func check(in survey: Survey) -> [Diagnostic] {
    let refused = refusals(in: survey)
    let found =
      refused + featureProblems(in: survey) + taskProblems(in: survey)
      + (refused.isEmpty ? interactionProblems(in: survey) : [])
    return found.isEmpty ? rowProblems(in: survey) : found
  }

  /// Rows and a class that the data lacks, where it can be read beforehand.
  private func rowProblems(in survey: Survey) -> [Diagnostic] {
    guard !request.rows.isEmpty || request.label != nil,
      let dataset = dataCell.flatMap({ survey.dataset(of: $0) })
    else { return [] }
    do {
      _ = try ExplainSubject.rows(of: dataset, named: data?.value, request)
    } catch {
      let place = error.field.flatMap { places.nearest(to: $0) }.flatMap { places[$0] }
      return (place ?? places["model"]).map { [.absentRows(error, at: $0)] } ?? []
    }
    // Other data may lack a class that the model knows.
    guard let label = request.label, data == nil, dataset.task.measured == .multiclass,
      !dataset.classes.contains(label.value)
    else { return [] }
    return [.absentClass(label, among: dataset.classes)]
  }

  /// The algorithm of the model, as far as the recipes tell: of a tuning its template's.
  private func algorithm(in survey: Survey) -> (any Algorithm.Type)? {
    guard let model else { return nil }
    switch survey.recipe(of: model.value) {
    case let train as TrainKind: return train.type
    case let tune as TuneKind: return tune.base?.train.type
    default: return nil
    }
  }

  /// What the model's recipe alone tells.
  private func refusals(in survey: Survey) -> [Diagnostic] {
    guard let model, let type = algorithm(in: survey),
      let refusal = ExplainRefusal.of(
        method: method,
        explainer: request.explainer?.value,
        algorithm: type
      )
    else { return [] }
    return [.notExplained(refusal, at: places[refusal.field] ?? model.position)]
  }

  /// What only the exact attributions of trees have, asked of other values.
  private func interactionProblems(in survey: Survey) -> [Diagnostic] {
    guard method == ShapMethod.name else { return [] }
    let trees = ShapMethod.exactAlgorithms[Explainer.tree.name] ?? []
    let hasTrees =
      request.explainer.map { $0.value == Explainer.tree.name }
      ?? algorithm(in: survey).map { trees.contains($0.name) } ?? true
    var found: [Diagnostic] = []
    if request.interactions, let place = places["interactions"] {
      if !hasTrees {
        found.append(.treesAlone("interactions", at: place))
      } else if request.isInterventional {
        found.append(.interactionsOfPaths(at: place))
      }
    }
    if !hasTrees, let place = places["perturbation"] {
      found.append(.treesAlone("perturbation", at: place))
    }
    return found
  }

  /// Columns that the data lacks, or that are no features.
  private func featureProblems(in survey: Survey) -> [Diagnostic] {
    guard let preview = dataCell.flatMap({ survey.preview(of: $0) }) else { return [] }
    return request.features.flatMap { $0.names }.compactMap { name in
      if let role = preview.role(of: name.value) { return .explainedRole(name, role: role) }
      return preview.mayHave(name.value) ? nil : .unknownColumn(name, known: preview.columns)
    }
  }

  private func taskProblems(in survey: Survey) -> [Diagnostic] {
    guard let word = dataCell.flatMap({ survey.preview(of: $0)?.task }),
      let task = Task(rawValue: word)
    else { return [] }
    var problems: [Diagnostic] = []
    if let label = request.label, task != .multiclass {
      problems.append(.classOfOtherTask(label, task: task))
    }
    if request.label == nil, task == .multiclass, method == PartialMethod.name,
      let pair = request.features.first(where: { $0.names.count == 2 })
    {
      problems.append(.pairOfClasses(at: pair.position))
    }
    if let metric = request.metric, Metric.named(metric.value, task: task.measured) == nil,
      !metric.value.hasPrefix("class.")
    {
      problems.append(
        MetricRequest.isKnown(metric.value)
          ? .metricOfOtherTask(metric, task: task.measured)
          : .unknownMetric(metric, among: Metric.names(for: task.measured))
      )
    }
    return problems
  }
}
