/// What pushes many numbers up and down, side by side: one column a row, its parts stacked from zero.
package struct ForceChart: Codable, Hashable, Sendable {
  package var text: ChartText
  /// What the columns are, such as `row, by prediction`.
  package var x: ChartAxis
  package var y: ChartAxis
  /// The parts' names; the sixth and later ones share the colours of the first.
  package var parts: [String]
  /// By column from left to right, then part.
  package var columns: [[Double]]

  package init(
    _ text: ChartText,
    x: ChartAxis,
    y: ChartAxis,
    parts: [String],
    columns: [[Double]]
  ) {
    self.text = text
    self.x = x
    self.y = y
    self.parts = parts
    self.columns = columns
  }

  /// The sum of each column's parts, in their order.
  package var totals: [Double] { columns.map { $0.reduce(0, +) } }
}
