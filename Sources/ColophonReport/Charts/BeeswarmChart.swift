/// Every number as a dot, heaped in lanes: what features add to predictions, row by row.
package struct BeeswarmChart: Codable, Hashable, Sendable {
  package struct Lane: Codable, Hashable, Sendable {
    package var label: String
    package var values: [Double]
    /// How high each dot's own quantity is, from 0 to 1; nil where it is missing or has no order.
    package var shades: [Double?]

    package init(_ label: String, values: [Double], shades: [Double?] = []) {
      self.label = label
      self.values = values
      self.shades = shades
    }
  }

  package var text: ChartText
  package var axis: ChartAxis
  /// From top to bottom.
  package var lanes: [Lane]
  /// What the shades tell, such as `feature value`; nil where no lane has any.
  package var shadeTitle: String?

  package init(
    _ text: ChartText,
    axis: ChartAxis,
    lanes: [Lane],
    shadeTitle: String? = nil
  ) {
    self.text = text
    self.axis = axis
    self.lanes = lanes
    self.shadeTitle = shadeTitle
  }
}
