import ColophonCore
import ColophonReport

/// A bar for each value of `x`: how many rows have it, or the mean of `y` over them.
enum BarPlot: PlotShape {
  static let name = "bar"

  /// How many bars are drawn; of more groups the longest are taken.
  private static let most = 30

  static func draw(_ request: PlotRequest) throws -> Chart {
    var request = request
    request.x = request.x ?? request.listing["name"] ?? request.listing["index"]
    guard let x = request.x else { throw CellFailure("a bar plot needs 'x'", field: "x") }
    if request.y.isEmpty, let value = request.listing["value"], value.isNumeric, value != x {
      request.y = [value]
    }
    let column = try request.y.isEmpty ? nil : request.numericColumns().first
    var bars = request.groups().compactMap { group -> BarChart.Bar? in
      guard let column else { return BarChart.Bar(group.label, Double(group.rows.count)) }
      let numbers = group.rows.compactMap { column.values[$0].asNumber }.filter { $0.isFinite }
      guard !numbers.isEmpty else { return nil }
      return BarChart.Bar(group.label, numbers.reduce(0, +) / Double(numbers.count))
    }
    let count = bars.count
    if count > most {
      let kept = bars.indices.sorted { (-abs(bars[$0].value), $0) < (-abs(bars[$1].value), $1) }
        .prefix(most).sorted()
      bars = kept.map { bars[$0] }
    }
    let isMean = column != nil && count < request.listing.rowCount
    let measure = column.map { isMean ? "mean of \($0.name)" : $0.name } ?? "rows"
    let text = ChartText(
      request.title ?? "\(measure) by \(x.name)",
      "\(measure) for each \(x.name), as bars.",
      note: count > most ? "The \(most) longest of \(count) bars." : nil
    )
    return .bar(
      BarChart(
        text,
        axis: ChartAxis(measure),
        bars: bars,
        showsSign: bars.contains { $0.value < 0 }
      )
    )
  }
}
