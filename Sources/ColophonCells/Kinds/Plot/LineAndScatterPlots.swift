import ColophonCore
import ColophonData
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

/// What lies along a chart's lower edge: a column's numbers, or of dates the days since the first.
private struct PlotAcross {
  var label: String
  var numbers: [Double]

  init(_ column: Listing.Column) throws {
    label = column.name
    numbers = column.numbers
    if let seconds = column.seconds, let first = seconds.filter({ $0.isFinite }).min() {
      let day = 86_400.0
      let start = (first / day).rounded(.down) * day
      label = "\(column.name), days since \(ISOTime.text(start).prefix(10))"
      numbers = seconds.map { ($0 - start) / day }
    } else if !column.isNumeric {
      throw CellFailure("column '\(column.name)' holds no numbers to draw along", field: "x")
    }
  }
}

/// Values along an axis.
enum LinePlot: PlotShape {
  static let name = "line"

  static func draw(_ request: PlotRequest) throws -> Chart {
    let columns = try request.numericColumns().filter { $0.name != "index" || request.y.count > 0 }
    let x = try (request.x ?? request.listing["index"]).map { try PlotAcross($0) }
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
    let label = x?.label ?? "row"
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
    guard let column = request.x else { throw CellFailure("a scatter plot needs 'x'", field: "x") }
    let x = try PlotAcross(column)
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
      request.title ?? "\(names) against \(column.name)",
      "A point for each row: \(x.label) to the right, \(names) upward.",
      note: note
    )
    let axis = ChartAxis(columns.count == 1 ? names : "value")
    return .scatter(ScatterChart(text, x: ChartAxis(x.label), y: axis, series: series))
  }
}
