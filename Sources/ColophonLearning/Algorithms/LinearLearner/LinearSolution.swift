/// How the coefficients of a linear model came about.
struct LinearSolution: Sendable {
  /// Outputs × columns.
  var coefficients: [Double]
  var objective: Double
  /// The largest violation of the optimality conditions, over the loss's slope scale.
  var residual: Double
  /// By how much the objective can at most be above its minimum, relative to it; nil where the
  /// residual says it all.
  var gap: Double?
  var iterations: Int
  var isConverged: Bool
  /// The slope of each row that certifies the optimum; empty where the solver has none.
  var slopes: [Double] = []

  /// The solutions of outputs that were solved for one by one.
  static func joined(_ parts: [LinearSolution]) -> LinearSolution {
    LinearSolution(
      coefficients: parts.flatMap { $0.coefficients },
      objective: parts.reduce(0) { $0 + $1.objective },
      residual: parts.reduce(0) { max($0, $1.residual) },
      gap: parts.contains { $0.gap != nil } ? parts.reduce(0) { max($0, $1.gap ?? 0) } : nil,
      iterations: parts.reduce(0) { $0 + $1.iterations },
      isConverged: parts.allSatisfy { $0.isConverged }
    )
  }
}
