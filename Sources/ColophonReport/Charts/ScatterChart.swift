/// Points in the plane: residuals, predicted against actual, trials of a search.
package struct ScatterChart: Codable, Hashable, Sendable {
  package struct Series: Codable, Hashable, Sendable {
    package var name: String
    package var x: [Double]
    package var y: [Double]
    /// From 0 (unseen) to 1; nil chooses by the number of points.
    package var opacity: Double?

    package init(_ name: String, x: [Double], y: [Double], opacity: Double? = nil) {
      self.name = name
      self.x = x
      self.y = y
      self.opacity = opacity
    }
  }

  package var text: ChartText
  package var x: ChartAxis
  package var y: ChartAxis
  package var series: [Series]
  package var marks: [ChartMark]
  package var rules: [ChartRule]
  /// The label of the line y = x, such as "perfect".
  package var identity: String?

  package init(
    _ text: ChartText,
    x: ChartAxis,
    y: ChartAxis,
    series: [Series],
    marks: [ChartMark] = [],
    rules: [ChartRule] = [],
    identity: String? = nil
  ) {
    self.text = text
    self.x = x
    self.y = y
    self.series = series
    self.marks = marks
    self.rules = rules
    self.identity = identity
  }
}
