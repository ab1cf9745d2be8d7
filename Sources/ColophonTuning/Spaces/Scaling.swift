import ColophonMath

/// How a range is spread over the interval from 0 to 1 (the managed service's names and rules).
package enum Scaling: String, Codable, Hashable, Sendable, CaseIterable {
  /// Logarithmic where the range is positive and spans a factor of 100 or more, else linear.
  case automatic = "Auto"
  case linear = "Linear"
  /// Needs a range above 0.
  case logarithmic = "Logarithmic"
  /// For numbers near 1, in a range within 0 ≤ x < 1: −log(1 − x).
  case reverseLogarithmic = "ReverseLogarithmic"

  /// What `automatic` means for a range.
  package func resolved(_ lower: Double, _ upper: Double) -> Scaling {
    guard self == .automatic else { return self }
    return lower > 0 && upper / lower >= 100 ? .logarithmic : .linear
  }

  /// Why a range can't have this scaling, in a sentence; nil where it can.
  package func fault(_ lower: Double, _ upper: Double, isInteger: Bool) -> String? {
    switch self {
    case .automatic, .linear: nil
    case .logarithmic: lower > 0 ? nil : "a logarithmic range must be above 0"
    case .reverseLogarithmic:
      isInteger
        ? "a reverse-logarithmic range must be continuous"
        : lower >= 0 && upper < 1
          ? nil : "a reverse-logarithmic range must lie within 0 ≤ x < 1"
    }
  }

  /// A monotone map to the scale on which the range is even.
  func forward(_ x: Double) -> Double {
    switch self {
    case .automatic, .linear: x
    case .logarithmic: Elementary.log(x)
    case .reverseLogarithmic: -Elementary.log1p(-x)
    }
  }

  func backward(_ y: Double) -> Double {
    switch self {
    case .automatic, .linear: y
    case .logarithmic: Elementary.exp(y)
    case .reverseLogarithmic: -Elementary.expm1(-y)
    }
  }
}
