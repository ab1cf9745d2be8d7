import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// How well a model does on the rows of now, over time, beside the reference.
struct PerformanceReport {
  /// Rows of neighbouring times.
  struct Slice {
    /// The first and the last time, as people read them.
    var from: String
    var to: String
    /// The middle of the two, along the chart.
    var place: Double
    var rows: Int
    var value: Double?
    var interval: ConfidenceInterval?
  }

  /// Resamples behind each interval, and the level that they have.
  static let (resamples, level) = (1_000, 0.95)

  let metric: Metric
  /// Nil where undefined, as of the rows of now.
  let reference: Double?
  let current: Double?
  /// The column of times; nil where there is none to slice by.
  let time: String?
  /// What lies along the chart's lower edge.
  let axis: String
  let slices: [Slice]
  /// How many rows of now have no label yet.
  let unlabelled: Int

  /// Nil where the rows of now have no labels and nobody asks for a metric.
  init?(
    _ recipe: PerformanceRecipe,
    _ trained: TrainedModel,
    reference: (dataset: Dataset, rows: [Int], predictions: Predictions),
    current: (dataset: Dataset, rows: [Int], predictions: Predictions),
    in workshop: Workshop
  ) throws {
    let task = trained.task.measured
    let isAsked = recipe.metric != nil || recipe.time != nil
    guard [.binary, .multiclass, .regression].contains(task) else {
      guard isAsked else { return nil }
      throw CellFailure(
        "the performance of a \(trained.task.rawValue) model is not followed over time",
        field: recipe.metric == nil ? "time" : "metric"
      )
    }
    guard let now = try PerformanceReport.labelled(trained, current, field: "current") else {
      guard isAsked else { return nil }
      throw CellFailure(
        "the rows of now have no labels to measure performance by",
        hint: "name the dataset's 'target', or leave 'metric' and 'time' out",
        field: "current"
      )
    }
    let known = Metric.catalogue(for: task).members
    let chosen =
      try recipe.metric.map { name -> Metric in
        if let metric = Metric.named(name.value, task: task, classes: trained.classes) {
          return metric
        }
        throw CellFailure(
          "'\(name.value)' is no metric of a \(task.rawValue) task",
          hint: Suggestion.hint(for: name.value, among: known.map { $0.name }),
          field: "metric"
        )
      } ?? Evaluation.headline(known).map { known[$0] }
    guard let chosen else { return nil }
    metric = chosen
    unlabelled = current.rows.count - now.rows.count
    self.current = chosen.value(Sample(now.cases))
    self.reference = try PerformanceReport.labelled(trained, reference, field: "reference")
      .flatMap { chosen.value(Sample($0.cases)) }
    let name = recipe.time?.value ?? current.dataset.time
    guard let name else {
      (time, axis, slices) = (nil, "", [])
      return
    }
    guard let column = current.dataset.table[name], let times = column.numbers else {
      throw CellFailure("'\(name)' holds no times to slice by", field: "time")
    }
    time = name
    let clock = SliceClock(column, now.rows.map { times[$0] }, most: recipe.slices)
    axis = clock.axis
    slices = clock.slices.enumerated().map { index, slice in
      let sample = Sample(now.cases.rows(slice.rows))
      let interval = Bootstrap(
        level: PerformanceReport.level,
        resamples: PerformanceReport.resamples
      )
      .intervals(
        of: [chosen],
        sample: sample,
        threads: workshop.threads
      ) { workshop.random(for: "slice \(index)", index: $0) }[0]
      return Slice(
        from: slice.from,
        to: slice.to,
        place: slice.place,
        rows: slice.rows.count,
        value: chosen.value(sample),
        interval: interval
      )
    }
  }

  /// Whether the last slice's whole interval is worse than the reference; nil where either is
  /// unknown.
  var fell: Bool? {
    guard let reference, let interval = slices.last?.interval else { return nil }
    return metric.direction == .maximize
      ? interval.high < reference
      : metric.direction == .minimize ? interval.low > reference : nil
  }

  /// The rows that have a label, and the cases that they make; nil where none has.
  private static func labelled(
    _ trained: TrainedModel,
    _ side: (dataset: Dataset, rows: [Int], predictions: Predictions),
    field: String
  ) throws -> (cases: Cases, rows: [Int])? {
    guard side.dataset.target != nil, let all = side.dataset.labels(of: side.rows) else {
      return nil
    }
    let hasLabel: (Int) -> Bool
    switch all {
    case .classes(let values): hasLabel = { values[$0] >= 0 }
    case .numbers(let values): hasLabel = { !values[$0].isNaN }
    case .absent: return nil
    }
    let weights = side.dataset.weights(of: side.rows)
    let kept = side.rows.indices.filter { hasLabel($0) && (weights?[$0] ?? 1) > 0 }
    if kept.isEmpty { return nil }
    let rows = kept.map { side.rows[$0] }
    let cases = try AuditInput.cases(
      labels: AuditInput.labels(of: rows, in: side.dataset, as: trained.classes),
      predictions: side.predictions.rows(kept),
      weights: weights.map { all in kept.map { all[$0] } },
      classes: trained.classes,
      origin: "the data of '\(field)'",
      field: field
    )
    return (cases, rows)
  }
}

extension Predictions {
  /// The predictions of some rows.
  fileprivate func rows(_ kept: [Int]) -> Predictions {
    switch self {
    case .binary(let scores): return .binary(scores: kept.map { scores[$0] })
    case .regression(let values): return .regression(kept.map { values[$0] })
    case .multiclass(let all, let width):
      return .multiclass(
        probabilities: kept.flatMap { all[$0 * width..<($0 + 1) * width] },
        classes: width
      )
    case .clusters(let values, let count, let centres):
      return .clusters(kept.map { values[$0] }, count: count, centres: centres)
    case .forecasts(let values, let beside):
      return .forecasts(kept.map { values[$0] }, beside.rows(kept))
    }
  }
}
