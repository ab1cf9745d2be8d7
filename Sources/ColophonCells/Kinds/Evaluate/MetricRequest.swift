import ColophonCore
import ColophonData
import ColophonEvaluation

/// Which metrics an evaluate cell asks for, and how they are to be computed.
struct MetricRequest: Sendable {
  /// The ways in which metrics of several classes are joined.
  static let averages = ["macro", "micro", "weighted"]
  /// The metrics that `average` says how to join.
  static let averagable = ["precision", "recall", "f1", "f05", "f2"]
  /// The tasks that have metrics.
  static let tasks: [Task] = [
    .binary, .multiclass, .regression, .ranking, .clustering, .forecasting,
  ]

  /// As written; empty for all of the task.
  var names: [Located<String>] = []
  var average: String?
  /// The lengths at which a ranking's metrics are taken, nil the whole list; empty for the usual.
  var lengths: [Int?] = []
  var options = MetricOptions()
  /// Names that the data adds to a task's own, where none are named.
  var extra: [String] = []

  /// All metrics of the task, as usual.
  init() {}

  init(reading fields: inout FieldReader) {
    let written = fields.strings(
      "metrics",
      "Names of metrics, such as `roc_auc`, `macro_f1`, `class.LABEL.recall`, `quantile_0.9`; by "
        + "default all of the task."
    )
    average =
      fields.choice(
        "average",
        of: MetricRequest.averages,
        "How `precision`, `recall`, `f1`, `f05` and `f2` are joined over several classes."
      )?.value
    lengths = MetricRequest.lengths(&fields)
    options = MetricOptions(reading: &fields)
    for name in written {
      if MetricRequest.isKnown(name.value) {
        names.append(name)
      } else {
        fields.report(
          .unknownMetric(name, among: MetricRequest.tasks.flatMap { Metric.names(for: $0) })
        )
      }
    }
  }

  /// `at: [1, 5, all]`.
  private static func lengths(_ fields: inout FieldReader) -> [Int?] {
    let texts = fields.strings(
      "at",
      "The lengths K at which a ranking's metrics are taken, such as `[1, 5, all]`; by default 1, 3, "
        + "5, 10 and all."
    )
    var lengths: [Int?] = []
    for text in texts {
      let number = Int(text.value).flatMap { $0 >= 1 ? $0 : nil }
      if text.value != "all", number == nil {
        fields.report(.lengthForm(text))
      } else if !lengths.contains(number) {
        lengths.append(number)
      }
    }
    return lengths
  }

  /// What a ranking is measured by where no metrics are named.
  private var rankingMetrics: [Metric] {
    if lengths.isEmpty { return Metric.catalogue(for: .ranking).members }
    return Metric.rankingFamilies.flatMap { family in
      lengths.compactMap { Metric.ranking(family, $0) }
    } + [Metric.named("mrr", task: .ranking)].compactMap { $0 }
  }

  /// Whether some task has a metric of that name; a label in it is taken on trust.
  static func isKnown(_ name: String) -> Bool {
    if name.hasPrefix("class.") {
      return Metric.classMetricNames.contains { name.hasSuffix(".\($0)") }
    }
    return tasks.contains { Metric.named(name, task: $0) != nil }
  }

  /// What is wrong with the names, once the task is known; classes may still be unknown.
  func problems(task: Task) -> [Diagnostic] {
    names.compactMap { name in
      if name.value.hasPrefix("class."), task == .multiclass { return nil }
      if metric(name.value, task: task, classes: []) != nil { return nil }
      if task == .multiclass, MetricRequest.averagable.contains(name.value) {
        return .averageMissing(name)
      }
      return .metricOfOtherTask(name, task: task)
    }
  }

  /// The metric of a name as the author wrote it.
  func metric(_ name: String, task: Task, classes: [String]) -> Metric? {
    if task == .multiclass, let average, MetricRequest.averagable.contains(name) {
      return Metric.named("\(average)_\(name)", task: task)?.named(name)
    }
    return Metric.named(name, task: task, classes: classes)
  }

  /// All metrics to compute.
  ///
  /// - Throws: `CellFailure` for a name that the rows' task or classes don't have.
  func metrics(for rows: EvaluationRows) throws -> [Metric] {
    let (task, classes) = (rows.cases.task, rows.cases.classes)
    if names.isEmpty { return standard(rows).filter { rows.allows($0) } }
    let metrics = try names.map { name in
      guard let metric = metric(name.value, task: task, classes: classes) else {
        let known = Metric.names(for: task, classes: classes)
        throw CellFailure(
          "'\(name.value)' is no metric of a \(task.rawValue) task with these classes",
          hint: Suggestion.hint(for: name.value, among: known),
          field: "metrics"
        )
      }
      return metric
    }
    for metric in metrics { try rows.require(metric) }
    return metrics
  }

  private func standard(_ rows: EvaluationRows) -> [Metric] {
    let task = rows.cases.task
    if task == .ranking { return rankingMetrics }
    if task == .forecasting {
      let levels = rows.cases.forecasts?.levels ?? []
      return Metric.catalogue(for: task).members
        + levels.compactMap { Metric.named(Metric.coverageName($0), task: task) }
    }
    let plain = Metric.catalogue(for: task).members
    guard task == .multiclass, average != nil else { return plain }
    return MetricRequest.averagable.compactMap { metric($0, task: task, classes: []) } + plain
  }

  /// The paths of the metrics' values.
  var patterns: [[String]] {
    guard !names.isEmpty else {
      let plain =
        MetricRequest.tasks.flatMap { Metric.catalogue(for: $0).names }
        + (lengths.isEmpty ? [] : rankingMetrics.map { $0.name }) + extra
      return (plain + (average == nil ? [] : MetricRequest.averagable)).map { [$0] }
    }
    return names.map { MetricRequest.segments($0.value) }
  }

  /// A metric's name as segments of a path: `class.LABEL.NAME` is three, all others one.
  static func segments(_ name: String) -> [String] {
    guard name.hasPrefix("class."),
      let end = Metric.classMetricNames.first(where: { name.hasSuffix(".\($0)") })
    else { return [name] }
    var label = String(name.dropFirst(6).dropLast(end.count + 1))
    if label.count > 1, label.hasPrefix("\""), label.hasSuffix("\"") {
      label = String(label.dropFirst().dropLast())
        .replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    }
    return ["class", label, end]
  }
}
