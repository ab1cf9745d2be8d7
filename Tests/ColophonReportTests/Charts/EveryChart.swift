import ColophonCore
import ColophonReport
import Testing

/// Laws that hold for every family of charts.
@Suite struct EveryChart {
  static func page(_ chart: Chart) -> String {
    var content = PageContent(title: "t", colophon: SamplePages.colophon("a.md"), manifest: "{}")
    content.body = [
      .cell(CellSection(kind: "plot", name: "p", configuration: "", exhibits: [.chart(chart)]))
    ]
    return String(decoding: Page.render(content), as: UTF8.self)
  }

  @Test(arguments: SampleCharts.everything.map { $0.name })
  func saysInWordsWhatItShows(name: String) throws {
    let chart = try #require(SampleCharts.everything.first { $0.name == name }).chart
    let page = EveryChart.page(chart)
    #expect(HTMLCheck(page).problems == [])
    #expect(page.contains(">\(chart.text.title)</title>"))
    #expect(page.contains(">\(chart.text.description)</desc>"))
    #expect(page.contains("<summary>data</summary>"))
    #expect(!chart.data().rows.isEmpty)
  }

  @Test(arguments: SampleCharts.everything.map { $0.name })
  func readsBackFromItsValue(name: String) throws {
    let exhibit = Exhibit.chart(
      try #require(SampleCharts.everything.first { $0.name == name }).chart
    )
    let value = try Value(encoding: exhibit)
    let text = value.canonicalText
    let read = try Value(json: Array(text.utf8)).decode(Exhibit.self)
    // Not-a-number is never equal to itself, so the pages are compared.
    #expect(try Value(encoding: read).canonicalText == text)
    guard case .chart(let chart) = exhibit, case .chart(let again) = read else { return }
    #expect(EveryChart.page(chart) == EveryChart.page(again))
  }

  static let odd: [Double] = [
    .nan, .infinity, -.infinity, 0, -1, 1e308, -1e308, .leastNonzeroMagnitude, 3,
  ]

  static var hostile: [Chart] {
    let text = ChartText("</title><script>", "\"<desc>", note: "]]>")
    let log = ChartAxis("<x>", unit: "&", scale: .logarithmic)
    let linear = ChartAxis("<x>", lower: .nan, upper: -.infinity)
    let series = [
      LineChart.Series("<s>", x: odd, y: odd.reversed()), LineChart.Series("", x: [], y: [1]),
    ]
    return [
      .line(LineChart(text, x: log, y: linear, series: series)),
      .line(LineChart(text, x: linear, y: log, series: [], diagonal: "<d>")),
      .line(
        LineChart(
          text,
          x: linear,
          y: linear,
          series: series,
          bands: [LineChart.Band("<b>", x: odd, low: odd, high: [], series: -3)],
          marks: [ChartMark(x: .nan, y: 1, "<m>"), ChartMark(x: 1, y: 1, "<m>", drops: true)],
          rules: [ChartRule(.vertical, at: .nan, "<r>"), ChartRule(.horizontal, at: 1, "<r>")]
        )
      ),
      .scatter(
        ScatterChart(text, x: log, y: log, series: [ScatterChart.Series("<s>", x: odd, y: odd)])
      ), .scatter(ScatterChart(text, x: linear, y: linear, series: [])),
      .bar(
        BarChart(text, axis: linear, bars: odd.map { BarChart.Bar("<b>", $0, low: $0, high: -$0) })
      ), .bar(BarChart(text, axis: log, bars: [])),
      .histogram(
        HistogramChart(
          text,
          x: linear,
          series: [HistogramChart.Series("<h>", edges: odd, counts: odd)]
        )
      ), .histogram(HistogramChart(text, x: log, y: log, series: [])),
      .box(
        BoxChart(
          text,
          axis: linear,
          boxes: [
            BoxChart.Box(
              "<b>",
              low: .nan,
              lowerQuartile: 1,
              median: .infinity,
              upperQuartile: 0,
              high: -1,
              outliers: odd
            )
          ]
        )
      ),
      .heatmap(
        HeatmapChart(
          text,
          rowTitle: "<r>",
          columnTitle: "<c>",
          rows: ["<a>", "b"],
          columns: ["<a>"],
          values: [[nil, 1], [.nan], [2]]
        )
      ), .heatmap(.confusion(text, labels: [], counts: [])),
      .interval(IntervalChart(text, axis: log, items: odd.map { IntervalChart.Item("<i>", $0) })),
      .graph(GraphChart(text, nodes: [], edges: [])), .tree(TreeChart(text, nodes: [])),
      .tree(
        TreeChart(
          text,
          nodes: [
            TreeChart.Node(
              subject: "<s>",
              condition: "&",
              answer: "<a>",
              rows: "<r>",
              shares: odd,
              children: [1, 2]
            ), TreeChart.Node(answer: "", rows: "", shares: []),
            TreeChart.Node(answer: "<a>", rows: "", shares: [2, -1], children: [0, 1]),
          ],
          levels: -3
        )
      ),
      .graph(
        GraphChart(
          text,
          nodes: [GraphChart.Node("<n>", detail: "\"", anchor: "main"), GraphChart.Node("<n>")],
          edges: [GraphChart.Edge(from: "<n>", to: "<n>"), GraphChart.Edge(from: "a", to: "b")]
        )
      ),
      .timeline(
        TimelineChart(
          text,
          axis: linear,
          lanes: [
            TimelineChart.Lane(
              "<l>",
              odd.map { TimelineChart.Span(from: $0, to: 1, "<", kind: -9) }
            )
          ],
          kinds: ["<k>"]
        )
      ),
      .parallel(
        ParallelChart(
          text,
          axes: [
            ParallelChart.Axis("<a>", odd.map { ParallelChart.Tick("<t>", at: $0) }),
            ParallelChart.Axis("<b>", []),
          ],
          lines: [
            ParallelChart.Line("<l>", places: odd.map { $0 }, texts: ["<"], rank: .nan),
            ParallelChart.Line("", places: [nil, nil], texts: [], rank: 0),
          ]
        )
      ),
    ]
  }

