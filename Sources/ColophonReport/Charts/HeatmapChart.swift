package import ColophonCore

/// Numbers in a grid of shaded cells: correlations, grids of trials, confusion matrices.
package struct HeatmapChart: Codable, Hashable, Sendable {
  /// What the shade of a cell stands for.
  package enum Shading: String, Codable, Hashable, Sendable {
    /// From the least number (pale) to the greatest (strong).
    case sequential
    /// Two colours that part at zero, as for correlations.
    case diverging
    /// Counts; each cell is shaded by, and prints, its share of its row.
    case confusion
  }

  package var text: ChartText
  /// What the rows are, such as `actual`.
  package var rowTitle: String
  package var columnTitle: String
  package var rows: [String]
  package var columns: [String]
  /// By row, then column; nil where there is no number.
  package var values: [[Double?]]
  package var shading: Shading
  package var format: NumberFormat

  package init(
    _ text: ChartText,
    rowTitle: String,
    columnTitle: String,
    rows: [String],
    columns: [String],
    values: [[Double?]],
    shading: Shading = .sequential,
    format: NumberFormat = .general(3)
  ) {
    self.text = text
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.rows = rows
    self.columns = columns
    self.values = values
    self.shading = shading
    self.format = format
  }

  /// A confusion matrix: how many rows of each actual label were given each label.
  package static func confusion(
    _ text: ChartText,
    labels: [String],
    counts: [[Double]]
  ) -> HeatmapChart {
    HeatmapChart(
      text,
      rowTitle: "actual",
      columnTitle: "predicted",
      rows: labels,
      columns: labels,
      values: counts.map { row in row.map { $0 } },
      shading: .confusion,
      format: .thousands
    )
  }
}
