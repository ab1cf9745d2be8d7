import ColophonCore
import ColophonReport
import Testing

@Suite struct DataBehindCharts {
  @Test func hasOneRowAPlaceForSeriesOverTheSamePlaces() {
    let chart = LineChart(
      ChartText("t", "d"),
      x: ChartAxis("round"),
      y: ChartAxis("loss", unit: "nats"),
      series: [
        LineChart.Series("training", x: [1, 2], y: [0.5, 0.25]),
        LineChart.Series("validation", x: [1, 2], y: [0.6, 0.5]),
      ],
      bands: [LineChart.Band("95 %", x: [1, 2], low: [0.4, 0.2], high: [0.6, 0.3])]
    )
    let data = Chart.line(chart).data()
    #expect(
      data.columns.map(\.header) == ["round", "training", "validation", "95 %, low", "95 %, high"]
    )
    #expect(
      data.rows[1] == [2, 0.25, 0.5, 0.2, 0.3].map { TableCell.number($0, .general(5)) }
    )
  }

  /// Few spans are told one by one, thousands are summed up by lane.
  @Test(arguments: [(3, false), (1000, true)])
  func sumsUpManySpans(count: Int, isSummed: Bool) throws {
    let spans = (0..<count).map {
      TimelineChart.Span(from: Double(2 * $0), to: Double(2 * $0 + 1), kind: $0 % 2)
    }
    let chart = TimelineChart(
      ChartText("t", "d"),
      axis: ChartAxis("seconds"),
      lanes: [TimelineChart.Lane("stage 0", spans)],
      kinds: ["forward", "backward"]
    )
    let data = Chart.timeline(chart).data()
    guard isSummed else {
      #expect(data.rows.count == count)
      return
    }
    #expect(data.columns.map(\.header) == ["lane", "spans", "from", "to", "forward", "backward"])
    #expect(
      data.rows == [
        ["stage 0", .number(1000)]
          + [0, 1999, 500, 500].map { TableCell.number($0, .general(6)) }
      ]
    )
  }

  @Test func namesTheSeriesWhereTheirPlacesDiffer() {
    let chart = LineChart(
      ChartText("t", "d"),
      x: ChartAxis("x"),
      y: ChartAxis("y", unit: "s"),
      series: [
        LineChart.Series("a", x: [1], y: [2]), LineChart.Series("b", x: [3, 4], y: [5, 6]),
      ]
    )
    let data = Chart.line(chart).data()
    #expect(data.columns.map(\.header) == ["series", "x", "y (s)"])
    #expect(data.rows.count == 3)
    #expect(data.rows[2] == ["b", .number(4, .general(5)), .number(6, .general(5))])
  }

  @Test func printsAConfusionAsCounts() {
    let data = Chart.heatmap(SampleCharts.confusion).data()
    #expect(data.columns.map(\.header) == ["actual ↓, predicted →", "churned", "not churned"])
    #expect(data.rows[0] == ["churned", .number(221, .thousands), .number(59, .thousands)])
  }

  /// 221 of 280 and 588 of 776 are 78.9 % and 75.8 %.
  @Test func printsShareOfTheRowInAConfusion() {
    let page = EveryChart.page(.heatmap(SampleCharts.confusion))
    for share in ["78.9", "21.1", "24.2", "75.8"] { #expect(page.contains(">\(share)\u{202F}%<")) }
  }
}
