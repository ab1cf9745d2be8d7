package import ColophonCore
package import ColophonData
import ColophonEvaluation

/// Measures how well predictions fit the truth, with curves, intervals and slices.
package struct EvaluateKind: CellKind, ChoosesOnSplit, UsesDataset {
  package static let name = "evaluate"
  package static let summary =
    "How well predictions fit the truth: metrics, curves, intervals, slices."

  /// Where the rows come from.
  enum Source: Sendable {
    /// A cell's model, on the data it was trained on or on other data.
    case model(Located<String>, data: Located<String>?)
    case file(PredictionsFile)
  }

  /// Nil where it was reported.
  let source: Source?
  let split: Split
  let request: MetricRequest
  let threshold: ThresholdRule
  let confidence: ConfidenceRecipe?
  let slices: [Located<String>]
  /// Where `threshold`, `confidence` and `at` stand.
  let places: [String: SourcePosition]

  package init(reading fields: inout FieldReader) {
    let model = fields.reference("model", to: ["model"], "The cell whose model is evaluated.")
    let file = fields.section(
      "predictions",
      "A table of predictions made elsewhere, beside the true labels."
    ) { PredictionsFile(reading: &$0) }
    let data = fields.reference(
      "data",
      to: ["dataset"],
      "The data to evaluate on; by default what the model was trained on."
    )
    split = EvaluateKind.split(&fields)
    request = MetricRequest(reading: &fields)
    threshold = EvaluateKind.threshold(&fields)
    confidence = fields.section(
      "confidence",
      "Intervals about the metrics; none unless the section is there."
    ) { ConfidenceRecipe(reading: &$0) }
    slices = fields.strings(
      "slices",
      "Columns; the metrics are computed again for the rows of each of their values."
    )
    source = EvaluateKind.source(&fields, model: model, data: data, file: file)
    places = EvaluateKind.places(fields)
  }

  package var values: [PathPattern] {
    if !levels.isEmpty, request.names.isEmpty {
      var named = request
      named.extra = levels.map { Metric.coverageName($0) }
      return EvaluateKind.values(of: named, intervals: confidence != nil)
    }
    if request.names.isEmpty, request.average == nil, request.lengths.isEmpty {
      return confidence == nil ? EvaluateKind.allValues : EvaluateKind.allValuesWithIntervals
    }
    return EvaluateKind.values(of: request, intervals: confidence != nil)
  }

  /// The quantiles that a file of forecasts holds.
  private var levels: [Double] {
    guard case .file(let file) = source, case .forecasts(_, let quantiles) = file.form
    else { return [] }
    return quantiles.map { $0.level }
  }

  /// What most cells promise: a value for each metric of every task.
  private static let allValues = values(of: MetricRequest(), intervals: false)
  private static let allValuesWithIntervals = values(of: MetricRequest(), intervals: true)

  private static func values(of request: MetricRequest, intervals: Bool) -> [PathPattern] {
    var patterns: [PathPattern] = [
      "rows", "threshold", "cost", "confusion.*.*", "slice.*.*.rows", "clusters",
      "cluster.*.{rows,silhouette}", "queries.{all,empty}", "series",
    ]
    for path in request.patterns {
      patterns.append(PathPattern(exactly: path))
      // A pattern is split at dots, so a name that holds one is left to the run.
      let isPlain = path.allSatisfy { ValuePath.quoted($0) == $0 }
      patterns.append(
        isPlain ? PathPattern("slice.*.*.\(path.joined(separator: "."))") : "slice.**"
      )
      if intervals {
        patterns += ["low", "high"].map { PathPattern(exactly: ["ci"] + path + [$0]) }
        if isPlain {
          patterns.append(PathPattern("slice.*.*.ci.\(path.joined(separator: ".")).{low,high}"))
        }
      }
    }
    if request.names.isEmpty {
      patterns.append(PathPattern("class.*.{\(Metric.classMetricNames.joined(separator: ","))}"))
    }
    return patterns
  }

  package var dataCell: String? {
    guard case .model(let model, let data) = source else { return nil }
    return (data ?? model).value
  }

  package var choiceSplit: Split? {
    guard case .model = source else { return nil }
    if case .fixed = threshold { return nil }
    return split
  }

  package static var choiceField: String { "threshold" }

  package func check(in survey: Survey) -> [Diagnostic] {
    var task: Task?
    switch source {
    case .model:
      task = dataCell.flatMap { survey.preview(of: $0)?.task }.flatMap {
        Task(rawValue: $0)?.measured
      }
    case .file(let file): task = file.knownTask
    case nil: break
    }
    var problems = unknownColumns(in: survey) + weightProblem(in: survey)
    if let task { problems += self.problems(of: task) }
    guard problems.isEmpty, case .file(let file) = source else { return problems }
    // The head is in order: what is wrong with a row is told now, too.
    return file.problems(in: survey, slices: slices, season: request.options.season ?? 1) { rows in
      let others = task == nil ? self.problems(of: rows.cases.task) : []
      return others.isEmpty ? needs(of: rows) + loneUnit(of: rows) : others
    }
  }

  private func problems(of task: Task) -> [Diagnostic] {
    guard MetricRequest.tasks.contains(task) else { return [] }
    return request.problems(task: task) + problemsOfTask(task) + problemsOfForecasts
  }

  /// Metrics that the predictions can't give, such as a log loss of scores that are no probabilities.
  private func needs(of rows: EvaluationRows) -> [Diagnostic] {
    request.names.compactMap { name in
      var one = request
      one.names = [name]
      do {
        _ = try one.metrics(for: rows)
        return nil
      } catch {
        return (error as? CellFailure).map { .metricNeeds($0, name) }
      }
    }
  }

  /// Intervals of rows that all belong together.
  private func loneUnit(of rows: EvaluationRows) -> [Diagnostic] {
    guard confidence != nil, let place = places["confidence"],
      let message = Evaluation.loneUnit(rows.cases)
    else { return [] }
    return [.loneUnit(message, at: place)]
  }

  /// DeLong's interval of rows with weights.
  private func weightProblem(in survey: Survey) -> [Diagnostic] {
    guard confidence?.method == .delong, let place = places["confidence"] else { return [] }
    let isWeighted =
      if case .file(let file) = source { file.weight != nil } else {
        dataCell.flatMap { survey.preview(of: $0) }?.weight != nil
      }
    return isWeighted ? [.unweightedInterval(at: place)] : []
  }

  /// What only a binary task has, asked of another one.
  private func problemsOfTask(_ task: Task) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let asked = request.names.compactMap { Metric.named($0.value, task: task) }
    if confidence != nil, let first = request.names.first, asked.count == request.names.count,
      asked.allSatisfy({ $0.isQuadratic })
    {
      problems.append(.noIntervals(of: first))
    }
    if task != .binary {
      if let place = places["threshold"] { problems.append(.binaryAlone("threshold", task, place)) }
      if confidence?.method == .delong, let place = places["confidence"] {
        problems.append(.binaryAlone("method: delong", task, place))
      }
    }
    if task != .ranking, !request.lengths.isEmpty, let place = places["at"] {
      problems.append(.rankingAlone(task, place))
    }
    return problems
  }

  /// Metrics of what a file of forecasts does not hold.
  private var problemsOfForecasts: [Diagnostic] {
    guard case .file(let file) = source, file.knownTask == .forecasting else { return [] }
    return request.names.compactMap { name in
      if name.value == "mase", file.forecast.history == nil { return .noHistory(name) }
      let covered = levels.map { Metric.coverageName($0) } + levels.map { "coverage_\($0)" }
      let isCoverage = name.value.hasPrefix("coverage_")
      return isCoverage && !covered.contains(name.value)
        ? .noSuchQuantile(name, levels: levels) : nil
    }
  }

  /// Columns that the data lacks, as far as its head tells.
  private func unknownColumns(in survey: Survey) -> [Diagnostic] {
    if case .file(let file) = source { return file.check(slices, in: survey) }
    guard let preview = dataCell.flatMap({ survey.preview(of: $0) }) else { return [] }
    return slices.filter { !preview.mayHave($0.value) }
      .map { .unknownColumn($0, known: preview.columns) }
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    let rows = try rows(in: workshop)
    try workshop.checkCancellation()
    if rows.cases.task != .binary, places["threshold"] != nil {
      throw CellFailure(
        "only a binary task has a threshold, and this one is \(rows.cases.task.rawValue)",
        hint: "leave it out: the likeliest class is predicted",
        field: "threshold"
      )
    }
    let evaluation = try Evaluation(
      rows,
      request: request,
      threshold: threshold,
      confidence: confidence,
      threads: workshop.threads
    ) { workshop.random(for: $0, index: $1) }
    return Outcome(
      values: EvaluationValues.values(evaluation),
      exhibits: EvaluationExhibits.exhibits(evaluation),
      advice: EvaluationAdvice.advice(evaluation, request: request, threshold: threshold)
    )
  }

  private func rows(in workshop: Workshop) throws -> EvaluationRows {
    switch source {
    case .file(let file):
      return try file.rows(
        in: workshop,
        slices: slices.map { $0.value },
        season: request.options.season ?? 1
      )
    case .model(let model, let data):
      return try EvaluationRows(
        model: model.value,
        data: data?.value,
        split: split,
        slices: slices.map { $0.value },
        season: request.options.season,
        in: workshop
      )
    case nil: throw CellFailure("the cell names nothing to evaluate")
    }
  }
}
