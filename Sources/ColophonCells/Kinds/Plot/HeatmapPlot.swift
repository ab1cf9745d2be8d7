import ColophonCore
import ColophonData
import ColophonReport

/// A grid: how often values of `x` and `y` come together; of named rows their numbers; else how the
/// numeric columns correlate.
enum HeatmapPlot: PlotShape {
  static let name = "heatmap"

  /// How many rows or columns a grid has at most.
  private static let most = 40

  static func draw(_ request: PlotRequest) throws -> Chart {
    if let x = request.x, let y = request.y.first { return try counts(x, y, request.title) }
    let columns = try request.numericColumns()
    if columns.count > most {
      throw CellFailure(
        "a grid of \(columns.count) columns is too fine to read",
        hint: "name at most \(most) under 'y'",
        field: "y"
      )
    }
    if let names = request.listing["name"], !names.isNumeric, request.x == nil {
      return grid(names, columns, request.title)
    }
    return correlations(columns, request.title)
  }

  private static func counts(
    _ x: Listing.Column,
    _ y: Listing.Column,
    _ title: String?
  ) throws -> Chart {
    let across = LabelOrder.labels(of: x)
    let down = LabelOrder.labels(of: y)
    guard across.count <= most, down.count <= most else {
      let wide = across.count > most ? x : y
      throw CellFailure(
        "column '\(wide.name)' has more than \(most) values, too many for a grid",
        field: across.count > most ? "x" : "y"
      )
    }
    var cells = [[Double?]](repeating: .init(repeating: 0, count: across.count), count: down.count)
    let columns = Dictionary(uniqueKeysWithValues: zip(across, 0...))
    let rows = Dictionary(uniqueKeysWithValues: zip(down, 0...))
    for (a, b) in zip(x.values, y.values) {
      guard let column = columns[a.plainText], let row = rows[b.plainText] else { continue }
      cells[row][column] = (cells[row][column] ?? 0) + 1
    }
    let text = ChartText(
      title ?? "\(y.name) by \(x.name)",
      "How many rows have each pair of \(y.name) (down) and \(x.name) (across)."
    )
    return .heatmap(
      HeatmapChart(
        text,
        rowTitle: y.name,
        columnTitle: x.name,
        rows: down,
        columns: across,
        values: cells,
        format: .thousands
      )
    )
  }

  private static func grid(
    _ names: Listing.Column,
    _ columns: [Listing.Column],
    _ title: String?
  ) -> Chart {
    let text = ChartText(
      title ?? columns.map { $0.name }.joined(separator: ", "),
      "A number for each name (down) and column (across)."
    )
    return .heatmap(
      HeatmapChart(
        text,
        rowTitle: "name",
        columnTitle: "column",
        rows: names.values.map { $0.plainText },
        columns: columns.map { $0.name },
        values: names.values.indices.map { row in columns.map { $0.values[row].asNumber } }
      )
    )
  }

  private static func correlations(_ columns: [Listing.Column], _ title: String?) -> Chart {
    let numbers = columns.map { $0.numbers }
    let names = columns.map { $0.name }
    let text = ChartText(
      title ?? "Correlations",
      "Pearson's correlation of each pair of \(names.count) columns, over the rows that have both."
    )
    return .heatmap(
      HeatmapChart(
        text,
        rowTitle: "column",
        columnTitle: "column",
        rows: names,
        columns: names,
        values: numbers.map { a in numbers.map { correlation(a, $0) } },
        shading: .diverging,
        format: .fixed(2)
      )
    )
  }

  /// Pearson's correlation over the rows that have both; nil where one column doesn't vary.
  static func correlation(_ a: [Double], _ b: [Double]) -> Double? {
    let rows = a.indices.filter { a[$0].isFinite && b[$0].isFinite }
    guard rows.count > 1 else { return nil }
    let count = Double(rows.count)
    let x = rows.reduce(0) { $0 + a[$1] } / count
    let y = rows.reduce(0) { $0 + b[$1] } / count
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for row in rows {
      let (p, q) = (a[row] - x, b[row] - y)
      xx += p * p
      yy += q * q
      xy += p * q
    }
    guard xx > 0, yy > 0 else { return nil }
    return max(-1, min(1, xy / (xx.squareRoot() * yy.squareRoot())))
  }
}

/// The order of labels along a grid.
enum LabelOrder {
  /// The different values, numbers by size before texts by Unicode scalars.
  static func labels(of column: Listing.Column) -> [String] {
    var seen: Set<String> = []
    return TableKind.order(column.values, isDescending: false)
      .map { column.values[$0] }.filter { $0 != .null }.map { $0.plainText }
      .filter { seen.insert($0).inserted }
  }
}
