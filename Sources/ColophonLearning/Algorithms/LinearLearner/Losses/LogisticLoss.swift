import ColophonMath

/// The log loss of two classes, the margin being the log-odds of the positive one.
struct LogisticLoss: MarginLoss {
  let positives: [Bool]
  let shares: [Double]

  var outputs: Int { 1 }
  var slopeScale: Double { 1 }

  func evaluate(_ margins: [Double]) -> LossPoint {
    var value = 0.0
    var slopes = margins
    var shapes = margins
    for row in margins.indices {
      // Both sides are computed from the margin towards the row's own class, without cancellation.
      let lead = positives[row] ? margins[row] : -margins[row]
      let wrong = Elementary.sigmoid(-lead)
      value += shares[row] * Elementary.softplus(-lead)
      slopes[row] = shares[row] * (positives[row] ? -wrong : wrong)
      shapes[row] = shares[row] * wrong * Elementary.sigmoid(lead)
    }
    return LossPoint(value: value, slopes: slopes, shapes: shapes)
  }

  func curvature(_ point: LossPoint, _ first: Int, _ second: Int) -> [Double] { point.shapes }

  func bend(_ directions: [Double], at point: LossPoint) -> [Double] {
    zip(directions, point.shapes).map { $0 * $1 }
  }

  func worstLead(_ margins: [Double]) -> Double? {
    margins.indices.lazy.map { positives[$0] ? margins[$0] : -margins[$0] }.min()
  }
}
