/// The mean effect of a number, over the curves of single rows, with the places where rows are.
package struct PartialChart: Codable, Hashable, Sendable {
  package var text: ChartText
  package var x: ChartAxis
  package var y: ChartAxis
  /// Ascending.
  package var grid: [Double]
  /// One for each place of the grid.
  package var mean: [Double]
  /// Single rows' curves, each over the grid.
  package var curves: [[Double]]
  /// Short strokes at the foot: the deciles of the rows' values.
  package var rug: [Double]

  package init(
    _ text: ChartText,
    x: ChartAxis,
    y: ChartAxis,
    grid: [Double],
    mean: [Double],
    curves: [[Double]] = [],
    rug: [Double] = []
  ) {
    self.text = text
    self.x = x
    self.y = y
    self.grid = grid
    self.mean = mean
    self.curves = curves
    self.rug = rug
  }
}
