/// How a number comes about, step by step: from a base to a total.
package struct WaterfallChart: Codable, Hashable, Sendable {
  package struct Step: Codable, Hashable, Sendable {
    package var label: String
    package var amount: Double

    package init(_ label: String, _ amount: Double) {
      self.label = label
      self.amount = amount
    }
  }

  package var text: ChartText
  package var axis: ChartAxis
  package var base: Double
  /// What the base is, such as `mean of the background`.
  package var baseLabel: String
  /// From top to bottom; with the base they add up to the total.
  package var steps: [Step]
  package var totalLabel: String

  package init(
    _ text: ChartText,
    axis: ChartAxis,
    base: Double,
    baseLabel: String = "base",
    steps: [Step],
    totalLabel: String = "prediction"
  ) {
    self.text = text
    self.axis = axis
    self.base = base
    self.baseLabel = baseLabel
    self.steps = steps
    self.totalLabel = totalLabel
  }

  /// What the base and the steps add up to, from top to bottom.
  package var total: Double { steps.reduce(base) { $0 + $1.amount } }
}
