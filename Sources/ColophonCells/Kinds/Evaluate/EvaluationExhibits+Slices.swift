import ColophonCore
import ColophonEvaluation
import ColophonReport

extension EvaluationExhibits {
  /// The most metrics that a table of slices has room for.
  private static let most = 5

  /// For each column a picture of the headline metric and a table.
  static func sliced(_ evaluation: Evaluation) -> [Exhibit] {
    let metrics = evaluation.measures.map { $0.metric }
    guard let headline = evaluation.headline else { return [] }
    let shown =
      [headline] + metrics.indices.filter { $0 != headline }.prefix(most - 1)
    return evaluation.rows.slicings.flatMap { slicing in
      let slices = evaluation.slices.filter { $0.column == slicing.column }
      return [
        picture(slicing.column, slices, evaluation.measures[headline], headline),
        .table(table(slicing.column, slices, metrics, shown)),
      ]
    }
  }

  private static func picture(
    _ column: String,
    _ slices: [Evaluation.Slice],
    _ whole: Evaluation.Measure,
    _ headline: Int
  ) -> Exhibit {
    let items = slices.compactMap { slice -> IntervalChart.Item? in
      let measure = slice.measures[headline]
      guard let value = measure.value, value.isFinite else { return nil }
      return IntervalChart.Item(
        slice.value,
        value,
        low: measure.interval?.low,
        high: measure.interval?.high,
        note: "\(NumberFormat.standard(.integer(slice.rows))) rows"
      )
    }
    let name = whole.metric.name
    return .chart(
      .interval(
        IntervalChart(
          ChartText(
            "\(name) by \(column)",
            "The \(name) of the rows of each value of '\(column)'."
          ),
          axis: ChartAxis(name),
          items: items,
          rules: whole.value.map { [ChartRule(.vertical, at: $0, "all rows")] } ?? []
        )
      )
    )
  }

  private static func table(
    _ column: String,
    _ slices: [Evaluation.Slice],
    _ metrics: [Metric],
    _ shown: [Int]
  ) -> TableExhibit {
    let headline = shown[0]
    let hasIntervals = slices.contains { $0.measures[headline].interval != nil }
    let bounds =
      hasIntervals ? [TableColumn("low", .numeric), TableColumn("high", .numeric)] : []
    let others = shown.dropFirst().filter { index in
      slices.contains { $0.measures[index].interval != nil }
    }
    return TableExhibit(
      caption: "By \(column)"
        + (hasIntervals
          ? ", with intervals" + (others.isEmpty ? " of \(metrics[headline].name)" : "") : ""),
      columns: [TableColumn(column), TableColumn("rows", .numeric)]
        + [TableColumn(metrics[headline].name, .numeric)] + bounds
        + shown.dropFirst().map { TableColumn(metrics[$0].name, .numeric) },
      rows: slices.map { slice in
        let interval = slice.measures[headline].interval
        let ends = hasIntervals ? [number(interval?.low), number(interval?.high)] : []
        return [TableCell.text(slice.value), .count(slice.rows)]
          + [number(slice.measures[headline].value)] + ends
          + shown.dropFirst().map { index in
            others.contains(index)
              ? between(slice.measures[index]) : number(slice.measures[index].value)
          }
      },
      visibleRows: 20
    )
  }

  /// A value with its interval: "0.812 (0.74 to 0.88)".
  private static func between(_ measure: Evaluation.Measure) -> TableCell {
    guard let value = measure.value, let interval = measure.interval else {
      return number(measure.value)
    }
    let texts = [value, interval.low, interval.high].map {
      DecimalText.general($0, digits: 3)
    }
    return .text("\(texts[0]) (\(texts[1]) to \(texts[2]))")
  }
}
