import ColophonMath

/// The scale on which a model sees losses: Yeo and Johnson's transform (2000) around the median, in
/// quarters of the spread, with the power that makes them most normal; then mean 0 and variance 1.
///
/// What is far above the median tells no more than that it is bad; powers are from 0 to 1, so that
/// the good end is never pressed together.
package struct LossScale: Hashable, Sendable {
  private let middle: Double
  private let unit: Double
  private let power: Double
  private let mean: Double
  private let deviation: Double
  private let jacobian: Double

  /// The scale of some losses, at least one, with the power that makes them most normal or another.
  package init(_ losses: [Double], power wanted: Double? = nil) {
    let sorted = losses.sorted()
    let median = sorted[sorted.count / 2]
    let quarter = sorted[sorted.count / 4]
    let spread = median - quarter
    unit = spread > 0 && spread.isFinite ? spread : 1
    middle = median
    let (middle, unit) = (middle, unit)
    let units = losses.map { ($0 - middle) / unit }
    let power = wanted ?? LossScale.bestPower(units)
    self.power = power
    let bent = units.map { LossScale.bend($0, power) }
    let slopes = units.reduce(0.0) { sum, t in
      sum + (power - 1) * (t >= 0 ? Elementary.log1p(t) : -Elementary.log1p(-t))
    }
    jacobian = slopes / Double(units.count)
    let mean = bent.reduce(0, +) / Double(bent.count)
    self.mean = mean
    let variance = bent.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(bent.count)
    deviation = variance > 0 && variance.isFinite ? variance.squareRoot() : 1
  }

  /// Yeo and Johnson's transform for powers below 2.
  private static func bend(_ t: Double, _ power: Double) -> Double {
    if t >= 0 {
      return power == 0
        ? Elementary.log1p(t) : Elementary.expm1(power * Elementary.log1p(t)) / power
    }
    let other = 2 - power
    return -Elementary.expm1(other * Elementary.log1p(-t)) / other
  }

  private static func straighten(_ y: Double, _ power: Double) -> Double {
    if y >= 0 {
      return power == 0
        ? Elementary.expm1(y) : Elementary.expm1(Elementary.log1p(power * y) / power)
    }
    let other = 2 - power
    return -Elementary.expm1(Elementary.log1p(-other * y) / other)
  }

  /// The power of the largest normal likelihood among steps of a tenth.
  private static func bestPower(_ units: [Double]) -> Double {
    var best = (power: 1.0, likelihood: -Double.infinity)
    let n = Double(units.count)
    let jacobian = units.reduce(0.0) { sum, t in
      sum + (t >= 0 ? Elementary.log1p(t) : -Elementary.log1p(-t))
    }
    for step in stride(from: 10, through: 0, by: -1) {
      let power = Double(step) / 10
      let bent = units.map { bend($0, power) }
      let mean = bent.reduce(0, +) / n
      let variance = bent.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
      guard variance > 0, variance.isFinite else { continue }
      let likelihood = -n / 2 * Elementary.log(variance) + (power - 1) * jacobian
      if likelihood > best.likelihood { best = (power, likelihood) }
    }
    return best.power
  }

  /// Whether losses are only moved and stretched.
  var isStraight: Bool { power == 1 }

  /// The mean of log |∂forward/∂loss| over the losses: what makes likelihoods on two scales
  /// comparable.
  var meanLogSlope: Double { jacobian - Elementary.log(unit) - Elementary.log(deviation) }

  /// A loss as the model sees it.
  package func forward(_ loss: Double) -> Double {
    (LossScale.bend((loss - middle) / unit, power) - mean) / deviation
  }

  /// The loss that the model sees so.
  package func backward(_ value: Double) -> Double {
    middle + unit * LossScale.straighten(mean + deviation * value, power)
  }
}
