import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// The wording of what can be wrong with a train cell.
extension Diagnostic {
  static func unknownMetric(_ name: Located<String>, task: Task? = nil) -> Diagnostic {
    let tasks = task.map { [$0] } ?? TrainMetrics.tasks
    let known = tasks.flatMap { Metric.names(for: $0) }
    return Diagnostic(
      .error,
      "train.unknown-metric",
      at: name.position,
      length: name.value.utf8.count,
      "'\(name.value)' is no metric" + (task.map { " of the task '\($0.rawValue)'" } ?? ""),
      hint: Suggestion.hint(for: name.value, among: known)
    )
  }

  static func watchedForm(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "train.early-stopping",
      at: text.position,
      length: text.value.utf8.count,
      "'\(text.value)' is not of the form SPLIT:METRIC",
      hint: "such as validation:roc_auc"
    )
  }

  static func stoppingOnTest(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      .advice,
      "eval.test-reused",
      at: text.position,
      length: text.value.utf8.count,
      "early stopping reads the test split, so the test metrics are no longer of unseen rows",
      hint: "watch the validation split"
    )
  }

  static func nothingToStop(_ algorithm: String, at position: SourcePosition) -> Diagnostic {
    let fault = TrainingFault.nothingToStop(algorithm)
    return Diagnostic(.error, fault.code, at: position, fault.message, hint: fault.hint)
  }
}
