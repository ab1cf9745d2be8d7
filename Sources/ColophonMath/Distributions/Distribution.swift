/// A probability distribution over the real numbers or the whole ones.
///
/// Both tails are first-class: `survival` and `upperQuantile` keep their relative accuracy where
/// `1 - cumulative` would have none left. Parameters out of range are the caller's bug.
package protocol Distribution: Sendable {
  /// The expected value; NaN or infinite where there is none.
  var mean: Double { get }
  /// The expected squared distance to the mean.
  var variance: Double { get }
  /// The logarithm of the density, or of the probability of a whole number.
  func logDensity(at x: Double) -> Double
  /// The density, or the probability of a whole number.
  func density(at x: Double) -> Double
  /// The probability of at most x.
  func cumulative(at x: Double) -> Double
  /// The probability of more than x.
  func survival(at x: Double) -> Double
  /// The x below or at which a share `p` lies; for whole numbers the least that reaches it.
  func quantile(_ p: Double) -> Double
  /// The x above which a share `q` lies; for whole numbers the least with no more above it.
  func upperQuantile(_ q: Double) -> Double
}

extension Distribution {
  package var standardDeviation: Double { variance.squareRoot() }
  package func density(at x: Double) -> Double { Elementary.exp(logDensity(at: x)) }
}
