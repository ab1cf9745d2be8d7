import ColophonMath

/// The scale on which a model sees losses: mean 0 and variance 1, the worst ones brought in, since
/// what is far above the median tells no more than that it is bad.
struct LossScale: Hashable, Sendable {
  private let bound: Double
  private let unit: Double
  private let mean: Double
  private let deviation: Double

  /// The scale of some losses, at least one.
  init(_ losses: [Double]) {
    let sorted = losses.sorted()
    let median = sorted[sorted.count / 2]
    let spread = median - sorted[0]
    unit = 3 * (spread > 0 ? spread : 1)
    bound = median + unit
    let (bound, unit) = (bound, unit)
    let tamed = losses.map { LossScale.tame($0, bound, unit) }
    mean = tamed.reduce(0, +) / Double(tamed.count)
    let mean = mean
    let variance = tamed.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(tamed.count)
    deviation = variance > 0 && variance.isFinite ? variance.squareRoot() : 1
  }

  /// Beyond the bound only the logarithm of the excess counts.
  private static func tame(_ loss: Double, _ bound: Double, _ unit: Double) -> Double {
    loss > bound ? bound + unit * Elementary.log1p((loss - bound) / unit) : loss
  }

  /// A loss as the model sees it.
  func forward(_ loss: Double) -> Double {
    (LossScale.tame(loss, bound, unit) - mean) / deviation
  }

  /// The loss that the model sees so.
  func backward(_ value: Double) -> Double {
    let tamed = mean + deviation * value
    guard tamed > bound else { return tamed }
    return bound + unit * Elementary.expm1((tamed - bound) / unit)
  }
}
