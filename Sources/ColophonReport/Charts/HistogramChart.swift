/// How often each value comes: one distribution, or several laid over each other.
package struct HistogramChart: Codable, Hashable, Sendable {
  package struct Series: Codable, Hashable, Sendable {
    package var name: String
    /// The borders of the bins, rising; one more than there are counts.
    package var edges: [Double]
    package var counts: [Double]

    package init(_ name: String, edges: [Double], counts: [Double]) {
      self.name = name
      self.edges = edges
      self.counts = counts
    }
  }

  package var text: ChartText
  package var x: ChartAxis
  package var y: ChartAxis
  package var series: [Series]
  package var rules: [ChartRule]

  package init(
    _ text: ChartText,
    x: ChartAxis,
    y: ChartAxis = ChartAxis("count", lower: 0),
    series: [Series],
    rules: [ChartRule] = []
  ) {
    self.text = text
    self.x = x
    self.y = y
    self.series = series
    self.rules = rules
  }
}
