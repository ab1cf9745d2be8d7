import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonMath

/// Rows of one kind, of which any number can be drawn, and the metrics whose intervals are tried on
/// them.
private struct Family: Sendable {
  let name: String
  let task: Task
  let metrics: [String]
  /// How many rows (queries, series) a sample has.
  let sizes: [Int]
  /// How many the truth is taken from.
  let many: Int
  let make: @Sendable (inout RandomStream, Int) -> Cases?
}

extension EvaluationStudy {
  /// 95 % bootstrap intervals of metrics of every task, whose truth is their value on many rows.
  static func familyCoverage(_ table: inout StudyTable) {
    for family in kinds {
      var stream = RandomStream(root: 14, cell: "study", purpose: "truth \(family.name)")
      guard let all = family.make(&stream, family.many) else { continue }
      let metrics = family.metrics.compactMap { Metric.named($0, task: family.task) }
      let truths = metrics.map { $0.value(Sample(all)) ?? .nan }
      for size in family.sizes { cover(family, metrics, truths, size, &table) }
    }
  }

  private static func cover(
    _ family: Family,
    _ metrics: [Metric],
    _ truths: [Double],
    _ size: Int,
    _ table: inout StudyTable
  ) {
    let kinds = [Bootstrap.Kind.percentile, .bca]
    let found = simulate("\(family.name) \(size)") { stream, index -> [[ConfidenceInterval?]] in
      guard let cases = family.make(&stream, size) else { return [] }
      return kinds.map { kind in
        Bootstrap(kind: kind, resamples: 500).intervals(
          of: metrics,
          sample: Sample(cases),
          stream: EvaluationStudy.stream(index)
        )
      }
    }
    for (m, metric) in metrics.enumerated() {
      add(
        metric.name,
        kinds.map { "bootstrap \($0.rawValue)" },
        size,
        nil,
        truths[m],
        found.map { kinds in kinds.map { $0[m] } },
        of: family.name,
        &table
      )
    }
  }

  private static let kinds: [Family] = [
    Family(
      name: "calibrated scores",
      task: .binary,
      metrics: ["pr_auc", "ks", "f1", "mcc", "log_loss", "brier", "ece"],
      sizes: [200],
      many: 1_000_000,
      make: calibrated
    ),
    Family(
      name: "three classes",
      task: .multiclass,
      metrics: ["accuracy", "macro_f1", "kappa", "macro_roc_auc", "log_loss"],
      sizes: [200],
      many: 300_000,
      make: threeClasses
    ),
    Family(
      name: "numbers",
      task: .regression,
      metrics: ["mae", "r2", "spearman", "mape", "median_absolute_error"],
      sizes: [100],
      many: 300_000,
      make: numbers
    ),
    Family(
      name: "queries",
      task: .ranking,
      metrics: ["ndcg_5", "mrr"],
      sizes: [40],
      many: 40_000,
      make: queries
    ),
    Family(
      name: "series",
      task: .forecasting,
      metrics: ["rmse", "wape"],
      sizes: [30],
      many: 30_000,
      make: series
    ),
    Family(
      name: "clusters",
      task: .clustering,
      // Inertia and Calinski and Harabasz's index grow with the rows, and have no truth to hold.
      metrics: ["davies_bouldin", "adjusted_rand", "purity"],
      sizes: [200],
      many: 200_000,
      make: clusters
    ),
  ]

  /// Scores that are the very chances of the rows, a third of them positive.
  private static let calibrated: @Sendable (inout RandomStream, Int) -> Cases? = { stream, count in
    var (labels, scores): ([Int32], [Double]) = ([], [])
    for _ in 0..<count {
      let chance = 1 / (1 + Elementary.exp(1 - 1.5 * stream.standardNormal()))
      scores.append(chance)
      labels.append(stream.uniform() < chance ? 1 : 0)
    }
    return try? Cases(labels: .classes(labels), predictions: .binary(scores: scores))
  }

  private static let threeClasses: @Sendable (inout RandomStream, Int) -> Cases? = {
    stream,
    count in
    var (labels, probabilities): ([Int32], [Double]) = ([], [])
    for _ in 0..<count {
      let raw = (0..<3).map { _ in Elementary.exp(1.2 * stream.standardNormal()) }
      let total = raw.reduce(0, +)
      let draw = stream.uniform() * total
      labels.append(draw < raw[0] ? 0 : draw < raw[0] + raw[1] ? 1 : 2)
      probabilities += raw.map { $0 / total }
    }
    return try? Cases(
      labels: .classes(labels),
      predictions: .multiclass(probabilities: probabilities, classes: 3)
    )
  }

  private static let numbers: @Sendable (inout RandomStream, Int) -> Cases? = { stream, count in
    var (actual, predicted): ([Double], [Double]) = ([], [])
    for _ in 0..<count {
      let value = 3 + stream.uniform() * 4
      actual.append(value)
      predicted.append(value + 0.8 * stream.standardNormal())
    }
    return try? Cases(labels: .numbers(actual), predictions: .regression(predicted))
  }

  /// Queries of ten rows, some easy and some hard.
  private static let queries: @Sendable (inout RandomStream, Int) -> Cases? = { stream, count in
    var (relevance, scores, query): ([Double], [Double], [Int32]) = ([], [], [])
    for number in 0..<count {
      let ease = 2 * stream.uniform()
      for _ in 0..<10 {
        let worth = Double(stream.uniform() < 0.3 ? 1 + stream.integer(below: 2) : 0)
        relevance.append(worth)
        scores.append(ease * worth + stream.standardNormal())
        query.append(Int32(number))
      }
    }
    return try? Cases(
      labels: .numbers(relevance),
      predictions: .regression(scores),
      queries: query
    )
  }

  /// Series of twelve rows whose errors go together, as those of a level that was missed do.
  private static let series: @Sendable (inout RandomStream, Int) -> Cases? = { stream, count in
    var (actual, predicted): ([Double], [Double]) = ([], [])
    for _ in 0..<count {
      let missed = stream.standardNormal()
      for step in 0..<12 {
        let value = 10 + Double(step % 4)
        actual.append(value)
        predicted.append(value + missed + 0.4 * stream.standardNormal())
      }
    }
    return try? Cases(
      labels: .numbers(actual),
      predictions: .regression(predicted),
      forecasts: Forecasts(
        series: (0..<count * 12).map { Int32($0 / 12) },
        steps: (0..<count * 12).map { Int32($0 % 12) }
      )
    )
  }

  /// Three clusters that were found before, and classes that agree with them in four rows of five.
  private static let clusters: @Sendable (inout RandomStream, Int) -> Cases? = { stream, count in
    var (points, labels, assigned): ([Double], [Int32], [Int32]) = ([], [], [])
    for _ in 0..<count {
      let cluster = Int32(stream.integer(below: 3))
      for j in 0..<2 {
        points.append((Int(cluster) == j ? 3 : 0) + stream.standardNormal())
      }
      assigned.append(cluster)
      labels.append(stream.uniform() < 0.8 ? cluster : Int32(stream.integer(below: 3)))
    }
    return try? Cases(
      labels: .classes(labels),
      predictions: .clusters(assigned, count: 3),
      classes: ["a", "b", "c"],
      features: FeatureMatrix(names: ["x", "y"], rows: count, values: points)
    )
  }
}
