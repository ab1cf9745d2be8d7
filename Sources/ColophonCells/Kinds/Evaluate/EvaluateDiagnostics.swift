import ColophonCore
import ColophonData
import ColophonEvaluation

/// The wording of what is found in an evaluate cell before it runs.
extension Diagnostic {
  static func loneUnit(_ message: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "evaluate.lone-unit", at: position, message)
  }

  static func unknownMetric(_ name: Located<String>, among known: [String]) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.unknown-metric",
      at: name.position,
      length: name.value.utf8.count,
      "'\(name.value)' is no metric",
      hint: metricHint(name.value, among: known)
    )
  }

  static func metricOfOtherTask(_ name: Located<String>, task: Task) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.metric-of-other-task",
      at: name.position,
      length: name.value.utf8.count,
      "'\(name.value)' is no metric of a \(task.rawValue) task",
      hint: metricHint(name.value, among: Metric.names(for: task))
    )
  }

  static func averageMissing(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.average-missing",
      at: name.position,
      length: name.value.utf8.count,
      "'\(name.value)' of several classes can be joined in three ways",
      hint:
        "write 'macro_\(name.value)', 'micro_\(name.value)' or 'weighted_\(name.value)', or set "
        + "'average'"
    )
  }

  static func noSource(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.source",
      at: position,
      "an evaluate cell needs a 'model' or a file of 'predictions'",
      hint: "name a train or tune cell: 'model: NAME'"
    )
  }

  static func twoSources(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.source",
      at: position,
      "an evaluate cell takes a 'model' or a file of 'predictions', not both"
    )
  }

  static func onlyWithModel(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.source",
      at: position,
      length: field.utf8.count,
      "'\(field)' has no meaning for a file of predictions, all of whose rows are evaluated"
    )
  }

  static func thresholdForm(_ node: Node) -> Diagnostic {
    .wrongType(
      "threshold",
      expected:
        "a number, '{maximize: METRIC}' or '{cost: {false_positive: X, false_negative: Y}}'",
      found: node
    )
  }

  static func thresholdMetric(_ node: Node) -> Diagnostic {
    let known = Metric.catalogue(for: .binary).members
      .filter { $0.ofCounts != nil && $0.direction == .maximize }.map { $0.name }
    let exists = Metric.named(node.text, task: .binary) != nil
    return Diagnostic(
      .error,
      "evaluate.threshold-metric",
      at: node.position,
      length: node.length,
      exists
        ? "a threshold can't maximize '\(node.text)'" : "'\(node.text)' is no metric",
      hint: Suggestion.nearest(to: node.text, among: known).map { "did you mean '\($0)'?" }
        ?? "a threshold can maximize \(known.joined(separator: ", "))"
    )
  }

  static func onePrediction(_ found: [String], at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.predictions",
      at: position,
      found.isEmpty
        ? "'predictions' needs one of 'score', 'prediction', 'probabilities', 'quantiles' and 'cluster'"
        : "'predictions' takes only one of \(found.map { "'\($0)'" }.joined(separator: ", "))"
    )
  }

  /// `what` has a meaning for two classes alone.
  static func binaryAlone(_ what: String, _ task: Task, _ position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.binary-alone",
      at: position,
      "'\(what)' is for binary tasks, and the data's is \(task.rawValue)",
      hint: "leave it out"
        + (what == "threshold"
          ? ": the likeliest class is predicted" : ", or take 'method: bootstrap'")
    )
  }

  /// Why a metric of distances between rows has no bootstrap interval.
  static func noInterval(of name: String) -> String {
    "'\(name)' has no interval: rows drawn twice lie in one place and would look like a tight "
      + "cluster"
  }

  static func noIntervals(of name: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.no-intervals",
      at: name.position,
      length: name.value.utf8.count,
      noInterval(of: name.value),
      hint: "name other metrics beside it, or leave 'confidence' out"
    )
  }

  static func clusterFeatures(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.predictions",
      at: position,
      "'features' and 'cluster' go together: the columns that were clustered, and the column of "
        + "clusters"
    )
  }

  static func unweightedInterval(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.unweighted-interval",
      at: position,
      "DeLong's interval has no weighted form, and the rows have a weight",
      hint: "take 'method: bootstrap'"
    )
  }

  static func lengthForm(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.at",
      at: text.position,
      length: text.value.utf8.count,
      "'at' takes whole numbers from 1 and the word all, not '\(text.value)'"
    )
  }

  static func rankingAlone(_ task: Task, _ position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.ranking-alone",
      at: position,
      "'at' is for rankings, and the data's task is \(task.rawValue)",
      hint: "leave it out"
    )
  }

  static func quantileLevel(_ entry: Node.Entry) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.quantile",
      at: entry.keyPosition,
      length: entry.key.utf8.count,
      "'quantiles' takes levels between 0 and 1, each once, not '\(entry.key)'",
      hint: "write '0.9: COLUMN' for the forecast that 90 % of the values should stay below"
    )
  }

  static func noPointForecast(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.predictions",
      at: position,
      "forecasts need a 'prediction' or the quantile 0.5, whose errors are measured"
    )
  }

  static func onlyOfForecasts(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.forecasting-alone",
      at: position,
      "'\(field)' is for forecasts, and these predictions are none",
      hint: "name the 'quantiles', or say 'task: forecasting'"
    )
  }

  static func noSuchQuantile(_ name: Located<String>, levels: [Double]) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.quantile",
      at: name.position,
      length: name.value.utf8.count,
      "'\(name.value)' asks for a quantile that was not forecast",
      hint: levels.isEmpty
        ? "name the columns of 'quantiles'"
        : "there are \(levels.map { Metric.coverageName($0) }.joined(separator: ", "))"
    )
  }

  static func noHistory(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.history",
      at: name.position,
      length: name.value.utf8.count,
      "'mase' measures against the series' past, and the cell names none",
      hint: "name the file of the training rows as 'history'"
    )
  }

  static func notYet(_ field: String, _ what: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.not-yet",
      at: position,
      length: field.utf8.count,
      "'\(field)' belongs to \(what), which this version does not evaluate"
    )
  }

  /// What an author of other tools' names most likely means, else the nearest name.
  private static func metricHint(_ name: String, among known: [String]) -> String? {
    let others = [
      "auc": "roc_auc", "auroc": "roc_auc", "aucpr": "pr_auc", "average_precision": "pr_auc",
      "logloss": "log_loss", "mlogloss": "log_loss", "cross_entropy": "log_loss", "tpr": "recall",
      "sensitivity": "recall", "tnr": "specificity", "ppv": "precision", "r_squared": "r2",
      "mean_squared_error": "mse", "mean_absolute_error": "mae", "f1_score": "f1",
      "matthews": "mcc", "cohen_kappa": "kappa", "brier_score": "brier",
    ]
    if let ours = others[name.lowercased()] { return "it is called '\(ours)' here" }
    return Suggestion.hint(for: name, among: known)
  }
}
