import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// Which metrics a train cell measures, and under which value paths.
enum TrainMetrics {
  static let tasks: [Task] = [
    .binary, .multiclass, .regression, .ranking, .clustering, .forecasting,
  ]

  /// Whether some task has a metric of that name; a class's metric is known with the data.
  static func isKnown(_ name: String) -> Bool {
    name.hasPrefix("class.") || tasks.contains { Metric.named(name, task: $0) != nil }
  }

  /// The metrics measured after each round and shown first where none is named.
  static func headline(_ task: Task) -> [String] {
    switch task.measured {
    case .binary: ["log_loss", "roc_auc", "accuracy"]
    case .multiclass: ["log_loss", "accuracy"]
    case .clustering: ["inertia"]
    case .ranking: ["ndcg_10", "map_all"]
    case .forecasting: ["wql", "mase"]
    default: ["rmse", "mae"]
    }
  }

  /// The metrics of the table where none is named.
  static func table(_ task: Task) -> [String] {
    switch task.measured {
    case .binary:
      headline(task) + ["balanced_accuracy", "precision", "recall", "f1", "pr_auc", "brier"]
    case .multiclass:
      headline(task) + ["balanced_accuracy", "macro_f1", "weighted_f1", "macro_roc_auc"]
    case .clustering: Metric.names(for: task)
    case .ranking: headline(task) + ["ndcg_all", "mrr", "precision_10", "recall_10", "hit_1"]
    case .forecasting:
      headline(task) + ["rmse", "smape", "wape", "interval_coverage", "interval_width"]
    default: headline(task) + ["mse", "median_absolute_error", "r2"]
    }
  }

  /// Whether a metric that nobody named is worth its while on a dataset.
  static func suits(_ metric: Metric, _ dataset: Dataset) -> Bool {
    if metric.need == .reference, dataset.target == nil { return false }
    return !metric.isQuadratic
      || Split.allCases.allSatisfy { dataset.rows(of: $0).count <= Metric.quadraticLimit }
  }

  /// The values that a metric of a dataset's task can take.
  static func range(of name: String, _ dataset: Dataset) -> Interval? {
    Metric.named(name, task: dataset.task, classes: dataset.classes)?.range
  }

  /// How a metric of a dataset's task is printed in tables.
  static func format(of name: String, _ dataset: Dataset) -> NumberFormat {
    Metric.named(name, task: dataset.task, classes: dataset.classes)?.format ?? .general(4)
  }

  /// The named metrics that the task does not have.
  static func unknown(_ metrics: [Located<String>], task: Task) -> [Diagnostic] {
    metrics.filter {
      !$0.value.hasPrefix("class.") && Metric.named($0.value, task: task) == nil
    }.map { .unknownMetric($0, task: task) }
  }

  /// The metrics of some names for a dataset.
  ///
  /// - Throws: `CellFailure` for a name that the task does not have.
  static func resolve(_ names: [String], _ dataset: Dataset, field: String) throws -> [Metric] {
    try names.map { name in
      guard let metric = Metric.named(name, task: dataset.task, classes: dataset.classes) else {
        let known = Metric.names(for: dataset.task, classes: dataset.classes)
        throw CellFailure(
          "'\(name)' is no metric of the task '\(dataset.task.rawValue)'",
          hint: Suggestion.hint(for: name, among: known),
          field: field
        )
      }
      return metric
    }
  }

  /// Where the metrics of a cell will stand: its named ones, else all of every task.
  static func paths(_ names: [String], _ rule: EarlyStopping?) -> [PathPattern] {
    names.isEmpty ? allPaths : somePaths(names, rule)
  }

  private static let allPaths = somePaths([], nil)

  private static func somePaths(_ names: [String], _ rule: EarlyStopping?) -> [PathPattern] {
    let all =
      names.isEmpty
      ? tasks.flatMap { Metric.names(for: $0) } : names + [rule?.metric].compactMap { $0 }
    var seen: Set<String> = []
    let plain = all.filter { !$0.hasPrefix("class.") && seen.insert($0).inserted }
    let ofClass: [PathPattern] =
      names.isEmpty || all.contains { $0.hasPrefix("class.") }
      ? ["{train,validation,test}.class.*.*"] : []
    let quoted = plain.filter { !$0.contains(".") }.joined(separator: ",")
    let exact = plain.filter { $0.contains(".") }.flatMap { name in
      Split.allCases.map { PathPattern(exactly: [$0.rawValue, name]) }
    }
    return [PathPattern("{train,validation,test}.{\(quoted)}")] + exact + ofClass
  }
}
