/// A smooth convex loss of the margins of weighted rows, with the derivatives that Newton needs.
///
/// Margins, slopes and shapes are row-major: rows × outputs.
protocol MarginLoss: Sendable {
  /// Margins a row.
  var outputs: Int { get }
  /// The largest slope that a coefficient on a standardised column can have at the start.
  var slopeScale: Double { get }
  /// Whether the curvature is the same everywhere.
  var isQuadratic: Bool { get }
  /// The mean loss, its slope for each margin, and what its curvature is made of.
  func evaluate(_ margins: [Double]) -> LossPoint
  /// Each row's second derivative by the margins of two outputs.
  func curvature(_ point: LossPoint, _ first: Int, _ second: Int) -> [Double]
  /// Multiplies directions in the margins by the curvature.
  func bend(_ directions: [Double], at point: LossPoint) -> [Double]
  /// By how much the row that is decided worst is still decided right; nil where rows are not
  /// decided. Above 0, every row is on its own side.
  func worstLead(_ margins: [Double]) -> Double?
}

extension MarginLoss {
  var isQuadratic: Bool { false }
}

/// A loss at some margins.
struct LossPoint: Sendable {
  var value: Double
  /// Already multiplied by the rows' shares.
  var slopes: [Double]
  /// What the loss needs again for its curvature, such as probabilities.
  var shapes: [Double]
}
