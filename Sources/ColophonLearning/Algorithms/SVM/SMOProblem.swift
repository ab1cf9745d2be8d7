import ColophonMath

/// Minimise ½ Σ βᵤ βᵥ K(u, v) + Σ pᵥ αᵥ over 0 ≤ αᵥ ≤ Cᵥ with Σ yᵥ αᵥ = 0, where βₚ sums yᵥ αᵥ over
/// the variables of a point.
///
/// A classification has one variable a point; a regression has two, one that pulls its estimate up
/// and one that pulls it down, the second lot after the first.
struct SMOProblem {
  var kernel: SVMKernel
  /// The points, row-major.
  var rows: [Double]
  var width: Int
  /// 1 or -1 for each variable.
  var signs: [Double]
  /// pᵥ for each variable.
  var linear: [Double]
  /// Cᵥ for each variable, above 0.
  var bounds: [Double]

  var points: Int { rows.count / width }
  /// How many variables a point has.
  var copies: Int { signs.count / points }

  /// How the solver is to work.
  struct Settings {
    var tolerance: Double
    var shrinking: Bool
    var cacheBytes: Int
    /// The most iterations; nil for as many as it takes.
    var maxIterations: Int?
  }

  /// What solves it.
  struct Solution {
    /// βₚ for each point.
    var coefficients: [Double]
    /// What is subtracted from Σ βₚ K(p, ·) to decide.
    var threshold: Double
    /// The minimum.
    var objective: Double
    var iterations: Int
    var isConverged: Bool
  }
}
