import ColophonReport
import Testing

/// What stands in paths is where it belongs, however few bytes say it.
@Suite struct Paths {
  private static let x = (0..<40).map { Double($0 * 7 % 40) }
  private static let y = (0..<40).map { Double($0 * $0 % 23) }

  private func paths(_ page: String, _ style: String) -> [PathWalk] {
    page.split(separator: "class=\"\(style)\" d=\"").dropFirst()
      .map { PathWalk($0.prefix { $0 != "\"" }) }
  }

  /// Crosses, triangles and squares of the same numbers stand about the dots of those numbers.
  @Test(arguments: [("sh s2", -2.4, -2.4, 2), ("sh s3", 0, -3.2, 1), ("sh s4", -2.3, -2.3, 1)])
  func shapesStandAboutTheirPoints(style: String, dx: Double, dy: Double, pieces: Int) throws {
    let chart = ScatterChart(
      ChartText("t", "d"),
      x: ChartAxis("x"),
      y: ChartAxis("y"),
      series: ["a", "b", "c", "d"].map { ScatterChart.Series($0, x: Paths.x, y: Paths.y) }
    )
    let page = EveryChart.page(.scatter(chart))
    let dots = try #require(paths(page, "dt s1").first).starts
    let shapes = try #require(paths(page, style).first).starts
    // Each stamp begins at its point, from which its own pieces begin.
    #expect(dots.count == Paths.x.count && shapes.count == dots.count * (1 + pieces))
    for (place, dot) in dots.enumerated() {
      let piece = shapes[place * (1 + pieces) + 1]
      #expect(abs(piece.x - dot.x - dx) < 0.2 && abs(piece.y - dot.y - dy) < 0.2, "\(place)")
    }
  }

  /// A line of relative steps ends where its last number does.
  @Test func linesDoNotDrift() throws {
    let steps = (0..<300).map { Double($0) }
    let chart = LineChart(
      ChartText("t", "d"),
      x: ChartAxis("x", lower: 0, upper: 299),
      y: ChartAxis("y", lower: 0, upper: 1),
      series: [
        LineChart.Series("a", x: steps, y: steps.map { SampleCharts.share(Int($0) + 1, 301) }),
        LineChart.Series("b", x: [0, 299], y: [0, 1]),
      ]
    )
    let page = EveryChart.page(.line(chart))
    let line = try #require(paths(page, "ln s1").first).places
    let straight = try #require(paths(page, "ln s2").first).places
    let (first, last) = (try #require(straight.first), try #require(straight.last))
    let end = try #require(line.last)
    #expect(abs(end.x - last.x) < 0.11)
    #expect(line.allSatisfy { $0.x >= first.x - 0.1 && $0.x <= last.x + 0.1 })
    #expect(line.allSatisfy { $0.y <= first.y + 0.1 && $0.y >= last.y - 0.1 })
  }
}
