/// Horizontal bars from zero: coefficients, importances, counts by label.
package struct BarChart: Codable, Hashable, Sendable {
  package struct Bar: Codable, Hashable, Sendable {
    package var label: String
    package var value: Double
    /// The ends of a whisker about the value.
    package var low: Double?
    package var high: Double?

    package init(_ label: String, _ value: Double, low: Double? = nil, high: Double? = nil) {
      self.label = label
      self.value = value
      self.low = low
      self.high = high
    }
  }

  package var text: ChartText
  package var axis: ChartAxis
  /// From top to bottom.
  package var bars: [Bar]
  /// Whether bars below zero have another colour than those above.
  package var showsSign: Bool

  package init(_ text: ChartText, axis: ChartAxis, bars: [Bar], showsSign: Bool = false) {
    self.text = text
    self.axis = axis
    self.bars = bars
    self.showsSign = showsSign
  }
}
