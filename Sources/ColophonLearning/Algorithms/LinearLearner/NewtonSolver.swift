import ColophonMath

/// Minimises mean loss plus penalty by (proximal) Newton steps with backtracking.
///
/// For the squared loss the first step is the solution and the next ones refine it by its true
/// residual, so that squaring the condition number in the Gram matrix does no harm.
struct NewtonSolver: Sendable {
  let design: LinearDesign
  let loss: any MarginLoss
  let penalty: LinearPenalty
  let tolerance: Double
  let maxIterations: Int

  /// Beyond as many coefficients the curvature is not written down, only applied.
  static let denseLimit = 1_000

  var outputs: Int { loss.outputs }
  var order: Int { outputs * design.columns }
  var absolute: [Double] { penalty.absolute }
  var isSparse: Bool { penalty.isSparse }

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
  func solve(from start: [Double]) throws -> LinearSolution {
    var state = state(at: start)
    var best = state
    var fixed: Matrix?
    var sinceBest = 0
    var iteration = 0
    while order > 0, iteration < maxIterations {
      iteration += 1
      let direction = direction(from: state, &fixed)
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
    return LinearSolution(
      coefficients: best.coefficients,
      objective: best.objective,
      residual: best.residual,
      gap: nil,
      iterations: iteration,
      isConverged: order == 0 || best.residual <= tolerance
    )
  }

  /// Everything that is known at some coefficients.
  func state(at coefficients: [Double], margins: [Double]? = nil) -> State {
    let margins = margins ?? design.margins(coefficients, outputs: outputs)
    let point = loss.evaluate(margins)
    var slopes = design.gathered(point.slopes, outputs: outputs)
    let penalty = self.penalty.add(coefficients, to: &slopes)
    let absolute = absolute
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

  /// The curvature at a state; the same everywhere for a loss that is quadratic.
  private func curvature(at state: State, _ fixed: inout Matrix?) -> Matrix {
    if let fixed { return fixed }
    let matrix = curvature(at: state)
    if loss.isQuadratic { fixed = matrix }
    return matrix
  }

  private func direction(from state: State, _ fixed: inout Matrix?) -> [Double] {
    let absolute = absolute
    if isSparse {
      var step = ElasticNetStep(
        matrix: curvature(at: state, &fixed),
        start: state.coefficients,
        slopes: state.slopes,
        thresholds: (0..<order).map { absolute[$0 % design.columns] }
      )
      let end = step.solve(tolerance: 1e-3 * tolerance * loss.slopeScale)
      return zip(end, state.coefficients).map { $0 - $1 }
    }
    let right = state.slopes.map { -$0 }
    if order <= NewtonSolver.denseLimit, design.sparse == nil {
      let matrix = curvature(at: state, &fixed)
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
