import ColophonCore
package import ColophonData
package import ColophonEvaluation

/// A metric read as a loss: less is better.
package struct RuleLoss: Hashable, Sendable {
  package var metric: String
  /// For a metric that is to be maximised its greatest value, from which it is taken.
  package var ceiling: Double?

  /// The loss of a metric; nil where it has no direction or no bound.
  package init?(_ metric: Metric) {
    self.metric = metric.name
    switch metric.direction {
    case .minimize: ceiling = nil
    case .maximize:
      guard metric.range.upper.isFinite else { return nil }
      ceiling = metric.range.upper
    case .nearZero: return nil
    }
  }

  package func of(_ value: Double) -> Double { ceiling.map { $0 - value } ?? value }

  /// How it is called in messages.
  package var words: String { ceiling.map { "\(shortest($0)) - \(metric)" } ?? metric }

  private func shortest(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  /// What the rules watch where the author names no metric; nil for a task without labels.
  package static func name(for task: Task) -> String? {
    switch task {
    case .binary, .multiclass, .text: "log_loss"
    case .regression, .forecasting: "rmse"
    case .ranking: "ndcg"
    case .clustering: nil
    }
  }
}

/// What the rules know of a job before its first round.
package struct RuleSubject: Sendable {
  package var task: Task
  package var classes: [String]
  /// How many training rows are of each class; empty where there are no classes.
  package var classCounts: [Int]
  package var rows: Int
  /// The losses of the metrics that are measured, by name.
  package var losses: [String: RuleLoss]
  /// The loss on the training rows of always predicting the classes' shares, or the mean.
  package var baselines: [String: Double]

  package init(
    task: Task,
    classes: [String] = [],
    classCounts: [Int] = [],
    rows: Int,
    losses: [RuleLoss] = [],
    baselines: [String: Double] = [:]
  ) {
    self.task = task
    self.classes = classes
    self.classCounts = classCounts
    self.rows = rows
    self.losses = Dictionary(losses.map { ($0.metric, $0) }) { first, _ in first }
    self.baselines = baselines
  }

  /// What is known of some training rows that metrics are measured on.
  package init(_ rows: TrainingRows, task: Task, classes: [String], metrics: [Metric]) {
    var counts: [Int] = []
    if case .classes(let labels) = rows.labels {
      counts = [Int](repeating: 0, count: classes.count)
      for label in labels where classes.indices.contains(Int(label)) { counts[Int(label)] += 1 }
    }
    let constant = RuleSubject.constant(rows, task: task, classes: classes)
    var baselines: [String: Double] = [:]
    for metric in metrics {
      guard let loss = RuleLoss(metric), let constant else { continue }
      let value = metric.value(
        labels: rows.labels,
        predictions: constant,
        weights: rows.weights,
        classes: classes
      )
      baselines[metric.name] = value.map { loss.of($0) }
    }
    self.init(
      task: task,
      classes: classes,
      classCounts: counts,
      rows: rows.labels.count,
      losses: metrics.compactMap { RuleLoss($0) },
      baselines: baselines
    )
  }

  /// The loss of a metric, or of the task's own where none is named.
  package func loss(_ named: String?) -> RuleLoss? {
    (named ?? RuleLoss.name(for: task)).flatMap { losses[$0] }
  }

  /// The same prediction for every row: the weighted shares of the classes, or the weighted mean,
  /// rows added in their order.
  private static func constant(
    _ rows: TrainingRows,
    task: Task,
    classes: [String]
  ) -> Predictions? {
    let count = rows.labels.count
    let weights = rows.weights ?? [Double](repeating: 1, count: count)
    let total = weights.reduce(0, +)
    guard count > 0, total > 0 else { return nil }
    switch (rows.labels, task) {
    case (.numbers(let values), .regression):
      let sum = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
      return .regression([Double](repeating: sum / total, count: count))
    case (.classes(let labels), .binary), (.classes(let labels), .multiclass),
      (.classes(let labels), .text):
      var shares = [Double](repeating: 0, count: max(classes.count, 2))
      for (label, weight) in zip(labels, weights) where shares.indices.contains(Int(label)) {
        shares[Int(label)] += weight / total
      }
      if task == .binary {
        return .binary(scores: [Double](repeating: min(1, shares[1]), count: count))
      }
      let all = (0..<count).flatMap { _ in shares }
      return .multiclass(probabilities: all, classes: classes.count)
    default: return nil
    }
  }
}
