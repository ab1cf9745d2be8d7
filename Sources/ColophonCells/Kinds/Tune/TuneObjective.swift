package import ColophonCore
package import ColophonData
import ColophonEvaluation
package import ColophonTuning

/// What a tuning makes best.
package struct TuneObjective: Sendable {
  /// On which rows it is measured.
  package enum Rows: Hashable, Sendable {
    case split(Split)
    /// The held-out rows of each fold; the mean counts.
    case folds
    /// Whatever rows the script has measured.
    case script
  }

  /// As it is written.
  package var text: Located<String>
  package var rows: Rows
  /// The metric's name alone.
  package var metric: Located<String>
  package var direction: Direction
}

extension FieldReader {
  /// `objective: {metric: validation:NAME, type: Maximize | Minimize}`.
  mutating func tuneObjective(of template: TuneTemplate.Reading?) -> TuneObjective? {
    let found = section(
      "objective",
      required: true,
      "The metric that is made best, and which of its values are better."
    ) { fields -> TuneObjective? in
      let text = fields.string(
        "metric",
        required: true,
        "SPLIT:METRIC, such as validation:roc_auc; folds:METRIC for a crossvalidate cell; for a script "
          + "a name from its metric_definitions."
      )
      let type = fields.choice(
        "type",
        of: Direction.allCases.map { $0.rawValue },
        required: true,
        "Which values are better."
      )
      guard let text, let type, let direction = Direction(rawValue: type.value), let template
      else { return nil }
      guard let (rows, metric) = fields.measured(text, template) else { return nil }
      let objective = TuneObjective(
        text: text,
        rows: rows,
        metric: metric,
        direction: direction
      )
      if let known = objective.knownDirection, known != direction {
        fields.report(.direction(metric.value, known, at: type.position))
      }
      return objective
    }
    return found ?? nil
  }

  private mutating func measured(
    _ text: Located<String>,
    _ template: TuneTemplate.Reading
  ) -> (TuneObjective.Rows, Located<String>)? {
    if let script = template.train.script {
      let names = script.metrics.map { $0.name }
      if names.contains(text.value) { return (.script, text) }
      report(.unknownScriptMetric(text, among: names))
      return nil
    }
    let parts = text.value.split(separator: ":", maxSplits: 1).map { String($0) }
    guard parts.count == 2 else {
      report(.objectiveForm(text, isFolded: template.folds != nil))
      return nil
    }
    let metric = Located(parts[1], at: text.position.advanced(by: parts[0].utf8.count + 1))
    if parts[0] == Split.test.rawValue {
      report(.objectiveOnTest(text))
      return nil
    }
    guard TrainMetrics.isKnown(parts[1]) else {
      report(.unknownMetric(metric))
      return nil
    }
    if template.folds != nil {
      guard parts[0] == "folds" else {
        report(.objectiveForm(text, isFolded: true))
        return nil
      }
      return (.folds, metric)
    }
    guard let split = Split(rawValue: parts[0]) else {
      report(.objectiveForm(text, isFolded: false))
      return nil
    }
    return (.split(split), metric)
  }
}

extension TuneObjective {
  /// Words of a script's own metric that tell which values are better.
  private static let words: [Direction: Set<String>] = [
    .minimize: ["loss", "rmse", "mse", "mae", "mape", "error", "err", "logloss"],
    .maximize: ["accuracy", "acc", "auc", "f1", "r2", "precision", "recall", "ndcg", "map"],
  ]

  /// Which values are better, where the metric itself says so.
  var knownDirection: Direction? {
    if rows == .script {
      let last = metric.value.split { ":_-. ".contains($0) }.last.map { $0.lowercased() } ?? ""
      return Direction.allCases.first { TuneObjective.words[$0]?.contains(last) == true }
    }
    let metrics = TrainMetrics.tasks.compactMap { Metric.named(metric.value, task: $0) }
    let found = Set(metrics.map { $0.direction })
    guard found.count == 1, let one = found.first else { return nil }
    switch one {
    case .maximize: return .maximize
    case .minimize: return .minimize
    case .nearZero: return nil
    }
  }
}
