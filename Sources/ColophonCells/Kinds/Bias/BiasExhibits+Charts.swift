import ColophonCore
import ColophonEvaluation
import ColophonReport

extension BiasExhibits {
  /// How often each group gets the good outcome, with the line of four fifths of the others' rate.
  static func selection(_ audit: BiasAudit) -> Exhibit {
    let isPredicted = audit.counts.hasPredictions
    func rate(_ group: BiasCounts.Group) -> Double {
      (isPredicted ? group.accepted : group.positive) / group.rows
    }
    let others = rate(audit.counts.others)
    let lines = audit.values.isEmpty ? audit.groups : audit.groups + audit.values
    let groups = lines.map { line in
      GroupedBarChart.Group(
        line.name,
        [rate(line.counts)],
        note: "\(count(line.counts.rows)) rows"
      )
    }
    let short = audit.values.filter { rate($0.counts) < 0.8 * others }.map { $0.name }
    let verdict =
      short.isEmpty
      ? "" : " Short of the line: \(short.joined(separator: ", "))."
    return .chart(
      .groupedBar(
        GroupedBarChart(
          ChartText(
            isPredicted
              ? "How often each group is accepted" : "How often each group is labelled good",
            "The share of each group with the outcome “\(audit.outcome)”: "
              + "\(percent(rate(audit.counts.disadvantaged))) of the group whose "
              + "\(audit.facet.words), \(percent(others)) of all others." + verdict,
            note: "The four-fifths line stands at 0.8 of the others’ rate: a group whose bar ends "
              + "short of it is accepted less than four fifths as often." + verdict
          ),
          axis: ChartAxis(
            isPredicted ? "share accepted" : "share labelled good",
            lower: 0,
            format: .percent(0)
          ),
          series: [isPredicted ? "accepted" : "labelled good"],
          groups: groups,
          rules: [ChartRule(.vertical, at: 0.8 * others, "four fifths of the others’ rate")]
        )
      )
    )
  }

  /// Of those who should be accepted, and of those who should not, how many are, by group.
  static func errors(_ audit: BiasAudit) -> Exhibit? {
    let lines = audit.values.isEmpty ? audit.groups : audit.groups + audit.values
    let groups = lines.map { line in
      GroupedBarChart.Group(
        line.name,
        [
          line.counts.positive > 0 ? line.counts.truePositive / line.counts.positive : nil,
          line.counts.negative > 0 ? line.counts.falsePositive / line.counts.negative : nil,
        ]
      )
    }
    return .chart(
      .groupedBar(
        GroupedBarChart(
          ChartText(
            "Rightly and wrongly accepted",
            "For each group the share accepted of those whose label is good, and of those whose label "
              + "is not.",
            note:
              "Where the groups’ labels differ, unequal acceptance alone is no proof of unequal "
              + "treatment; unequal shares here are a stronger sign."
          ),
          axis: ChartAxis("share accepted", lower: 0, format: .percent(0)),
          series: ["labelled good", "labelled otherwise"],
          groups: groups
        )
      )
    )
  }

  /// All differences of the two groups on one scale, 0 being alike.
  static func differences(_ audit: BiasAudit) -> Exhibit? {
    let items = audit.measures.compactMap { measure -> IntervalChart.Item? in
      guard measure.metric.parity == 0, measure.metric.below != nil,
        measure.metric.range == .closed(-1, 1), let value = measure.value
      else { return nil }
      return IntervalChart.Item(
        measure.metric.name,
        value,
        low: measure.interval?.low,
        high: measure.interval?.high,
        note: short(measure.metric)
      )
    }
    if items.isEmpty { return nil }
    let clear = items.filter { ($0.low ?? 0) > 0 || ($0.high ?? 0) < 0 }.map { $0.label }
    return .chart(
      .interval(
        IntervalChart(
          ChartText(
            "Every difference on one scale",
            "Differences between the groups with their intervals; 0 is both alike. "
              + (clear.isEmpty
                ? "Every interval holds 0." : "Clear of 0: \(clear.joined(separator: ", "))."),
            note: "Right of 0 the group has fewer rows (CI) or fares worse (DPL, DPPL, RD, DAR, "
              + "AD, CDDL, CDDPL), but in SD, DRR and FT better; the table says it for each value."
          ),
          axis: ChartAxis("difference"),
          items: items,
          rules: [ChartRule(.vertical, at: 0, "both alike")]
        )
      )
    )
  }

  /// A few words beside a metric's name.
  private static func short(_ metric: BiasMetric) -> String {
    switch metric.name {
    case "CI": "rows"
    case "DPL": "good labels"
    case "CDDL": "good labels, within"
    case "DPPL": "acceptance"
    case "CDDPL": "acceptance, within"
    case "SD": "specificity"
    case "RD": "recall"
    case "DAR": "right acceptances"
    case "DRR": "right rejections"
    case "AD": "accuracy"
    case "FT": "against neighbours"
    default: metric.title.lowercased()
    }
  }
}
