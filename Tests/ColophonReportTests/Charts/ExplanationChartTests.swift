import ColophonCore
import ColophonReport
import Testing

@Suite struct ExplanationChartTests {
  @Test func waterfallsAddUp() {
    let chart = SampleCharts.waterfall
    #expect(abs(chart.total - -0.55) < 1e-12)
    let rows = Chart.waterfall(chart).data().rows
    #expect(rows.count == 6)
    #expect(rows[2][2] == .number(-1.2 + 1.4 - 0.9, .general(5)))
  }

  @Test func forcesSumTheirParts() {
    let chart = SampleCharts.force
    #expect(chart.totals.count == SampleCharts.explained)
    #expect(zip(chart.totals, chart.totals.dropFirst()).allSatisfy { $0 <= $1 })
  }

  /// Thousands of rows weigh no more than can be seen.
  @Test func manyRowsAreThinnedAlike() {
    var chart = SampleCharts.beeswarm
    for k in chart.lanes.indices {
      chart.lanes[k].values = (0..<20_000).map { SampleCharts.share($0 + 1, 401) }
      chart.lanes[k].shades = (0..<20_000).map { SampleCharts.share($0 + 1, 577) }
    }
    let page = EveryChart.page(.beeswarm(chart))
    #expect(page.utf8.count < 50_000)
    #expect(page.contains("225 of 20,000 rows a lane are drawn"))
    #expect(page == EveryChart.page(.beeswarm(chart)))
    var force = SampleCharts.force
    force.columns = Array(repeating: [1, -1, 0.5, 0], count: 5_000)
    #expect(EveryChart.page(.force(force)).utf8.count < 50_000)
    var dependence = SampleCharts.dependence
    dependence.xs = (0..<9_000).map { Double($0) }
    dependence.ys = dependence.xs
    #expect(EveryChart.page(.dependence(dependence)).contains("300 of 9,000 rows are drawn"))
  }

  /// A dot is told by its distance from the one before.
  @Test func dotsTakeFewBytes() {
    let values = (0..<600).map { SampleCharts.share($0 + 1, 401) }
    let lane = BeeswarmChart.Lane("x", values: values, shades: values)
    let chart = BeeswarmChart(
      ChartText("t", "d"),
      axis: ChartAxis("a"),
      lanes: [lane],
      shadeTitle: "s"
    )
    let page = EveryChart.page(.beeswarm(chart))
    let paths = page.split(separator: " d=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
      .filter { $0.contains("h0") }
    let dots = paths.reduce(0) { $0 + $1.split(separator: "h0").count }
    let bytes = paths.reduce(0) { $0 + $1.utf8.count }
    #expect(dots > 300 && bytes < 10 * dots, "\(bytes) bytes for \(dots) dots")
  }

  /// Dots that would touch stand apart.
  @Test func heapsEqualNumbers() {
    let lane = BeeswarmChart.Lane("x", values: [1, 1, 1, 2], shades: [])
    let chart = BeeswarmChart(ChartText("t", "d"), axis: ChartAxis("a"), lanes: [lane])
    let page = EveryChart.page(.beeswarm(chart))
    let path = page.split(separator: "class=\"dt s1\" d=\"").dropFirst().first?
      .prefix { $0 != "\"" }
    // Three dots one above the other at 1, and one at 2 that lies level with the middle one.
    let steps = (path ?? "").split(separator: "h0").map { String($0) }
    #expect(steps.count == 4, "\(steps)")
    #expect(steps.count { $0.hasPrefix("m0 ") } == 1 && steps.count { $0.hasSuffix(" 0") } == 1)
  }
}
