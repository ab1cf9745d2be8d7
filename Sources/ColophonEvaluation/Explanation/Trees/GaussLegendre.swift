import ColophonMath

/// Points and weights that integrate polynomials over [0, 1] exactly, up to the degree 2 n − 1.
///
/// - SeeAlso: Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, 25.4.29.
struct GaussLegendre: Hashable, Sendable {
  /// Ascending, inside (0, 1).
  let points: [Double]
  /// Above 0; they add up to 1.
  let weights: [Double]

  init(_ count: Int) {
    precondition(count > 0, "a rule of \(count) points")
    var points: [Double] = []
    var weights: [Double] = []
    for i in 0..<count {
      // Newton's steps from a guess that lies within the root's own basin (Tricomi, 1950).
      var x = -Elementary.cos(.pi * (Double(i) + 0.75) / (Double(count) + 0.5))
      for _ in 0..<8 {
        let (value, slope) = GaussLegendre.legendre(count, x)
        x -= value / slope
      }
      let slope = GaussLegendre.legendre(count, x).slope
      points.append(0.5 + 0.5 * x)
      weights.append(1 / ((1 - x * x) * slope * slope))
    }
    self.points = points
    self.weights = weights
  }

  /// Legendre's polynomial of a degree and its slope, by the recurrence of three terms.
  private static func legendre(_ degree: Int, _ x: Double) -> (value: Double, slope: Double) {
    var (before, value) = (1.0, x)
    for k in 1..<max(degree, 1) {
      let n = Double(k)
      (before, value) = (value, ((2 * n + 1) * x * value - n * before) / (n + 1))
    }
    return (value, Double(degree) * (x * value - before) / (x * x - 1))
  }
}
