import ColophonCore
import ColophonEvaluation

extension DriftKind {
  /// The tests that are made where a cell names none.
  private static let standardTests = ["psi", "ks", "chi2", "js"]

  static func tests(_ fields: inout FieldReader) -> [DriftTest] {
    let written = fields.strings(
      "tests",
      of: driftTests.names,
      "What is computed of each column: `psi`, `ks` (numbers), `chi2`, `js`, `wasserstein` (numbers); "
        + "by default the first four. A column has drifted where a size (psi, js, wasserstein) is "
        + "beyond its threshold and, if ks or chi2 are among the tests, one of them rules chance out."
    ).map { $0.value }
    let names = written.isEmpty ? standardTests : written
    fields.resolve("tests", to: .array(names.map { .string($0) }))
    return driftTests.members.filter { names.contains($0.name) }
  }

  /// `threshold: 0.25` for the index, or a map from test to bound.
  static func bounds(_ fields: inout FieldReader, _ tests: [DriftTest]) -> [String: Double] {
    let number = FieldType.number(.above(0))
    guard
      let node = fields.node(
        "threshold",
        .union([number, .map(number)]),
        "The size from which a column counts as moved: a number for `psi` (or for the only test), or "
          + "a map from test to bound. By default psi 0.25, js 0.175, wasserstein 0.1 standard "
          + "deviations, and for ks and chi2 a corrected p-value below 0.05."
      )
    else { return [:] }
    guard let entries = node.entries else {
      let test = tests.count == 1 ? tests[0] : tests.first { $0.name == "psi" } ?? tests.first
      guard let test, let bound = bound(node, test, &fields) else { return [:] }
      return [test.name: bound]
    }
    var bounds: [String: Double] = [:]
    for entry in entries {
      guard let test = tests.first(where: { $0.name == entry.key }) else {
        fields.report(.driftTestUnasked(entry, asked: tests.map { $0.name }))
        continue
      }
      bounds[test.name] = bound(entry.value, test, &fields)
    }
    return bounds
  }

  private static func bound(
    _ node: Node,
    _ test: DriftTest,
    _ fields: inout FieldReader
  ) -> Double? {
    let isChance = test.measure == .chance
    guard let number = node.value.asNumber, number > 0, number.isFinite, !isChance || number < 1
    else {
      fields.report(.driftBound(node, isChance: isChance))
      return nil
    }
    return number
  }
}

/// How a model's performance is followed over the rows of now.
struct PerformanceRecipe: Sendable {
  let metric: Located<String>?
  let time: Located<String>?
  let slices: Int

  init(reading fields: inout FieldReader) {
    let written = fields.string(
      "metric",
      "The metric that is followed where the rows of now have labels; by default the task's first."
    )
    if let written,
      !MetricRequest.tasks.contains(where: { Metric.named(written.value, task: $0) != nil })
    {
      fields.report(
        .unknownMetric(written, among: MetricRequest.tasks.flatMap { Metric.names(for: $0) })
      )
      metric = nil
    } else {
      metric = written
    }
    time = fields.string(
      "time",
      "The column by which the rows of now are sliced; by default the dataset's own `time`."
    )
    slices = fields.integer(
      "slices",
      in: 2...200,
      default: 8,
      "Into how many slices of equal size time is cut; a column of up to 24 different times has a "
        + "slice for each."
    )
  }
}
