import ColophonCore
import ColophonEvaluation
import ColophonReport

extension BiasExhibits {
  /// Counts and rates of the two groups, and of each value of the facet.
  static func groups(_ audit: BiasAudit) -> TableExhibit {
    let hasPredictions = audit.counts.hasPredictions
    var columns = [
      TableColumn(audit.facet.column.value), TableColumn("rows", .numeric),
      TableColumn("labelled good", .numeric),
    ]
    if hasPredictions {
      columns += ["predicted good", "accuracy", "recall", "specificity", "precision"].map {
        TableColumn($0, .numeric)
      }
      columns += ["TP", "FP", "FN", "TN"].map { TableColumn($0, .numeric) }
    }
    let rows = (audit.groups + audit.values).map { line -> [TableCell] in
      func rate(_ name: String) -> TableCell {
        number(BiasValues.rate(name, line.counts, audit), .percent(1))
      }
      var cells: [TableCell] = [
        .text(line.name), .number(line.counts.rows, .thousands), rate("positive_rate"),
      ]
      guard hasPredictions else { return cells }
      cells += ["acceptance_rate", "accuracy", "recall", "specificity", "precision"].map(rate)
      let counts = line.counts
      return cells
        + [counts.truePositive, counts.falsePositive, counts.falseNegative, counts.trueNegative]
        .map { .number($0, .thousands) }
    }
    return TableExhibit(
      caption: "Groups" + (hasPredictions ? ": rates and confusion counts" : ""),
      columns: columns,
      rows: rows,
      isSortable: false
    )
  }

  /// Each metric with its interval and what its direction says; undefined ones with their reason.
  static func metrics(_ audit: BiasAudit, _ stage: BiasMetric.Stage) -> TableExhibit? {
    let measures = audit.measures.filter { $0.metric.stage == stage }
    if measures.isEmpty { return nil }
    let title =
      stage == .pre ? "Labels (pre-training metrics)" : "Predictions (post-training metrics)"
    return TableExhibit(
      caption: "\(title). \(audit.intervals.words)",
      columns: [
        TableColumn("metric"), TableColumn("what it is"), TableColumn("value", .numeric),
        TableColumn("low", .numeric), TableColumn("high", .numeric), TableColumn("it says"),
      ],
      rows: measures.map { measure in
        [
          .code(measure.metric.name), .text(measure.metric.title), number(measure.value),
          number(measure.interval?.low), number(measure.interval?.high),
          .text(says(measure)),
        ]
      },
      isSortable: false
    )
  }

  private static func says(_ measure: BiasAudit.Measure) -> String {
    let isFlip = measure.metric.need == .neighbours && measure.interval != nil
    return direction(measure) + (isFlip ? "; the bounds are percentiles about the value" : "")
  }

  private static func direction(_ measure: BiasAudit.Measure) -> String {
    guard let value = measure.value else { return "undefined: \(measure.reason ?? "")" }
    let words = measure.metric.words(value)
    guard value != measure.metric.parity, measure.metric.below != nil,
      let interval = measure.interval, interval.low <= measure.metric.parity,
      interval.high >= measure.metric.parity
    else { return words }
    return words + "; the interval holds “both alike”"
  }
}
