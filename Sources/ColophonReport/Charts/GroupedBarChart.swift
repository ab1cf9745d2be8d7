/// Horizontal bars from zero, several for each group: rates by group, shares before and after.
package struct GroupedBarChart: Codable, Hashable, Sendable {
  /// What is drawn side by side.
  package struct Group: Codable, Hashable, Sendable {
    package var label: String
    /// One for each series; nil where there is none.
    package var values: [Double?]
    /// A few words after the label, such as the number of rows.
    package var note: String?

    package init(_ label: String, _ values: [Double?], note: String? = nil) {
      self.label = label
      self.values = values
      self.note = note
    }
  }

  package var text: ChartText
  package var axis: ChartAxis
  /// The names of the bars of each group, in their order.
  package var series: [String]
  /// From top to bottom.
  package var groups: [Group]
  /// Vertical lines of reference, such as a threshold.
  package var rules: [ChartRule]

  package init(
    _ text: ChartText,
    axis: ChartAxis,
    series: [String],
    groups: [Group],
    rules: [ChartRule] = []
  ) {
    self.text = text
    self.axis = axis
    self.series = series
    self.groups = groups
    self.rules = rules
  }
}
