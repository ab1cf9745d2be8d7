/// Curves over a common axis: learning curves, ROC and precision–recall, calibration, scaling.
package struct LineChart: Codable, Hashable, Sendable {
  /// How a series is drawn.
  package enum Shape: String, Codable, Hashable, Sendable {
    case line
    /// Each height holds until the next point, as for the best so far.
    case step
    case points
    /// Rings: points of a second rank, such as jobs that were stopped early.
    case hollowPoints
    /// A line with a point at each of its places.
    case markedLine
  }

  /// One curve, broken at places that aren't finite.
  package struct Series: Codable, Hashable, Sendable {
    package var name: String
    package var x: [Double]
    package var y: [Double]
    package var shape: Shape

    package init(_ name: String, x: [Double], y: [Double], shape: Shape = .line) {
      self.name = name
      self.x = x
      self.y = y
      self.shape = shape
    }
  }

  /// An area between two curves, such as an interval about a series.
  package struct Band: Codable, Hashable, Sendable {
    package var name: String
    package var x: [Double]
    package var low: [Double]
    package var high: [Double]
    /// The series whose colour the band takes, by position.
    package var series: Int

    package init(_ name: String, x: [Double], low: [Double], high: [Double], series: Int = 0) {
      self.name = name
      self.x = x
      self.low = low
      self.high = high
      self.series = series
    }
  }

  package var text: ChartText
  package var x: ChartAxis
  package var y: ChartAxis
  package var series: [Series]
  package var bands: [Band]
  package var marks: [ChartMark]
  package var rules: [ChartRule]
  /// The label of the line y = x: chance for ROC, perfect calibration for a reliability curve.
  package var diagonal: String?

  package init(
    _ text: ChartText,
    x: ChartAxis,
    y: ChartAxis,
    series: [Series],
    bands: [Band] = [],
    marks: [ChartMark] = [],
    rules: [ChartRule] = [],
    diagonal: String? = nil
  ) {
    self.text = text
    self.x = x
    self.y = y
    self.series = series
    self.bands = bands
    self.marks = marks
    self.rules = rules
    self.diagonal = diagonal
  }
}
