import ColophonCore
import ColophonData
import ColophonReport

/// How often each value of a column comes, laid over each other for several columns.
enum HistogramPlot: PlotShape {
  static let name = "histogram"

  static func draw(_ request: PlotRequest) throws -> Chart {
    var request = request
    if request.y.isEmpty, let x = request.x { request.y = [x] }
    let columns = try request.numericColumns().filter { $0.name != "index" || request.y.count > 0 }
    let all = columns.flatMap { $0.numbers }.filter { $0.isFinite }
    guard let low = all.min(), let high = all.max() else {
      throw CellFailure("there are no numbers to draw", field: "from")
    }
    let edges = NumberSummary.edges(from: low, to: high)
    let series = columns.map { column in
      HistogramChart.Series(
        column.name,
        edges: edges,
        counts: NumberSummary.counts(column.numbers.filter { $0.isFinite }, edges: edges)
          .map { Double($0) }
      )
    }
    let names = columns.map { $0.name }.joined(separator: ", ")
    let text = ChartText(
      request.title ?? "Distribution of \(names)",
      "How often each value of \(names) comes, in \(edges.count - 1) bins of equal width."
    )
    return .histogram(
      HistogramChart(text, x: ChartAxis(columns.count == 1 ? names : "value"), series: series)
    )
  }
}

/// Quartiles, whiskers and outliers of `y` for each value of `x`, or of each column of `y`.
///
/// Whiskers end at the furthest value within one and a half of the box's length from it.
///
/// - SeeAlso: Tukey, "Exploratory data analysis", 1977, section 2C.
enum BoxPlot: PlotShape {
  static let name = "box"

  /// How many outliers of a box are drawn; of more every so many-th.
  private static let most = 100

  static func draw(_ request: PlotRequest) throws -> Chart {
    let columns = try request.numericColumns()
    let boxes: [BoxChart.Box]
    if request.x != nil {
      guard columns.count == 1 else {
        throw CellFailure("boxes for each '\(request.x?.name ?? "")' need one 'y'", field: "y")
      }
      boxes = request.groups().compactMap { group in
        box(group.label, group.rows.compactMap { columns[0].values[$0].asNumber })
      }
    } else {
      boxes = columns.compactMap { box($0.name, $0.numbers) }
    }
    let names = columns.map { $0.name }.joined(separator: ", ")
    let by = request.x.map { " by \($0.name)" } ?? ""
    let text = ChartText(
      request.title ?? "\(names)\(by)",
      "Median, quartiles, whiskers and outliers of \(names)\(by), \(boxes.count) boxes."
    )
    return .box(
      BoxChart(text, axis: ChartAxis(columns.count == 1 ? names : "value"), boxes: boxes)
    )
  }

  private static func box(_ label: String, _ numbers: [Double]) -> BoxChart.Box? {
    let sorted = numbers.filter { $0.isFinite }.sorted()
    guard !sorted.isEmpty else { return nil }
    let lower = NumberSummary.quantile(0.25, of: sorted)
    let upper = NumberSummary.quantile(0.75, of: sorted)
    let reach = 1.5 * (upper - lower)
    let inside = sorted.filter { $0 >= lower - reach && $0 <= upper + reach }
    let outside = sorted.filter { $0 < lower - reach || $0 > upper + reach }
    let outliers =
      outside.count <= most ? outside : (0..<most).map { outside[$0 * outside.count / most] }
    return BoxChart.Box(
      label,
      low: inside.first ?? lower,
      lowerQuartile: lower,
      median: NumberSummary.quantile(0.5, of: sorted),
      upperQuartile: upper,
      high: inside.last ?? upper,
      outliers: outliers
    )
  }
}
