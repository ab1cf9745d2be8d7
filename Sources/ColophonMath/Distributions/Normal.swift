/// The normal distribution.
package struct Normal: Distribution, Hashable {
  package let mean: Double
  package let standardDeviation: Double

  /// The normal distribution around `mean`; the standard one unless told otherwise.
  package init(mean: Double = 0, standardDeviation: Double = 1) {
    precondition(standardDeviation > 0, "a standard deviation of \(standardDeviation)")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  package var variance: Double { standardDeviation * standardDeviation }

  private func standardised(_ x: Double) -> Double { (x - mean) / standardDeviation }

  package func logDensity(at x: Double) -> Double {
    let z = standardised(x)
    return -0.5 * z * z - Special.halfLogTwoPi - Elementary.log(standardDeviation)
  }

  package func cumulative(at x: Double) -> Double { normalTail(-standardised(x)) }
  package func survival(at x: Double) -> Double { normalTail(standardised(x)) }

  package func quantile(_ p: Double) -> Double {
    mean + standardDeviation * NormalQuantile.exact(p)
  }

  package func upperQuantile(_ q: Double) -> Double {
    mean - standardDeviation * NormalQuantile.exact(q)
  }
}
