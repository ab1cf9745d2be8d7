package import ColophonCore
import ColophonMath

/// Counts whose variance exceeds their mean: μ = ν softplus(o₁), α = softplus(o₂) / √ν, variance
/// μ + α μ² (Salinas and others, 2020, section 3.1 and equation 6).
package enum NegativeBinomialLikelihood: ForecastLikelihood {
  package static let name = "negative-binomial"
  package static let summary = "Whole numbers from 0 on."
  package static let parameters: [(name: String, least: Double?)] = [("mean", 0), ("shape", 0)]
  /// As in the paper's section 3.3, so that series of zeros have a scale.
  package static let scaleOffset = 1.0

  package static func fault(_ value: Double) -> String? {
    value >= 0 && value == value.rounded() && value < 1e15
      ? nil : "negative-binomial takes whole numbers from 0 on"
  }

  private static func terms(
    _ numbers: UnsafePointer<Float>,
    _ scale: Double
  ) -> (mean: Double, shape: Double) {
    (scale * PositiveLink.value(numbers[0]), PositiveLink.value(numbers[1]) / scale.squareRoot())
  }

  package static func loss(
    _ numbers: UnsafePointer<Float>,
    _ z: Double,
    scale: Double,
    _ slopes: UnsafeMutablePointer<Double>
  ) -> Double {
    let (mean, shape) = terms(numbers, scale)
    let r = 1 / shape
    let growth = Elementary.log1p(shape * mean)
    slopes[0] = (mean - z) / (mean * (1 + shape * mean)) * scale * PositiveLink.slope(numbers[0])
    // d log p / dα, r = 1/α.
    let byShape =
      r * r * (Special.digamma(r) - Special.digamma(z + r) + growth)
      - (r + z) * mean / (1 + shape * mean) + z * r
    slopes[1] = -byShape / scale.squareRoot() * PositiveLink.slope(numbers[1])
    return Elementary.lgamma(z + 1) + Elementary.lgamma(r) - Elementary.lgamma(z + r)
      + (r + z) * growth - (z == 0 ? 0 : z * Elementary.log(shape * mean))
  }

  /// A Poisson number of a gamma mean.
  package static func draw(
    _ numbers: UnsafePointer<Float>,
    scale: Double,
    _ random: inout RandomStream
  ) -> Double {
    let (mean, shape) = terms(numbers, scale)
    let rate = random.gamma(shape: 1 / shape, scale: shape * mean)
    return Double(random.poisson(mean: min(rate, 1e12)))
  }
}
