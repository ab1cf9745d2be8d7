/// Where a minimiser ended, and how.
package struct Minimum: Hashable, Sendable {
  /// Why it stopped.
  package enum Ending: String, Sendable {
    /// The gradient is as small as was asked.
    case gradient
    /// A step no longer lowers the value by more than was asked.
    case value
    /// The steps that were allowed are used up.
    case iterations
    /// No step along the direction lowers the value: rounding, or a gradient that is wrong.
    case lineSearch = "line search"
    /// The value or the gradient is not finite.
    case notFinite = "not finite"
  }

  package var point: [Double]
  package var value: Double
  /// The largest component of the gradient, without its sign.
  package var gradientNorm: Double
  package var iterations: Int
  package var evaluations: Int
  package var ending: Ending

  /// Whether the point is a minimum as far as the tolerances tell.
  package var hasConverged: Bool { ending == .gradient || ending == .value }
}

/// The largest of the components without their signs; NaN where one is.
func largestMagnitude(_ x: [Double]) -> Double {
  x.reduce(0) { $1.isNaN ? .nan : max($0, abs($1)) }
}
