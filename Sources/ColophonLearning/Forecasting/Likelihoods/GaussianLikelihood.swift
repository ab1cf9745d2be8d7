package import ColophonCore
import ColophonMath

/// Real values around a mean, with thin tails: μ = ν o₁, σ = ν softplus(o₂) (Salinas and others,
/// 2020, equations 3 and 4).
package enum GaussianLikelihood: ForecastLikelihood {
  package static let name = "gaussian"
  package static let summary = "Real values with thin tails."
  package static let parameters: [(name: String, least: Double?)] = [
    ("mean", nil), ("deviation", 0),
  ]

  package static func loss(
    _ numbers: UnsafePointer<Float>,
    _ value: Double,
    scale: Double,
    _ slopes: UnsafeMutablePointer<Double>
  ) -> Double {
    let deviation = PositiveLink.value(numbers[1])
    let distance = (value / scale - Double(numbers[0])) / deviation
    slopes[0] = -distance / deviation
    slopes[1] = (1 - distance * distance) / deviation * PositiveLink.slope(numbers[1])
    return 0.5 * distance * distance + Elementary.log(deviation) + Elementary.log(scale)
      + 0.5 * Elementary.log(2 * .pi)
  }

  package static func draw(
    _ numbers: UnsafePointer<Float>,
    scale: Double,
    _ random: inout RandomStream
  ) -> Double {
    let deviation = PositiveLink.value(numbers[1])
    return scale * (Double(numbers[0]) + deviation * random.standardNormal())
  }
}
