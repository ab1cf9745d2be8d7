/// The χ² distribution: a sum of squared standard normal variates.
package struct ChiSquared: Distribution, Hashable {
  /// ν, above 0.
  package let degreesOfFreedom: Double
  private let gamma: Gamma

  package init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom
    gamma = Gamma(shape: degreesOfFreedom / 2, scale: 2)
  }

  package var mean: Double { degreesOfFreedom }
  package var variance: Double { 2 * degreesOfFreedom }
  package func logDensity(at x: Double) -> Double { gamma.logDensity(at: x) }
  package func cumulative(at x: Double) -> Double { gamma.cumulative(at: x) }
  package func survival(at x: Double) -> Double { gamma.survival(at: x) }
  package func quantile(_ p: Double) -> Double { gamma.quantile(p) }
  package func upperQuantile(_ q: Double) -> Double { gamma.upperQuantile(q) }
}
