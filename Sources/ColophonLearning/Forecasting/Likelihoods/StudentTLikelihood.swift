package import ColophonCore
import ColophonMath

/// Real values around a mean, with tails as heavy as the series': μ = ν o₁, σ = ν softplus(o₂),
/// 2 + softplus(o₃) degrees of freedom, so that the variance is finite.
package enum StudentTLikelihood: ForecastLikelihood {
  package static let name = "student-T"
  package static let summary = "Real values with heavy tails."
  package static let parameters: [(name: String, least: Double?)] = [
    ("mean", nil), ("deviation", 0), ("degrees_of_freedom", 2),
  ]

  package static func loss(
    _ numbers: UnsafePointer<Float>,
    _ value: Double,
    scale: Double,
    _ slopes: UnsafeMutablePointer<Double>
  ) -> Double {
    let deviation = PositiveLink.value(numbers[1])
    let freedom = 2 + PositiveLink.value(numbers[2])
    let distance = (value / scale - Double(numbers[0])) / deviation
    let square = distance * distance
    let half = (freedom + 1) / 2
    // How strongly a distance pulls: 1 for a normal distribution, less far out.
    let pull = (freedom + 1) / (freedom + square)
    slopes[0] = -pull * distance / deviation
    slopes[1] = (1 - pull * square) / deviation * PositiveLink.slope(numbers[1])
    let byFreedom =
      0.5 * (Special.digamma(freedom / 2) - Special.digamma(half)) + 0.5 / freedom
      + 0.5 * Elementary.log1p(square / freedom) - 0.5 * pull * square / freedom
    slopes[2] = byFreedom * PositiveLink.slope(numbers[2])
    return Elementary.lgamma(freedom / 2) - Elementary.lgamma(half)
      + 0.5 * Elementary.log(freedom * .pi) + Elementary.log(deviation) + Elementary.log(scale)
      + half * Elementary.log1p(square / freedom)
  }

  package static func draw(
    _ numbers: UnsafePointer<Float>,
    scale: Double,
    _ random: inout RandomStream
  ) -> Double {
    let deviation = PositiveLink.value(numbers[1])
    let freedom = 2 + PositiveLink.value(numbers[2])
    let normal = random.standardNormal()
    let spread = random.gamma(shape: freedom / 2, scale: 2 / freedom).squareRoot()
    return scale * (Double(numbers[0]) + deviation * normal / spread)
  }
}
