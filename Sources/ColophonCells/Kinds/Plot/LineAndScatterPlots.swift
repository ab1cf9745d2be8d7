import ColophonCore
import ColophonReport

/// How many points a chart of points holds; of more rows every so many-th is taken, so that a page
/// stays small.
private let mostPoints = 2_000

/// Evenly spaced rows, and a sentence where some were left out.
private func thinned(_ count: Int) -> (rows: [Int], note: String?) {
  guard count > mostPoints else { return (Array(0..<count), nil) }
  let rows = (0..<mostPoints).map { $0 * count / mostPoints }
  return (
    rows, "\(mostPoints) of \(DecimalText.grouped(String(count))) rows, evenly spaced."
  )
}

/// Values along an axis.
enum LinePlot: PlotShape {
  static let name = "line"

  static func draw(_ request: PlotRequest) throws -> Chart {
    let columns = try request.numericColumns().filter { $0.name != "index" || request.y.count > 0 }
    let x = request.x ?? request.listing["index"]
    if let x, !x.isNumeric {
      throw CellFailure("column '\(x.name)' holds no numbers to draw along", field: "x")
    }
    let (rows, note) = thinned(request.listing.rowCount)
    let series = columns.map { column in
      LineChart.Series(
        column.name,
        x: rows.map { x?.numbers[$0] ?? Double($0 + 1) },
        y: rows.map { column.numbers[$0] },
        shape: rows.count <= 30 ? .markedLine : .line
      )
    }
    let names = columns.map { $0.name }.joined(separator: ", ")
    let label = x?.name ?? "row"
    let text = ChartText(
      request.title ?? "\(names) by \(label)",
      "\(names) along \(label), \(rows.count) points.",
      note: note
    )
    let axis = ChartAxis(columns.count == 1 ? names : "value")
    return .line(LineChart(text, x: ChartAxis(label), y: axis, series: series))
  }
}

/// A point for each row.
enum ScatterPlot: PlotShape {
  static let name = "scatter"

  static func draw(_ request: PlotRequest) throws -> Chart {
    guard let x = request.x else { throw CellFailure("a scatter plot needs 'x'", field: "x") }
    guard x.isNumeric else {
      throw CellFailure("column '\(x.name)' holds no numbers to draw along", field: "x")
    }
    let columns = try request.numericColumns()
    let (rows, note) = thinned(request.listing.rowCount)
    let across = x.numbers
    let series = columns.map { column -> ScatterChart.Series in
      let up = column.numbers
      let present = rows.filter { across[$0].isFinite && up[$0].isFinite }
      return ScatterChart.Series(
        column.name,
        x: present.map { across[$0] },
        y: present.map { up[$0] }
      )
    }
    let names = columns.map { $0.name }.joined(separator: ", ")
    let text = ChartText(
      request.title ?? "\(names) against \(x.name)",
      "A point for each row: \(x.name) to the right, \(names) upward.",
      note: note
    )
    let axis = ChartAxis(columns.count == 1 ? names : "value")
    return .scatter(ScatterChart(text, x: ChartAxis(x.name), y: axis, series: series))
  }
}
