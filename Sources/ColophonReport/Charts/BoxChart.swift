/// Five numbers and the outliers of each of several groups, as horizontal boxes.
package struct BoxChart: Codable, Hashable, Sendable {
  package struct Box: Codable, Hashable, Sendable {
    package var label: String
    /// The end of the lower whisker.
    package var low: Double
    package var lowerQuartile: Double
    package var median: Double
    package var upperQuartile: Double
    /// The end of the upper whisker.
    package var high: Double
    package var outliers: [Double]

    package init(
      _ label: String,
      low: Double,
      lowerQuartile: Double,
      median: Double,
      upperQuartile: Double,
      high: Double,
      outliers: [Double] = []
    ) {
      self.label = label
      self.low = low
      self.lowerQuartile = lowerQuartile
      self.median = median
      self.upperQuartile = upperQuartile
      self.high = high
      self.outliers = outliers
    }
  }

  package var text: ChartText
  package var axis: ChartAxis
  /// From top to bottom.
  package var boxes: [Box]

  package init(_ text: ChartText, axis: ChartAxis, boxes: [Box]) {
    self.text = text
    self.axis = axis
    self.boxes = boxes
  }
}
