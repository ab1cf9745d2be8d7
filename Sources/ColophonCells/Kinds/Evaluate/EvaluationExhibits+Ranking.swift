import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonReport

extension EvaluationExhibits {
  /// How many queries there are, and what becomes of those in which nothing is relevant.
  static func queries(_ cases: Cases, _ options: MetricOptions) -> [Fact] {
    let (all, empty) = cases.queryCounts
    let note =
      empty == 0
      ? nil
      : "\(NumberFormat.standard(.integer(empty))) with nothing relevant "
        + (options.empty == .skip ? "left out" : "count as 0")
    return [Fact("queries", NumberFormat.standard(.integer(all)), note: note)]
  }

  /// The metrics by length, as curves and as a table, and how they differ between queries.
  static func ranking(_ evaluation: Evaluation) -> [Exhibit] {
    let families = Metric.rankingFamilies.map { family in
      (family, evaluation.measures.filter { $0.metric.name.hasPrefix("\(family)_") })
    }.filter { !$0.1.isEmpty }
    let lengths = lengths(families.flatMap { $0.1 })
    var charts: [Exhibit] = []
    if let curves = curves(families, lengths) { charts.append(curves) }
    if let spread = spread(evaluation) { charts.append(spread) }
    // Where each metric was asked for at one length alone, the list of metrics says it all.
    let isTabled = families.contains { $0.1.count > 1 }
    return (charts.isEmpty ? [] : [.group(charts)])
      + (isTabled ? [.table(table(families, lengths))] : [])
  }

  /// The texts after the metrics' names, numbers rising and `all` last.
  private static func lengths(_ measures: [Evaluation.Measure]) -> [String] {
    let texts = Set(measures.map { String($0.metric.name.split(separator: "_").last ?? "") })
    let numbers = texts.compactMap { Int($0) }.sorted().map { String($0) }
    return numbers + (texts.contains("all") ? ["all"] : [])
  }

  private static func curves(
    _ families: [(String, [Evaluation.Measure])],
    _ lengths: [String]
  ) -> Exhibit? {
    let numbers = lengths.filter { $0 != "all" }
    let series = families.compactMap { family, measures -> LineChart.Series? in
      let points = numbers.compactMap { length -> (Double, Double)? in
        guard let x = Double(length),
          let y = measures.first(where: { $0.metric.name == "\(family)_\(length)" })?.value
        else { return nil }
        return (x, y)
      }
      if points.count < 2 { return nil }
      return LineChart.Series(
        family,
        x: points.map { $0.0 },
        y: points.map { $0.1 },
        shape: .markedLine
      )
    }
    if series.isEmpty { return nil }
    return .chart(
      .line(
        LineChart(
          ChartText("Metrics by length", "Each is the mean over queries of their first K rows."),
          x: ChartAxis("K", format: .thousands),
          y: .fraction("metric"),
          series: series
        )
      )
    )
  }

  /// How the metric that stands for all is spread over queries.
  private static func spread(_ evaluation: Evaluation) -> Exhibit? {
    guard let headline = evaluation.headline.map({ evaluation.measures[$0].metric })
    else { return nil }
    let values = evaluation.sample.byQuery(headline)
    guard values.count > 1 else { return nil }
    let bins = 20
    var counts = [Double](repeating: 0, count: bins)
    for value in values { counts[min(bins - 1, max(0, Int(value * Double(bins))))] += 1 }
    let sorted = values.sorted()
    let median = NumberFormat.standard(.number(sorted[sorted.count / 2]))
    return .chart(
      .histogram(
        HistogramChart(
          ChartText("\(headline.name) by query", "Half of the queries reach \(median)."),
          x: .fraction(headline.name),
          y: ChartAxis("queries", lower: 0),
          series: [
            HistogramChart.Series(
              "queries",
              edges: (0...bins).map { Double($0) / Double(bins) },
              counts: counts
            )
          ]
        )
      )
    )
  }

  private static func table(
    _ families: [(String, [Evaluation.Measure])],
    _ lengths: [String]
  ) -> TableExhibit {
    TableExhibit(
      caption: "By length of the list",
      columns: [TableColumn("K", .numeric)] + families.map { TableColumn($0.0, .numeric) },
      rows: lengths.map { length in
        [TableCell.text(length)]
          + families.map { family, measures in
            number(measures.first { $0.metric.name == "\(family)_\(length)" }?.value, .fixed(4))
          }
      },
      visibleRows: 20
    )
  }
}
