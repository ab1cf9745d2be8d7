import ColophonCore
import ColophonEvaluation

extension DriftReport {
  /// What value paths lead to.
  var values: [String: Value] {
    var values: [String: Value] = [
      "rows": ["reference": .integer(sides[0].rows), "current": .integer(sides[1].rows)],
      "drifted": .boolean(!analysis.drifted.isEmpty),
      "drifted_columns": .integer(columns.count { $0.isDrifted }),
      "compared_columns": .integer(columns.count),
    ]
    for verdict in columns where !DriftReport.ownNames.contains(verdict.column) {
      values[verdict.column] = DriftReport.value(verdict)
    }
    if let prediction { values["prediction"] = DriftReport.value(prediction) }
    if let performance { values["performance"] = DriftReport.value(performance) }
    return values
  }

  private static func value(_ verdict: DriftAnalysis.Verdict) -> Value {
    var members: [String: Value] = ["drifted": .boolean(verdict.isDrifted)]
    var (plain, adjusted): ([String: Value], [String: Value]) = ([:], [:])
    for finding in verdict.findings {
      let name = finding.test.name
      members[name] = number(finding.reading?.value)
      guard finding.test.measure == .chance else { continue }
      plain[name] = number(finding.reading?.pValue)
      adjusted[name] = number(finding.adjusted)
    }
    if !plain.isEmpty {
      members["p"] = .object(plain)
      members["adjusted"] = .object(adjusted)
    }
    return .object(members)
  }

  private static func value(_ performance: PerformanceReport) -> Value {
    [
      "metric": .string(performance.metric.name), "reference": number(performance.reference),
      "current": number(performance.current),
      "fell": performance.fell.map { .boolean($0) } ?? .null,
      "slices": .array(
        performance.slices.map { slice in
          [
            "from": .string(slice.from), "to": .string(slice.to), "rows": .integer(slice.rows),
            "value": number(slice.value), "low": number(slice.interval?.low),
            "high": number(slice.interval?.high),
          ]
        }
      ),
    ]
  }

  private static func number(_ value: Double?) -> Value { value.map { .number($0) } ?? .null }
}
