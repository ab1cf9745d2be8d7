package import ColophonCore
import ColophonReport

/// Draws columns of a dataset, or a list or map among the values.
package struct PlotKind: CellKind {
  package static let name = "plot"
  package static let summary = "A chart of a dataset's columns, or of values of a cell."

  private let source: ListingSource
  private let shape: String
  private let kindPlace: SourcePosition?
  private let x: Located<String>?
  private let y: [Located<String>]
  private let title: String?

  package init(reading fields: inout FieldReader) {
    source = ListingSource(reading: &fields)
    let kind = fields.choice("kind", of: plotShapes.names, required: true, "What is drawn.")
    shape = kind?.value ?? ""
    kindPlace = kind?.position
    x = fields.string(
      "x",
      "The horizontal column, or the one that groups bars and boxes; rows in order by default."
    )
    y = fields.strings("y", "The column, or columns, whose values are drawn.")
    title = fields.string("title", "The chart's title; by default it names the columns.")?.value
  }

  package var values: [PathPattern] { ["rows"] }

  package func check(in survey: Survey) -> [Diagnostic] {
    var problems = source.check(y + (x.map { [$0] } ?? []), in: survey)
    if shape == ScatterPlot.name, x == nil, let kindPlace {
      problems.append(.plotNeedsX(shape, at: kindPlace))
    }
    return problems
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    guard let shape = plotShapes[shape] else { throw CellFailure("no kind of plot", field: "kind") }
    let names = y.map { $0.value } + (x.map { [$0.value] } ?? [])
    let listing = try source.load(in: workshop, columns: names.isEmpty ? nil : names)
    let request = PlotRequest(
      listing: listing,
      x: try x.map { try ListingSource.column($0.value, of: listing, field: "x") },
      y: try y.map { try ListingSource.column($0.value, of: listing, field: "y") },
      title: title
    )
    return Outcome(
      values: ["rows": .integer(listing.rowCount)],
      exhibits: [.chart(try shape.draw(request))]
    )
  }
}

/// The columns that a plot is drawn from.
struct PlotRequest: Sendable {
  var listing: Listing
  var x: Listing.Column?
  var y: [Listing.Column]
  /// nil where the author gave none.
  var title: String?

  /// The columns to draw: those asked for, else the numeric ones.
  func numericColumns() throws -> [Listing.Column] {
    for column in y where !column.isNumeric {
      throw CellFailure("column '\(column.name)' holds no numbers to draw", field: "y")
    }
    let chosen = y.isEmpty ? listing.columns.filter { $0.isNumeric && $0.name != x?.name } : y
    guard !chosen.isEmpty else {
      let isUnnamed = x != nil && y.isEmpty
      throw CellFailure(
        isUnnamed ? "the plot names no column to draw under 'y'" : "there are no numbers to draw",
        field: isUnnamed ? "y" : "from"
      )
    }
    return chosen
  }

  /// The groups of rows by the text of `x`, in the order of their first appearance; one group of all
  /// without it.
  func groups() -> [(label: String, rows: [Int])] {
    guard let x else { return [("all", Array(0..<listing.rowCount))] }
    var places: [String: Int] = [:]
    var groups: [(label: String, rows: [Int])] = []
    for (row, value) in x.values.enumerated() where value != .null {
      let label = value.plainText
      if let place = places[label] {
        groups[place].rows.append(row)
      } else {
        places[label] = groups.count
        groups.append((label, [row]))
      }
    }
    return groups
  }
}

/// One way to draw columns.
protocol PlotShape: Sendable {
  static var name: String { get }
  static func draw(_ request: PlotRequest) throws -> Chart
}

/// The kinds that a `plot` cell may name.
let plotShapes = Catalogue<any PlotShape.Type>(
  "kind of plot",
  [
    LinePlot.self, ScatterPlot.self, BarPlot.self, HistogramPlot.self, HeatmapPlot.self,
    BoxPlot.self,
  ]
) { $0.name }
