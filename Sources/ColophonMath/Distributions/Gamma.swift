/// The gamma distribution.
package struct Gamma: Distribution, Hashable {
  package let shape: Double
  package let scale: Double

  /// The distribution of mean `shape · scale`; both above 0.
  package init(shape: Double, scale: Double = 1) {
    precondition(shape > 0 && scale > 0, "a shape of \(shape), a scale of \(scale)")
    self.shape = shape
    self.scale = scale
  }

  package var mean: Double { shape * scale }
  package var variance: Double { shape * scale * scale }

  package func logDensity(at x: Double) -> Double {
    guard x >= 0 else { return x.isNaN ? .nan : -.infinity }
    let y = x / scale
    if y == 0 {
      return shape > 1 ? -.infinity : shape == 1 ? -Elementary.log(scale) : .infinity
    }
    if y == .infinity { return -.infinity }
    if shape < 15 {
      // yᵃ⁻¹ e⁻ʸ / Γ(a), with Γ(a) = Γ(1 + a) / a.
      return (shape - 1) * Elementary.log(y) - y - Special.logGammaOnePlus(shape)
        + Elementary.log(shape) - Elementary.log(scale)
    }
    return -shape * Special.excessOverLog((y - shape) / shape, ratio: y / shape)
      - Special.stirlingCorrection(shape)
      - Special.halfLogTwoPi + 0.5 * Elementary.log(shape) - Elementary.log(y)
      - Elementary.log(scale)
  }

  package func cumulative(at x: Double) -> Double { IncompleteGamma.lower(shape: shape, x / scale) }
  package func survival(at x: Double) -> Double { IncompleteGamma.upper(shape: shape, x / scale) }

  package func quantile(_ p: Double) -> Double {
    scale * IncompleteGamma.inverseLower(shape: shape, p)
  }

  package func upperQuantile(_ q: Double) -> Double {
    scale * IncompleteGamma.inverseUpper(shape: shape, q)
  }
}
