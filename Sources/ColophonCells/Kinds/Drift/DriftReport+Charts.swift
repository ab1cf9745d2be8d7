import ColophonCore
import ColophonEvaluation
import ColophonReport

extension DriftReport {
  /// How many levels are drawn.
  private static let levels = 12
  /// How many bins a histogram has.
  private static let bins = 24

  /// A column's distribution in the reference and now, as shares; nil where there is nothing.
  func picture(_ verdict: DriftAnalysis.Verdict) -> Exhibit? {
    switch verdict.pair.values {
    case .numbers(let before, let after):
      return histogram(verdict, before, after).map { .chart(.histogram($0)) }
    case .levels(let levels): return bars(verdict, levels).map { .chart(.groupedBar($0)) }
    }
  }

  private func text(_ verdict: DriftAnalysis.Verdict, _ description: String) -> ChartText {
    let missing = verdict.pair.missing
    let isMissing = missing.reference > 0 || missing.current > 0
    let percent = [missing.reference, missing.current].map {
      DecimalText.fixed($0 * 100, decimals: 1) + "\u{202F}%"
    }
    return ChartText(
      verdict.column + (verdict.isDrifted ? ": drifted" : ""),
      description,
      note: isMissing ? "Missing: \(percent[0]) in the reference, \(percent[1]) now." : nil
    )
  }

  private func histogram(
    _ verdict: DriftAnalysis.Verdict,
    _ before: WeightedNumbers,
    _ after: WeightedNumbers
  ) -> HistogramChart? {
    let ends = [before.values.first, after.values.first, before.values.last, after.values.last]
      .compactMap { $0 }.filter { $0.isFinite }
    guard let low = ends.min(), let high = ends.max(), low < high, before.total > 0,
      after.total > 0
    else { return nil }
    let step = (high - low) / Double(DriftReport.bins)
    let edges = (0...DriftReport.bins).map { low + Double($0) * step }
    func shares(_ numbers: WeightedNumbers) -> [Double] {
      var counts = [Double](repeating: 0, count: DriftReport.bins)
      for (value, weight) in zip(numbers.values, numbers.weights) where value.isFinite {
        counts[min(max(Int((value - low) / step), 0), DriftReport.bins - 1)] += weight
      }
      return counts.map { $0 / numbers.total }
    }
    let means = [before.mean, after.mean].map { DecimalText.general($0 ?? 0, digits: 4) }
    return HistogramChart(
      text(
        verdict,
        "How \(verdict.column) is distributed: its mean is \(means[0]) in the reference and "
          + "\(means[1]) now."
      ),
      x: ChartAxis(verdict.column),
      y: ChartAxis("share of rows", lower: 0, format: .percent(0)),
      series: [
        HistogramChart.Series("reference", edges: edges, counts: shares(before)),
        HistogramChart.Series("now", edges: edges, counts: shares(after)),
      ]
    )
  }

  private func bars(_ verdict: DriftAnalysis.Verdict, _ levels: [String]) -> GroupedBarChart? {
    let counts = verdict.pair.counts
    let (before, after) = (counts.reference.reduce(0, +), counts.current.reduce(0, +))
    guard before > 0, after > 0, !levels.isEmpty else { return nil }
    func size(_ place: Int) -> Double {
      counts.reference[place] / before + counts.current[place] / after
    }
    let largest = levels.indices.sorted { (size($1), $0) < (size($0), $1) }
      .prefix(DriftReport.levels).sorted()
    var groups = largest.map { place in
      GroupedBarChart.Group(
        levels[place],
        [counts.reference[place] / before, counts.current[place] / after]
      )
    }
    if levels.count > largest.count {
      let rest = levels.indices.filter { !largest.contains($0) }
      groups.append(
        GroupedBarChart.Group(
          "\(rest.count) others",
          [
            rest.reduce(0) { $0 + counts.reference[$1] } / before,
            rest.reduce(0) { $0 + counts.current[$1] } / after,
          ]
        )
      )
    }
    if let missing = counts.reference.last, let now = counts.current.last, missing + now > 0 {
      groups.append(GroupedBarChart.Group("missing", [missing / before, now / after]))
    }
    let moved = largest.max {
      abs(counts.current[$0] / after - counts.reference[$0] / before)
        < abs(counts.current[$1] / after - counts.reference[$1] / before)
    }
    let sentence = moved.map { place in
      "“\(levels[place])” moved most, from "
        + "\(DecimalText.fixed(counts.reference[place] / before * 100, decimals: 1)) to "
        + "\(DecimalText.fixed(counts.current[place] / after * 100, decimals: 1)) %."
    }
    return GroupedBarChart(
      text(verdict, "The share of each value of \(verdict.column). " + (sentence ?? "")),
      axis: ChartAxis("share of rows", lower: 0, format: .percent(0)),
      series: ["reference", "now"],
      groups: groups
    )
  }
}
