/// What a feature adds against its own value, each dot coloured by another feature.
package struct DependenceChart: Codable, Hashable, Sendable {
  package var text: ChartText
  package var x: ChartAxis
  package var y: ChartAxis
  package var xs: [Double]
  package var ys: [Double]
  /// How high the other feature is, from 0 to 1; nil where it is missing.
  package var shades: [Double?]
  /// The other feature; nil where dots have one colour.
  package var shadeTitle: String?

  package init(
    _ text: ChartText,
    x: ChartAxis,
    y: ChartAxis,
    xs: [Double],
    ys: [Double],
    shades: [Double?] = [],
    shadeTitle: String? = nil
  ) {
    self.text = text
    self.x = x
    self.y = y
    self.xs = xs
    self.ys = ys
    self.shades = shades
    self.shadeTitle = shadeTitle
  }
}
