import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

/// What holds for every metric of every task.
@Suite struct EveryMetric {
  static let rows: [Task: Rows] = [
    .binary: binaryRows(7, 120, share: 0.35, levels: 15),
    .multiclass: classRows(8, 120, classes: 3, levels: 5),
    .regression: numberRows(9, 120, from: 3, levels: 4), .clustering: clusterRows(10, 120),
  ]
  static let all: [(task: Task, name: String)] = [
    Task.binary, .multiclass, .regression, .clustering,
  ].flatMap { task in
    let parametric =
      task == .multiclass
      ? ["top_2_accuracy", "class.c1.precision", "class.c1.roc_auc", "class.c2.pr_auc"]
      : task == .regression ? ["quantile_0.9"] : []
    return (Metric.catalogue(for: task).names + parametric).map { (task, $0) }
  }

  private func metric(_ task: Task, _ name: String) throws -> (Metric, Rows) {
    let rows = try #require(Self.rows[task])
    return (try #require(Metric.named(name, task: task, classes: rows.classes)), rows)
  }

  private func value(_ metric: Metric, _ rows: Rows) -> Double? {
    metric.value(
      labels: rows.labels,
      predictions: rows.predictions,
      weights: rows.weights,
      classes: rows.classes,
      features: rows.features
    )
  }

  @Test(arguments: all)
  func countsARowOfWeightTwoAsTwoRows(task: Task, name: String) throws {
    let (metric, rows) = try metric(task, name)
    let weights = (0..<120).map { Double($0 % 4 == 0 ? 2 : 1) }
    let twice = (0..<120).flatMap { $0 % 4 == 0 ? [$0, $0] : [$0] }
    let weighted = value(metric, rows.picked(Array(0..<120), weights: weights))
    #expect(weighted != nil)
    #expect(agree(weighted, value(metric, rows.picked(twice))))
  }

  @Test(arguments: all)
  func countsARowOfWeightZeroAsNone(task: Task, name: String) throws {
    let (metric, rows) = try metric(task, name)
    let weights = (0..<120).map { Double($0 % 3 == 0 ? 0 : 1) }
    let rest = (0..<120).filter { $0 % 3 != 0 }
    let weighted = value(metric, rows.picked(Array(0..<120), weights: weights))
    // Exactly: such rows are left out before anything is computed.
    #expect(weighted == value(metric, rows.picked(rest)))
  }

  @Test(arguments: all)
  func staysWithinRowsOfWeightZeroInAResample(task: Task, name: String) throws {
    let (metric, rows) = try metric(task, name)
    let rest = (0..<120).filter { $0 % 3 != 0 }
    let replicates = Bootstrap(resamples: 3).replicates(
      of: [metric],
      sample: Sample(try rows.cases())
    ) { .init(root: 5, cell: "law", purpose: "bootstrap", index: $0) }
    #expect(replicates[0].allSatisfy { $0 != nil })
    let smaller = try rows.picked(rest).cases()
    #expect(metric.value(Sample(smaller)) != nil)
  }

  @Test(arguments: all)
  func doesNotDependOnTheOrderOfRows(task: Task, name: String) throws {
    let (metric, rows) = try metric(task, name)
    let turned = (0..<120).map { ($0 * 49 + 7) % 120 }
    #expect(agree(value(metric, rows), value(metric, rows.picked(turned))))
  }

  @Test(arguments: all)
  func liesWithinItsRange(task: Task, name: String) throws {
    let (metric, rows) = try metric(task, name)
    let found = value(metric, rows)
    #expect(found.map { metric.range.contains($0) } == true)
    #expect(metric.name == name)
  }

  @Test(arguments: all)
  func isMissingWhereThereAreNoRows(task: Task, name: String) throws {
    let (metric, rows) = try metric(task, name)
    #expect(value(metric, rows.picked([])) == nil)
  }

  @Test(arguments: all)
  func isMissingForRowsThatCannotBeEvaluated(task: Task, name: String) throws {
    let (metric, rows) = try metric(task, name)
    var broken = rows
    switch rows.predictions {
    case .binary(var scores):
      scores[3] = .nan
      broken.predictions = .binary(scores: scores)
    case .multiclass(var p, let k):
      p[3] = .nan
      broken.predictions = .multiclass(probabilities: p, classes: k)
    case .regression(var values):
      values[3] = .infinity
      broken.predictions = .regression(values)
    case .forecasts(var values, let beside):
      values[3] = .infinity
      broken.predictions = .forecasts(values, beside)
    case .clusters: broken.features?.values[3] = .nan
    }
    #expect(value(metric, broken) == nil)
  }

  @Test(arguments: all)
  func explainsItself(task: Task, name: String) throws {
    let (metric, _) = try metric(task, name)
    #expect(metric.summary.hasSuffix("."))
    #expect(!metric.formula.isEmpty)
    #expect(metric.task == task)
  }

  /// Fuzz: few rows, extreme values; nothing crashes and nothing is NaN.
  @Test(arguments: all)
  func isNeverNaN(task: Task, name: String) throws {
    let (metric, rows) = try metric(task, name)
    var u = Congruential(state: 77)
    for count in 1...40 {
      let picked = (0..<count % 6 + 1).map { _ in Int(u.next() * 120) }
      var few = rows.picked(picked)
      if case .regression(let values) = few.predictions, count % 2 == 0 {
        few.predictions = .regression(values.map { ($0 - 5) * 1e300 })
      }
      if case .binary(let scores) = few.predictions {
        few.predictions = .binary(scores: scores.map { $0 < 0.4 ? 0 : $0 > 0.6 ? 1 : $0 })
      }
      #expect(value(metric, few)?.isNaN != true)
    }
  }
}
