/// Estimates with their intervals, as dots with whiskers: slices, models side by side, folds.
package struct IntervalChart: Codable, Hashable, Sendable {
  package struct Item: Codable, Hashable, Sendable {
    package var label: String
    package var value: Double
    package var low: Double?
    package var high: Double?
    /// A few words after the label, such as the number of rows.
    package var note: String?

    package init(
      _ label: String,
      _ value: Double,
      low: Double? = nil,
      high: Double? = nil,
      note: String? = nil
    ) {
      self.label = label
      self.value = value
      self.low = low
      self.high = high
      self.note = note
    }
  }

  package var text: ChartText
  package var axis: ChartAxis
  /// From top to bottom.
  package var items: [Item]
  /// Vertical lines of reference; horizontal ones have no meaning here and are left out.
  package var rules: [ChartRule]

  package init(_ text: ChartText, axis: ChartAxis, items: [Item], rules: [ChartRule] = []) {
    self.text = text
    self.axis = axis
    self.items = items
    self.rules = rules
  }
}
