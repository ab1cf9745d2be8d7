import ColophonCore
import ColophonData
import ColophonLearning
import ColophonReport

/// What cross-validation says: values for prose and conditions, exhibits and advice for the reader.
struct CrossValidationReport {
  let cell: CrossValidateKind
  let dataset: Dataset
  let folds: [Fold]
  let result: CrossValidationResult

  init(
    _ cell: CrossValidateKind,
    _ dataset: Dataset,
    _ folds: [Fold],
    _ result: CrossValidationResult
  ) {
    self.cell = cell
    self.dataset = dataset
    self.folds = folds
    self.result = result
  }

  var scheme: FoldScheme { cell.scheme(dataset) }

  var outcome: Outcome {
    Outcome(
      artifact: result.outOfFold,
      values: values,
      exhibits: exhibits,
      advice: advice
    )
  }

  // MARK: Values

  /// `METRIC.mean`, `.std`, `.pooled` and `.folds[i]`; a class's metric under `class.LABEL`; and how
  /// many rows each fold learned from and held out.
  private var values: [String: Value] {
    var values: [String: Value] = [
      "rows": .integer(dataset.rows(of: .train).count), "fold_count": .integer(folds.count),
      "fold_rows": [
        "trained": .array(folds.map { .integer($0.train.count) }),
        "held": .array(folds.map { .integer($0.held.count) }),
      ],
    ]
    var classes: [String: [String: Value]] = [:]
    for summary in result.summaries {
      let value = Value.object([
        "mean": number(summary.mean), "std": number(summary.deviation),
        "pooled": number(summary.pooled), "folds": .array(summary.folds.map { number($0) }),
      ])
      if let (label, name) = TrainReport.classMetric(summary.metric, dataset.classes) {
        classes[label, default: [:]][name] = value
      } else {
        values[summary.metric] = value
      }
    }
    if !classes.isEmpty { values["class"] = .object(classes.mapValues { .object($0) }) }
    return values
  }

  private func number(_ value: Double?) -> Value { value.map { .number($0) } ?? .null }

  // MARK: Advice

  /// The share below which a class is rare.
  private static let rare = 0.2
  /// From how many rows on leaving one out is a waste.
  private static let many = 1_000

  private var advice: [Advice] {
    [stratify, largeLeaveOneOut, spread].compactMap { $0 }
  }

  private var stratify: Advice? {
    guard scheme == .kfold, dataset.task.isClassification else { return nil }
    let counts = dataset.classCounts(in: dataset.rows(of: .train))
    let total = counts.reduce(0, +)
    guard total > 0, let rarest = counts.indices.min(by: { counts[$0] < counts[$1] }) else {
      return nil
    }
    let share = Double(counts[rarest]) / Double(total)
    guard share < CrossValidationReport.rare else { return nil }
    return Advice(
      "eval.stratify",
      "the folds are drawn at random while only \(DecimalText.fixed(share * 100, decimals: 1)) % of "
        + "the rows are '\(dataset.classes[rarest])'",
      hint: "take 'scheme: stratified', so that every fold has the classes' shares",
      field: "scheme"
    )
  }

  private var largeLeaveOneOut: Advice? {
    guard scheme == .leaveOneOut, folds.count >= CrossValidationReport.many else { return nil }
    return Advice(
      "eval.loo-large",
      "leave-one-out trains \(DecimalText.grouped(String(folds.count))) models, and tells hardly "
        + "more than ten folds would",
      hint: "take 'scheme: kfold' or 'stratified' with 'folds: 10'",
      field: "scheme"
    )
  }

  /// Where the first metric differs much between folds: its standard deviation is above a twentieth
  /// of a bounded metric's range, or above a quarter of an unbounded one's mean.
  private var spread: Advice? {
    guard scheme != .leaveOneOut, let first = result.summaries.first, let mean = first.mean,
      let deviation = first.deviation, let bound = spreadBound(first.metric, mean),
      deviation > bound
    else { return nil }
    let known = first.folds.compactMap { $0 }
    return Advice(
      "eval.fold-spread",
      "\(first.metric) goes from \(short(known.min() ?? mean)) to \(short(known.max() ?? mean)) over "
        + "the folds (standard deviation \(short(deviation))): a smaller difference between two "
        + "models says little",
      hint: "compare models on the same folds, or take more rows",
      field: cell.metrics.isEmpty ? "train" : "metrics"
    )
  }

  private func spreadBound(_ name: String, _ mean: Double) -> Double? {
    let range = TrainMetrics.range(of: name, dataset)
    guard let range else { return nil }
    return range.lower.isFinite && range.upper.isFinite
      ? (range.upper - range.lower) / 20 : mean.magnitude / 4
  }

  func short(_ value: Double) -> String { DecimalText.general(value, digits: 4) }
}
