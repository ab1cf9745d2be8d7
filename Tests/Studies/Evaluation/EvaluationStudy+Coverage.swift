import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonMath

extension EvaluationStudy {
  /// 95 % intervals over sizes and shares of positives.
  static func coverage() throws {
    var table = coverageTable("evaluation-coverage")
    for (rows, positives) in [(50, 25), (50, 5), (200, 100), (200, 20), (1_000, 500), (1_000, 20)] {
      area(rows, positives, &table)
      accuracy(rows, positives, &table)
    }
    for rows in [20, 50, 200, 1_000] { rootError(rows, &table) }
    try table.write()
  }

  /// 95 % intervals of metrics of every task, and of the difference of two models.
  static func families() throws {
    var table = coverageTable("evaluation-families")
    familyCoverage(&table)
    for (rows, positives) in [(200, 100), (1_000, 500)] { differences(rows, positives, &table) }
    try table.write()
  }

  private static func coverageTable(_ name: String) -> StudyTable {
    StudyTable(
      name,
      columns: [
        "metric", "of", "method", "rows", "positives", "truth", "nominal", "coverage",
        "monte_carlo_error", "mean_width", "undefined",
      ]
    )
  }

  private typealias Bounds = [ConfidenceInterval?]

  private static func area(_ rows: Int, _ positives: Int, _ table: inout StudyTable) {
    let shift = 1.2
    let truth = Normal().cumulative(at: shift / 2.0.squareRoot())
    let found = simulate("area \(rows) \(positives)") { stream, index -> Bounds in
      let made = scores(&stream, positives: positives, negatives: rows - positives, shift: shift)
      guard
        let cases = try? Cases(
          labels: .classes(made.labels),
          predictions: .binary(scores: made.scores)
        ), let metric = Metric.named("roc_auc", task: .binary)
      else { return [] }
      let sample = Sample(cases)
      let analysis = DeLong(sample)
      return [analysis?.plain(), analysis?.logit()] + bootstraps(metric, sample, index)
    }
    add(
      "roc_auc",
      ["delong plain", "delong logit"] + names,
      rows,
      positives,
      truth,
      found,
      of: normal,
      &table
    )
  }

  private static func accuracy(_ rows: Int, _ positives: Int, _ table: inout StudyTable) {
    // At a threshold of 0.6 a share Φ(0.6) of either class is right.
    let truth = Normal().cumulative(at: 0.6)
    let found = simulate("accuracy \(rows) \(positives)") { stream, index -> Bounds in
      let made = scores(&stream, positives: positives, negatives: rows - positives, shift: 1.2)
      guard
        let cases = try? Cases(
          labels: .classes(made.labels),
          predictions: .binary(scores: made.scores)
        ), let metric = Metric.named("accuracy", task: .binary)
      else { return [] }
      return bootstraps(metric, Sample(cases, threshold: 0.6), index)
    }
    add("accuracy", names, rows, positives, truth, found, of: normal, &table)
  }

  /// Errors of a skewed distribution: exponential, less their mean; the root mean square is 1.
  private static func rootError(_ rows: Int, _ table: inout StudyTable) {
    let found = simulate("rmse \(rows)") { stream, index -> Bounds in
      let errors = (0..<rows).map { _ in -Elementary.log(stream.uniformAboveZero()) - 1 }
      guard
        let cases = try? Cases(
          labels: .numbers(Array(repeating: 0, count: rows)),
          predictions: .regression(errors)
        ), let metric = Metric.named("rmse", task: .regression)
      else { return [] }
      return bootstraps(metric, Sample(cases), index)
    }
    add("rmse", names, rows, nil, 1, found, of: "skewed errors", &table)
  }

  private static let normal = "normal scores"

  private static let names = ["bootstrap percentile", "bootstrap bca"]

  private static func bootstraps(_ metric: Metric, _ sample: Sample, _ index: Int) -> Bounds {
    [Bootstrap.Kind.percentile, .bca].map { kind in
      Bootstrap(kind: kind, resamples: 500).intervals(
        of: [metric],
        sample: sample,
        stream: stream(index)
      )[0]
    }
  }

  /// A line for each method; an interval that is missing counts neither way and is told of.
  static func add(
    _ metric: String,
    _ methods: [String],
    _ rows: Int,
    _ positives: Int?,
    _ truth: Double,
    _ found: [[ConfidenceInterval?]],
    of family: String,
    _ table: inout StudyTable
  ) {
    for (place, method) in methods.enumerated() {
      let known = found.compactMap { $0.indices.contains(place) ? $0[place] : nil }
      let hits = known.count { $0.low <= truth && truth <= $0.high }
      let width = known.reduce(0) { $0 + $1.high - $1.low } / Double(max(known.count, 1))
      table.add(
        [
          metric, family, method, "\(rows)", positives.map { "\($0)" } ?? "", fixed(truth, 4),
          "0.95",
        ] + share(hits, of: known.count).texts + [
          fixed(width, 4), "\(repetitions - known.count)",
        ]
      )
    }
  }
}
