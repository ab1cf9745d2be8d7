package import ColophonCore

/// What a direction of a chart measures.
package struct ChartAxis: Codable, Hashable, Sendable {
  /// How numbers become lengths.
  package enum Scale: String, Codable, Hashable, Sendable {
    case linear
    /// To base ten; numbers that aren't positive have no place and are left out.
    case logarithmic
  }

  package var label: String
  /// Printed in brackets after the label, such as `s` or `USD`.
  package var unit: String?
  package var scale: Scale
  /// The least number to show; nil lets the data decide.
  package var lower: Double?
  /// The greatest number to show; nil lets the data decide.
  package var upper: Double?
  /// How the ticks are printed; nil takes as many digits as tell them apart, and `thousands` names
  /// whole numbers alone.
  package var format: NumberFormat?

  package init(
    _ label: String,
    unit: String? = nil,
    scale: Scale = .linear,
    lower: Double? = nil,
    upper: Double? = nil,
    format: NumberFormat? = nil
  ) {
    self.label = label
    self.unit = unit
    self.scale = scale
    self.lower = lower
    self.upper = upper
    self.format = format
  }

  /// A fraction from 0 to 1.
  package static func fraction(_ label: String) -> ChartAxis {
    ChartAxis(label, lower: 0, upper: 1)
  }
}
