import ColophonMath

/// Minimises mean loss plus penalty by (proximal) Newton steps with backtracking.
///
/// For the squared loss the first step is the solution and the next ones refine it by its true
/// residual, so that squaring the condition number in the Gram matrix does no harm.
struct NewtonSolver: Sendable {
  let design: LinearDesign
  let loss: any MarginLoss
  /// λ₁ and λ₂ for each column.
  let absolute: [Double]
  let quadratic: [Double]
  let tolerance: Double
  let maxIterations: Int

  /// Beyond as many coefficients the curvature is not written down, only applied.
  static let denseLimit = 1_000

  /// How a solution came about.
  struct Solution: Sendable {
    /// Outputs × columns.
    var coefficients: [Double]
    var objective: Double
    /// The largest violation of the optimality conditions, over the loss's slope scale.
    var residual: Double
    var iterations: Int
    var isConverged: Bool
  }

  var outputs: Int { loss.outputs }
  var order: Int { outputs * design.columns }
  var isPenalized: Bool {
    absolute.contains { $0 > 0 } || quadratic.contains { $0 > 0 }
  }
  var isSparse: Bool { absolute.contains { $0 > 0 } }

  /// Where the iteration stands.
  struct State {
    var coefficients: [Double]
    var margins: [Double]
    var point: LossPoint
    var objective: Double
    /// Slopes of the smooth part.
    var slopes: [Double]
    var residual: Double
  }

  /// Runs to the optimum.
  ///
  /// - Throws: `TrainingFault.separable` where there is none.
  func solve(from start: [Double]) throws -> Solution {
    var state = state(at: start)
    var best = state
    var sinceBest = 0
    var iteration = 0
    while order > 0, iteration < maxIterations {
      iteration += 1
      let direction = direction(from: state)
      let spread = design.margins(direction, outputs: outputs)
      try checkSeparation(state, spread, iteration)
      guard let next = search(state, direction, spread) else { break }
      let isStill = largest(direction) <= 1e-9 * (1 + largest(next.coefficients))
      state = next
      if state.residual < 0.5 * best.residual { sinceBest = 0 } else { sinceBest += 1 }
      if state.residual <= best.residual { best = state }
      if best.residual <= tolerance, isStill || sinceBest >= 2 { break }
      if best.residual <= 1e-6, sinceBest >= 8 { break }
    }
    return Solution(
      coefficients: best.coefficients,
      objective: best.objective,
      residual: best.residual,
      iterations: iteration,
      isConverged: order == 0 || best.residual <= tolerance
    )
  }

  /// Everything that is known at some coefficients.
  func state(at coefficients: [Double], margins: [Double]? = nil) -> State {
    let margins = margins ?? design.margins(coefficients, outputs: outputs)
    let point = loss.evaluate(margins)
    var slopes = design.gathered(point.slopes, outputs: outputs)
    var penalty = 0.0
    for i in slopes.indices {
      let j = i % design.columns
      slopes[i] += quadratic[j] * coefficients[i]
      penalty += 0.5 * quadratic[j] * coefficients[i] * coefficients[i]
      penalty += absolute[j] * coefficients[i].magnitude
    }
    let residual = slopes.indices.reduce(0) {
      max(
        $0,
        optimalityViolation(
          coefficients[$1],
          slope: slopes[$1],
          threshold: absolute[$1 % design.columns]
        )
      )
    }
    return State(
      coefficients: coefficients,
      margins: margins,
      point: point,
      objective: point.value + penalty,
      slopes: slopes,
      residual: residual / loss.slopeScale
    )
  }

  private func direction(from state: State) -> [Double] {
    if isSparse {
      var step = ElasticNetStep(
        matrix: curvature(at: state),
        start: state.coefficients,
        slopes: state.slopes,
        thresholds: (0..<order).map { absolute[$0 % design.columns] }
      )
      let end = step.solve(tolerance: 1e-3 * tolerance * loss.slopeScale)
      return zip(end, state.coefficients).map { $0 - $1 }
    }
    let right = state.slopes.map { -$0 }
    if order <= NewtonSolver.denseLimit {
      let matrix = curvature(at: state)
      if let direction = solveDefinite(matrix, right) { return direction }
      return conjugateGradients(right, tolerance: 1e-12, limit: 10 * order) { matrix * $0 }
    }
    let closeness = min(0.1, state.residual)
    return conjugateGradients(right, tolerance: max(closeness, 1e-10), limit: 2 * order) {
      bend($0, at: state)
    }
  }

  private func largest(_ values: [Double]) -> Double {
    values.reduce(0) { max($0, $1.magnitude) }
  }
}