  static var hostileExplanations: [Chart] {
    let text = ChartText("</title><script>", "\"<desc>", note: "]]>")
    let axis = ChartAxis("<x>", lower: .nan, upper: -.infinity)
    let shades = odd.map { $0.isNaN ? nil : Optional($0) }
    return [
      .beeswarm(
        BeeswarmChart(
          text,
          axis: axis,
          lanes: [
            BeeswarmChart.Lane("<l>", values: odd, shades: shades),
            BeeswarmChart.Lane("<m>", values: odd, shades: [nil]),
          ],
          shadeTitle: "<s>"
        )
      ), .beeswarm(BeeswarmChart(text, axis: axis, lanes: [])),
      .waterfall(
        WaterfallChart(
          text,
          axis: axis,
          base: .nan,
          steps: odd.map { WaterfallChart.Step("<s>", $0) }
        )
      ), .waterfall(WaterfallChart(text, axis: axis, base: 0, steps: [])),
      .dependence(
        DependenceChart(
          text,
          x: axis,
          y: axis,
          xs: odd,
          ys: odd.reversed(),
          shades: shades,
          shadeTitle: "<s>"
        )
      ), .dependence(DependenceChart(text, x: axis, y: axis, xs: [], ys: [1])),
      .force(ForceChart(text, x: axis, y: axis, parts: ["<p>", "q"], columns: [odd, [], [1]])),
      .force(ForceChart(text, x: axis, y: axis, parts: [], columns: [])),
      .partial(
        PartialChart(text, x: axis, y: axis, grid: odd, mean: [1], curves: [odd, []], rug: odd)
      ), .partial(PartialChart(text, x: axis, y: axis, grid: [], mean: [])),
    ]
  }

  @Test(arguments: hostileExplanations.indices)
  func explanationsStayWellFormedWhateverTheyAreGiven(index: Int) {
    let page = EveryChart.page(EveryChart.hostileExplanations[index])
    #expect(HTMLCheck(page).problems == [])
    #expect(!page.contains("nan") && !page.contains("inf\""))
  }

  @Test(arguments: hostile.indices)
  func staysWellFormedWhateverItIsGiven(index: Int) {
    let page = EveryChart.page(EveryChart.hostile[index])
    #expect(HTMLCheck(page).problems == [])
    #expect(!page.contains("nan") && !page.contains("inf\""))
  }

  @Test func staysSmallForTenThousandPoints() {
    let page = EveryChart.page(.scatter(SampleCharts.residuals))
    #expect(page.utf8.count < 60_000)
    #expect(page.contains("10,000 points drawn as"))
    #expect(page.contains("100 of 10,000 rows"))
  }
}
