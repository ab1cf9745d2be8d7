import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonReport

/// What a finished job says: values for prose and conditions, exhibits for the reader.
struct TrainReport {
  let job: Trainer.Outcome
  let metrics: [Metric]
  /// The metrics of the table.
  let shown: [String]
  let rule: EarlyStopping?
  /// The metrics whose curves are shown; nil for all that were measured after each round.
  var curved: [String]?
  /// What there is to say where the job went on from a model.
  var continuation: TrainContinuation?
  /// Time and cost on a virtual machine, where one is named.
  let billing: RentalReport?

  init(
    _ job: Trainer.Outcome,
    metrics: [Metric],
    shown: [String],
    rule: EarlyStopping?,
    rental: Rental = Rental()
  ) {
    billing = job.bill.map {
      RentalReport(bill: $0, rental: rental, rounds: job.result.rounds)
    }
    self.job = job
    self.metrics = metrics
    self.shown = shown
    self.rule = rule
  }

  var splits: [Split] { Split.allCases.filter { job.rowCounts[$0] != nil } }

  /// The splits that the report shows.
  ///
  /// Where there are validation rows the test rows are measured for `test.METRIC`, but not shown
  /// here: who chooses a model should not see them.
  var shownSplits: [Split] {
    splits.contains(.validation) ? splits.filter { $0 != .test } : splits
  }

  func outcome() throws -> ColophonCells.Outcome {
    let model = job.trained.model
    var values = scoreValues
    values["epochs"] = .integer(job.result.rounds)
    values["best_epoch"] = .integer(job.result.keptRound)
    let bytes = try job.trained.encoded()
    values["model"] = .string(Digest(of: bytes).description)
    values["parameters"] = .integer(model.parameterCount)
    if let linear = model.coefficients { values.merge(coefficientValues(linear)) { _, new in new } }
    values.merge(watchingValues) { _, new in new }
    values.merge(continuation?.values ?? [:]) { _, new in new }
    values.merge(billing?.values ?? [:]) { _, new in new }
    values.merge(job.result.values) { own, _ in own }
    let first = [Exhibit.facts(facts + modelFacts(bytes)), notices, curves, ruleTable]
    let parts =
      first.compactMap { $0 } + foundCurves + (model.predictsRows ? [scoreTable] : [])
      + (billing?.exhibits ?? []) + figures + (try modelExhibits()) + [signatureTable]
    return Outcome(artifact: job.trained, values: values, exhibits: parts)
  }

  // MARK: Values

  /// `SPLIT.METRIC`, a class's metric as `SPLIT.class.LABEL.METRIC`.
  private var scoreValues: [String: Value] {
    var values: [String: Value] = [:]
    for split in splits {
      var members: [String: Value] = [:]
      var classes: [String: [String: Value]] = [:]
      for (metric, score) in zip(metrics, job.scores[split] ?? []) {
        let value = score.map { Value.number($0) } ?? .null
        if let (label, name) = TrainReport.classMetric(metric.name, job.trained.classes) {
          classes[label, default: [:]][name] = value
        } else {
          members[metric.name] = value
        }
      }
      if !classes.isEmpty { members["class"] = .object(classes.mapValues { .object($0) }) }
      values[split.rawValue] = .object(members)
    }
    return values
  }

  /// The label and the metric of `class.LABEL.METRIC`.
  static func classMetric(_ name: String, _ classes: [String]) -> (label: String, name: String)? {
    guard name.hasPrefix("class."), let dot = name.lastIndex(of: ".") else { return nil }
    let start = name.index(name.startIndex, offsetBy: 6)
    guard start < dot else { return nil }
    let written = String(name[start..<dot])
    let label = classes.first { $0 == written || ValuePath.quoted($0) == written } ?? written
    return (label, String(name[name.index(after: dot)...]))
  }

  /// `coefficients.FEATURE` and `intercept`; with several outputs each by its class first.
  private func coefficientValues(_ linear: LinearCoefficients) -> [String: Value] {
    func row(_ output: Int) -> Value {
      let pairs = linear.features.indices.map {
        (linear.features[$0], Value.number(linear[output, $0]))
      }
      return .object(Dictionary(pairs) { first, _ in first })
    }
    if linear.outputs.count == 1 {
      return ["coefficients": row(0), "intercept": .number(linear.intercepts[0])]
    }
    let outputs = linear.outputs.indices
    return [
      "coefficients": .object(
        Dictionary(outputs.map { (linear.outputs[$0], row($0)) }) { first, _ in first }
      ),
      "intercept": .object(
        Dictionary(outputs.map { (linear.outputs[$0], .number(linear.intercepts[$0])) }) {
          first,
          _ in first
        }
      ),
    ]
  }
}
