/// A published measurement, and what the simulator says of the same configuration.
package struct PublishedRow: Sendable {
  /// Rows of one model on one machine, whose plans are ranked against each other.
  package var group: String
  package var label: String
  /// In the table's own unit: seconds, or tokens a second.
  package var measured: Double
  package var predicted: Double
  /// FLOPs of the hardware a second and device at a constant efficiency of 1, for the null model.
  package var ideal: Double
  /// Whether the interval that was told holds what was measured; nil where none is told.
  package var isInside: Bool?

  /// Predicted over measured, less 1; for rates the same sign means the same optimism of time.
  package var error: Double { predicted / measured - 1 }
}
