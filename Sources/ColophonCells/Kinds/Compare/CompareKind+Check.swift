package import ColophonCore
import ColophonData
import ColophonEvaluation

extension CompareKind {
  /// What the cell by itself gets wrong about its subjects.
  func checkSource(_ fields: inout FieldReader) {
    if fields.isBlank { return }
    switch (fields.has("models"), fields.has("predictions")) {
    case (false, false): return fields.report(.comparesNothing(at: fields.position))
    case (true, true):
      return fields.report(.comparesTwoSources(at: fields.position(of: "predictions")))
    case (false, true):
      for field in ["data", "split"] where fields.has(field) {
        fields.report(.onlyWithModels(field, at: fields.position(of: field)))
      }
    default: break
    }
    let place = fields.position(of: models.isEmpty ? "predictions" : "models")
    if names.count < 2, fields.diagnostics.isEmpty {
      fields.report(.tooFewModels(names.count, at: place))
    }
    var seen: Set<String> = []
    for model in models where !seen.insert(model.value).inserted {
      fields.report(.modelTwice(model))
    }
    if let baseline, !names.isEmpty, !names.contains(baseline.value) {
      fields.report(.unknownBaseline(baseline, among: names))
    }
  }

  package func check(in survey: Survey) -> [Diagnostic] {
    if let file {
      let rows = file.check(in: survey) { rows in
        CompareKind.loneUnit(rows.cases).flatMap { lone in
          file.path.map { [.loneUnit(lone.message, hint: lone.hint, at: $0.position)] }
        } ?? []
      }
      return rows + problems(task: file.knownTask, folds: false)
    }
    let recipes = models.map { survey.recipe(of: $0.value) }
    let folds = recipes.map { $0 is CrossValidateKind }
    guard let first = folds.first else { return [] }
    let mixed = zip(models, zip(recipes, folds)).filter { $1.0 != nil && $1.1 != first }
    if !mixed.isEmpty { return mixed.map { .foldsBesideModels($0.0) } }
    var found: [Diagnostic] = []
    if first {
      for field in ["data", "split"] {
        if let place = places[field] { found.append(.onlyOfRows(field, at: place)) }
      }
      found += foldsWithoutMetric(recipes.map { $0 as? CrossValidateKind })
    }
    let task = dataCell.flatMap { survey.preview(of: $0)?.task }.flatMap { Task(rawValue: $0) }
    return found + problems(task: task?.measured, folds: first)
  }

  /// Cells that name their metrics, the compared one not among them.
  private func foldsWithoutMetric(_ cells: [CrossValidateKind?]) -> [Diagnostic] {
    guard let metric else { return [] }
    return zip(models, cells).compactMap { model, cell in
      guard let cell else { return nil }
      let named = (cell.metrics.isEmpty ? cell.template?.metrics ?? [] : cell.metrics)
        .map { $0.value }
      guard !named.isEmpty, !named.contains(metric.value) else { return nil }
      return .foldsWithoutMetric(model, metric.value, known: named)
    }
  }

  /// What is wrong with the metric and the test once the task is known.
  private func problems(task: Task?, folds: Bool) -> [Diagnostic] {
    if let test, comparisonTests[test.value]?.compares == (folds ? .rows : .folds) {
      return [.testOfOtherSubjects(test, folds: folds)]
    }
    guard let metric else {
      guard let task, let test, let standard = CompareKind.standardMetric(task),
        let objection = comparisonTests[test.value]?.objection(to: standard)
      else { return [] }
      return [.testOfOtherMetric(test, standard.name, objection)]
    }
    let tasks = task.map { [$0] } ?? MetricRequest.tasks
    // A label in a name is taken on trust until the classes are known.
    if metric.value.hasPrefix("class."), tasks.contains(.multiclass) { return [] }
    guard let known = tasks.lazy.compactMap({ Metric.named(metric.value, task: $0) }).first else {
      let isElsewhere = MetricRequest.tasks.contains {
        Metric.named(metric.value, task: $0) != nil
      }
      if let task, isElsewhere { return [.metricOfOtherTask(metric, task: task)] }
      return [.unknownMetric(metric, among: tasks.flatMap { Metric.names(for: $0) })]
    }
    if known.sense == nil { return [.metricWithoutSense(metric)] }
    if let task, let test, let measured = Metric.named(metric.value, task: task),
      let objection = comparisonTests[test.value]?.objection(to: measured)
    {
      return [.testOfOtherMetric(test, metric.value, objection)]
    }
    return []
  }

  /// What is compared where the author names no metric.
  static func standardMetric(_ task: Task) -> Metric? {
    let name: String? =
      switch task.measured {
      case .binary: "roc_auc"
      case .multiclass: "accuracy"
      case .regression, .forecasting: "rmse"
      case .ranking: "ndcg_10"
      default: nil
      }
    return name.flatMap { Metric.named($0, task: task.measured) }
  }
}
