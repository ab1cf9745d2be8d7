/// What ran when, as bars in lanes: pipelines, spot instances, tuning jobs.
package struct TimelineChart: Codable, Hashable, Sendable {
  package struct Span: Codable, Hashable, Sendable {
    package var start: Double
    package var end: Double
    /// Printed in the bar where it fits.
    package var label: String?
    /// What the span is, by position in `kinds`.
    package var kind: Int

    package init(from start: Double, to end: Double, _ label: String? = nil, kind: Int = 0) {
      self.start = start
      self.end = end
      self.label = label
      self.kind = kind
    }
  }

  package struct Lane: Codable, Hashable, Sendable {
    package var label: String
    package var spans: [Span]

    package init(_ label: String, _ spans: [Span]) {
      self.label = label
      self.spans = spans
    }
  }

  package var text: ChartText
  package var axis: ChartAxis
  /// From top to bottom.
  package var lanes: [Lane]
  /// The names of the kinds of span, such as forward, backward, idle.
  package var kinds: [String]
  package var rules: [ChartRule]

  package init(
    _ text: ChartText,
    axis: ChartAxis,
    lanes: [Lane],
    kinds: [String] = [],
    rules: [ChartRule] = []
  ) {
    self.text = text
    self.axis = axis
    self.lanes = lanes
    self.kinds = kinds
    self.rules = rules
  }
}
