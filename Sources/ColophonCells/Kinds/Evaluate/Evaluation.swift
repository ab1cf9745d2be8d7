import ColophonCore
import ColophonData
import ColophonEvaluation

/// What evaluating some rows found; its values and pictures are made of this alone.
struct Evaluation {
  /// A metric's value on some rows.
  struct Measure {
    var metric: Metric
    var value: Double?
    var interval: ConfidenceInterval?
  }

  /// The metrics of the rows that share a value of a column.
  struct Slice {
    var column: String
    var value: String
    var rows: Int
    var measures: [Measure]
  }

  let rows: EvaluationRows
  /// The rows at the threshold that was chosen.
  let sample: Sample
  let rule: ThresholdRule
  /// For binary rows.
  let threshold: ThresholdChoice?
  let measures: [Measure]
  /// For several classes where no metrics were asked for: what holds of each class, by class.
  let classMeasures: [[Measure]]
  let slices: [Slice]
  /// The metrics whose intervals were sought in every slice.
  let boundedInSlices: [Int]
  let confidence: ConfidenceRecipe?

  init(
    _ rows: EvaluationRows,
    request: MetricRequest,
    threshold rule: ThresholdRule,
    confidence: ConfidenceRecipe?,
    threads: Int,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) throws {
    self.rows = rows
    self.rule = rule
    self.confidence = confidence
    threshold = try Evaluation.threshold(rows, rule)
    let cases = rows.cases
    let sample = Sample(cases, threshold: threshold?.threshold ?? 0.5, options: request.options)
    self.sample = sample
    let metrics = try request.metrics(for: rows)
    if confidence?.method == .delong { try Evaluation.checkDeLong(cases) }
    if confidence != nil, !metrics.isEmpty, metrics.allSatisfy({ $0.isQuadratic }) {
      throw CellFailure(Diagnostic.noInterval(of: metrics[0].name), field: "confidence")
    }
    if confidence != nil, let message = Evaluation.loneUnit(cases) {
      throw CellFailure(message, field: "confidence")
    }
    let intervals = confidence.map {
      Evaluation.intervals($0, metrics, sample, threads: threads) { stream("bootstrap", $0) }
    }
    measures = metrics.indices.map { index in
      Measure(
        metric: metrics[index],
        value: metrics[index].value(sample),
        interval: intervals?[index]
      )
    }
    classMeasures = request.names.isEmpty ? Evaluation.byClass(rows, sample) : []
    // Of what was not asked for by name, one metric stands for all.
    let chosen =
      request.names.isEmpty
      ? Evaluation.headline(metrics, isBounded: confidence != nil).map { [$0] } ?? []
      : Array(metrics.indices)
    boundedInSlices = confidence == nil ? [] : chosen
    slices = rows.slicings.flatMap { slicing in
      slicing.values.map { label, positions in
        let part = Sample(
          cases.rows(positions),
          threshold: sample.threshold,
          options: request.options
        )
        let intervals = confidence.map { recipe in
          Evaluation.intervals(recipe, chosen.map { metrics[$0] }, part, threads: threads) {
            stream("bootstrap \(slicing.column)=\(label)", $0)
          }
        }
        return Slice(
          column: slicing.column,
          value: label,
          rows: positions.count,
          measures: metrics.enumerated().map { index, metric in
            Measure(
              metric: metric,
              value: metric.value(part),
              interval: chosen.firstIndex(of: index).flatMap { intervals?[$0] }
            )
          }
        )
      }
    }
  }

  /// Why rows that all belong together have no intervals; nil where there are several units.
  static func loneUnit(_ cases: Cases) -> String? {
    guard let units = cases.units, units.count < 2 else { return nil }
    let unit = cases.task == .ranking ? "query" : "series"
    return "intervals need more than one \(unit), since rows of one are drawn together"
  }

  /// The metric that stands for all.
  var headline: Int? {
    Evaluation.headline(measures.map { $0.metric }, isBounded: confidence != nil)
  }

  /// The first of those that most readers look for, else the first; where intervals are asked for,
  /// one that can have them.
  static func headline(_ metrics: [Metric], isBounded: Bool = false) -> Int? {
    let known = [
      "roc_auc", "macro_roc_auc", "accuracy", "rmse", "ndcg_10", "ndcg_all", "silhouette",
      "adjusted_rand", "davies_bouldin",
    ]
    for name in known {
      if let index = metrics.firstIndex(where: {
        $0.name == name && !(isBounded && $0.isQuadratic)
      }) {
        return index
      }
    }
    return metrics.isEmpty ? nil : 0
  }

  private static func threshold(
    _ rows: EvaluationRows,
    _ rule: ThresholdRule
  ) throws -> ThresholdChoice? {
    guard rows.cases.task == .binary else {
      if case .fixed = rule { return nil }
      throw CellFailure("only a binary task has a threshold to choose", field: "threshold")
    }
    guard let choice = ThresholdSweep(Sample(rows.cases))?.choose(rule) else {
      throw CellFailure(
        "no threshold can be chosen: the metric is undefined at every one",
        field: "threshold"
      )
    }
    return choice
  }

  private static func checkDeLong(_ cases: Cases) throws {
    if cases.task != .binary {
      throw CellFailure("DeLong's interval is for binary tasks", field: "confidence")
    }
    if cases.weights != nil {
      throw CellFailure(
        "DeLong's interval has no weighted form",
        hint: "take 'method: bootstrap'",
        field: "confidence"
      )
    }
  }

  private static func intervals(
    _ recipe: ConfidenceRecipe,
    _ metrics: [Metric],
    _ sample: Sample,
    threads: Int,
    stream: @escaping @Sendable (Int) -> RandomStream
  ) -> [ConfidenceInterval?] {
    switch recipe.method {
    case .bootstrap:
      // Rows drawn twice lie in one place, which distances between rows would take for a cluster.
      let places = metrics.indices.filter { !metrics[$0].isQuadratic }
      let found = Bootstrap(
        kind: recipe.bounds == "percentile" ? .percentile : .bca,
        level: recipe.level,
        resamples: recipe.resamples
      ).intervals(
        of: places.map { metrics[$0] },
        sample: sample,
        threads: threads,
        stream: stream
      )
      return metrics.indices.map { index in
        places.firstIndex(of: index).flatMap { found[$0] }
      }
    case .delong:
      let analysis = DeLong(sample)
      let interval =
        recipe.bounds == "logit"
        ? analysis?.logit(level: recipe.level) : analysis?.plain(level: recipe.level)
      return metrics.map { metric in
        guard let interval else { return nil }
        switch metric.name {
        case "roc_auc": return interval
        case "gini":
          return ConfidenceInterval(low: 2 * interval.low - 1, high: 2 * interval.high - 1)
        default: return nil
        }
      }
    }
  }

  private static func byClass(_ rows: EvaluationRows, _ sample: Sample) -> [[Measure]] {
    guard rows.cases.task == .multiclass else { return [] }
    return rows.cases.classes.enumerated().map { position, label in
      Metric.classMetricNames.compactMap { Metric.ofClass(position, label, $0) }
        .filter { rows.allows($0) }.map { Measure(metric: $0, value: $0.value(sample)) }
    }
  }
}
