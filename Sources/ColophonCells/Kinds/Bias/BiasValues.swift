import ColophonCore
import ColophonEvaluation

/// What value paths lead to in a bias cell.
enum BiasValues {
  /// What is known of a group of rows.
  static func rates(hasPredictions: Bool) -> [String] {
    ["rows", "share", "positive_rate"]
      + (hasPredictions
        ? ["acceptance_rate", "accuracy", "recall", "specificity", "precision"] : [])
  }

  static func values(_ audit: BiasAudit) -> [String: Value] {
    var values: [String: Value] = [
      "rows": .integer(audit.rows.count), "left_out": .integer(audit.leftOut),
    ]
    var intervals: [String: Value] = [:]
    for stage in BiasMetric.Stage.allCases {
      let measures = audit.measures.filter { $0.metric.stage == stage }
      if measures.isEmpty { continue }
      values[stage.rawValue] = .object(
        Dictionary(uniqueKeysWithValues: measures.map { ($0.metric.name, number($0.value)) })
      )
      intervals[stage.rawValue] = .object(
        Dictionary(
          uniqueKeysWithValues: measures.map { measure in
            (
              measure.metric.name,
              ["low": number(measure.interval?.low), "high": number(measure.interval?.high)]
            )
          }
        )
      )
    }
    values["ci"] = .object(intervals)
    if audit.counts.hasPredictions {
      values["four_fifths"] = audit.holdsFourFifths.map { .boolean($0) } ?? .null
    }
    values["group"] = [
      "disadvantaged": line(audit.groups[0], audit), "others": line(audit.groups[1], audit),
    ]
    values["value"] = .object(
      Dictionary(uniqueKeysWithValues: audit.values.map { ($0.name, line($0, audit)) })
    )
    return values
  }

  private static func line(_ line: BiasAudit.Line, _ audit: BiasAudit) -> Value {
    let rates = BiasValues.rates(hasPredictions: audit.counts.hasPredictions)
    var members = Dictionary(
      uniqueKeysWithValues: rates.map { ($0, number(rate($0, line.counts, audit))) }
    )
    if let rows = Int(exactly: line.counts.rows) { members["rows"] = .integer(rows) }
    return .object(members)
  }

  /// One of the rates by its name; nil where its denominator is 0.
  static func rate(_ name: String, _ counts: BiasCounts.Group, _ audit: BiasAudit) -> Double? {
    func share(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }
    switch name {
    case "rows": return counts.rows
    case "share": return share(counts.rows, audit.counts.all.rows)
    case "positive_rate": return share(counts.positive, counts.rows)
    case "acceptance_rate": return share(counts.accepted, counts.rows)
    case "accuracy": return share(counts.truePositive + counts.trueNegative, counts.rows)
    case "recall": return share(counts.truePositive, counts.positive)
    case "specificity": return share(counts.trueNegative, counts.negative)
    case "precision": return share(counts.truePositive, counts.accepted)
    default: return nil
    }
  }

  private static func number(_ value: Double?) -> Value { value.map { .number($0) } ?? .null }
}
