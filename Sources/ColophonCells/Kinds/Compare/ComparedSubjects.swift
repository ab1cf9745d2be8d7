import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// The models that a compare cell compares, ready for a test.
struct ComparedSubjects {
  let names: [String]
  let subjects: [ComparisonSubject]
  let metric: Metric
  /// Each model's value of the metric.
  let values: [Double?]
  let rows: Int
  /// Nil unless folds are compared.
  let folds: Int?
  let isWeighted: Bool
  /// Where the rows come from: "the test split".
  let origin: String
}

extension CompareKind {
  func subjects(in workshop: Workshop) throws -> ComparedSubjects {
    if let file {
      let rows = try file.files.map { name, file in
        try pointed(to: "predictions") {
          try file.rows(in: workshop, slices: [], season: metricOptions.season ?? 1)
        }
      }
      return try byRows(rows)
    }
    if (try? workshop.load(OutOfFoldPredictions.self, from: models[0].value)) != nil {
      return try byFolds(in: workshop)
    }
    let rows = try models.map { model in
      try pointed(to: "models") {
        try EvaluationRows(
          model: model.value,
          data: data?.value,
          split: split,
          slices: [],
          season: metricOptions.season,
          in: workshop
        )
      }
    }
    return try byRows(rows)
  }

  /// Failures that name a field of another kind of cell point at one of this kind.
  private func pointed<Result>(to field: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch var failure as CellFailure {
      if let named = failure.field {
        failure.field =
          named == "metrics"
          ? "metric" : ["data", "split"].contains(named) && places[named] != nil ? named : field
      }
      throw failure
    }
  }

  private func byRows(_ rows: [EvaluationRows]) throws -> ComparedSubjects {
    let first = rows[0]
    for (name, other) in zip(names, rows).dropFirst()
    where !first.cases.hasTruth(of: other.cases) {
      throw CellFailure(
        "'\(names[0])' and '\(name)' answer different rows, so they can't be compared row by row",
        hint: "name the 'data' that all are compared on",
        field: file == nil ? "models" : "predictions"
      )
    }
    if let lone = CompareKind.loneUnit(first.cases) {
      throw CellFailure(
        lone.message,
        hint: file == nil ? nil : lone.hint,
        field: file == nil ? "models" : "predictions"
      )
    }
    let metric = try resolved(first.cases.task, first.cases.classes)
    for part in rows { try pointed(to: "metric") { try part.require(metric) } }
    let samples = rows.map {
      Sample($0.cases, threshold: settings.threshold, options: metricOptions)
    }
    return ComparedSubjects(
      names: names,
      subjects: samples.map { .rows($0) },
      metric: metric,
      values: samples.map { metric.value($0) },
      rows: first.cases.count,
      folds: nil,
      isWeighted: first.cases.weights != nil,
      origin: first.origin
    )
  }

  /// Why rows that all belong together tell nothing of chance; nil where there are several units.
  static func loneUnit(_ cases: Cases) -> (message: String, hint: String)? {
    guard let units = cases.units, units.count < 2 else { return nil }
    let isRanking = cases.task == .ranking
    return (
      "all rows are of one \(isRanking ? "query" : "series"), which says nothing of how the difference "
        + "would change with another",
      isRanking
        ? "'query' names the column of queries" : "name the column of 'series' under 'predictions'"
    )
  }

  private func resolved(_ task: Task, _ classes: [String]) throws -> Metric {
    guard let name = metric?.value else {
      if let standard = CompareKind.standardMetric(task) { return standard }
      throw CellFailure("a \(task.rawValue) task has no metric to compare", field: "models")
    }
    guard let metric = Metric.named(name, task: task, classes: classes) else {
      throw CellFailure(
        "'\(name)' is no metric of a \(task.rawValue) task with these classes",
        hint: Suggestion.hint(for: name, among: Metric.names(for: task, classes: classes)),
        field: "metric"
      )
    }
    if metric.sense == nil {
      throw CellFailure(
        "'\(name)' is best neither high nor low, so a difference doesn't tell which model is better",
        field: "metric"
      )
    }
    return metric
  }

  // MARK: Folds

  private func byFolds(in workshop: Workshop) throws -> ComparedSubjects {
    let parts = try models.map { try workshop.load(OutOfFoldPredictions.self, from: $0.value) }
    let first = parts[0]
    for (model, other) in zip(models, parts).dropFirst()
    where other.rows != first.rows || other.folds != first.folds || other.labels != first.labels {
      throw CellFailure(
        "'\(models[0].value)' and '\(model.value)' went through different folds",
        hint: "give both the same data, 'scheme', 'folds', 'gap' and 'seed'",
        field: "models"
      )
    }
    let metric = try resolved(first.task.measured, first.classes)
    let scores = try models.map { try self.scores(of: $0.value, metric, in: workshop) }
    return ComparedSubjects(
      names: names,
      subjects: scores.map { .folds($0) },
      metric: metric,
      values: scores.map { $0.mean },
      rows: first.rows.count,
      folds: scores[0].values.count,
      isWeighted: false,
      origin: "held-out rows"
    )
  }

  private func scores(
    of cell: String,
    _ metric: Metric,
    in workshop: Workshop
  ) throws -> FoldScores {
    let values = workshop.values(of: cell)
    func list(_ path: [String]) -> [Value]? {
      values.flatMap { ValuePath.find(path.map { .name($0) }, in: $0)?.asArray }
    }
    guard let folds = list(MetricRequest.segments(metric.name) + ["folds"]),
      let trained = list(["fold_rows", "trained"]), let held = list(["fold_rows", "held"]),
      folds.count == trained.count, folds.count == held.count
    else {
      throw CellFailure(
        "'\(cell)' does not measure '\(metric.name)' by fold",
        hint: "add it to that cell's 'metrics'",
        field: "metric"
      )
    }
    return FoldScores(
      values: folds.map { $0.asNumber },
      trained: trained.map { Int($0.asNumber ?? 0) },
      held: held.map { Int($0.asNumber ?? 0) }
    )
  }
}

extension FoldScores {
  /// The mean of the folds where the metric is defined.
  var mean: Double? {
    let known = values.compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}
