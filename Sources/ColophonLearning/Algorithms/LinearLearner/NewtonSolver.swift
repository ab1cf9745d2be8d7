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
  /// Whether a residual within the tolerance is enough; else the coefficients must be still too.
  var isRough = false
  /// The columns' products with each other and the targets, where they tell all there is to know.
  private(set) var squares: LeastSquares?

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

  /// Rows from which on a part of them is solved for first.
  static let thinLimit = 20_000

  /// Runs to the optimum.
  ///
  /// - Throws: `TrainingFault.separable` where there is none.
  func solve(from start: [Double]) throws -> LinearSolution {
    guard let near = thinnedStart(from: start) else { return try iterate(from: start) }
    return try iterate(from: near.coefficients, holding: near.curvature)
  }

  /// Newton's steps; the curvature is written down anew where one that is held no longer leads
  /// there fast.
  ///
  /// - SeeAlso: Shamanskii, "A modification of Newton's method", 1967.
  func iterate(from start: [Double], holding curvature: Matrix? = nil) throws -> LinearSolution {
    var held = curvature
    if loss.isQuadratic, squares == nil, let found = LeastSquares(design) {
      var own = self
      own.squares = found
      return try own.iterate(from: start)
    }
    var state = state(at: start, &held)
    var best = state
    var sinceBest = 0
    var iteration = 0
    while order > 0, iteration < maxIterations {
      iteration += 1
      let isFresh = held == nil
      let direction = direction(from: state, &held)
      if best.residual <= tolerance, largest(direction) <= 1e-10 * (1 + largest(state.coefficients))
      {
        break
      }
      try checkSeparation(state, direction, iteration)
      guard let next = search(state, direction) else {
        if isFresh || held == nil || loss.isQuadratic { break }
        held = nil
        continue
      }
      let isStill = largest(direction) <= 1e-9 * (1 + largest(next.coefficients))
      if !loss.isQuadratic, next.residual > patience * state.residual { held = nil }
      state = next
      if state.residual < 0.5 * best.residual { sinceBest = 0 } else { sinceBest += 1 }
      if state.residual <= best.residual { best = state }
      if best.residual <= tolerance, isRough || isStill || sinceBest >= 2 { break }
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

  /// The share of the residual that a step with a held curvature must take it below: of several
  /// outputs a curvature costs as much as many steps.
  private var patience: Double { outputs > 1 ? 0.15 : 0.02 }

  /// Near the optimum, from every 16th row alone, with these rows' curvature there where it is dear;
  /// nil where that does not help.
  ///
  /// - SeeAlso: Roosta-Khorasani and Mahoney, "Sub-sampled Newton methods", 2019.
  private func thinnedStart(from start: [Double]) -> (coefficients: [Double], curvature: Matrix?)? {
    let rows = design.rows
    guard rows >= NewtonSolver.thinLimit, !loss.isQuadratic, design.sparse == nil,
      order > 0, order <= NewtonSolver.denseLimit, rows / 16 >= 20 * order
    else { return nil }
    let places = Array(stride(from: 8, to: rows, by: 16))
    let total = places.reduce(0) { $0 + shares[$1] }
    guard total > 0 else { return nil }
    let part = places.map { shares[$0] / total }
    let solver = NewtonSolver(
      design: design.thinned(to: places, shares: part),
      loss: loss.thinned(to: places, shares: part),
      penalty: penalty,
      tolerance: 1e-4,
      maxIterations: 20,
      isRough: true
    )
    // A part may have no optimum where the whole has one.
    guard let near = try? solver.iterate(from: start).coefficients else { return nil }
    return (near, outputs > 1 ? solver.curvature(at: solver.state(at: near)) : nil)
  }

  private var shares: [Double] { design.shares }

  /// Everything that is known at some coefficients, and the curvature where it comes in one pass.
  private func state(at coefficients: [Double], _ held: inout Matrix?) -> State {
    if let squares {
      held = self.curvature(squares.pairs)
      return state(at: coefficients, squares.state(coefficients))
    }
    guard held == nil, outputs == 1, design.sparse == nil, design.denseWidth > 0,
      order <= NewtonSolver.denseLimit
    else { return state(at: coefficients) }
    let (found, blocks) = design.bent(coefficients, loss, margins: penalty.isZero)
    held = curvature(blocks)
    return state(at: coefficients, found)
  }

  /// Everything that is known at some coefficients.
  func state(at coefficients: [Double]) -> State {
    if let squares, squares.isSound { return state(at: coefficients, squares.state(coefficients)) }
    return state(
      at: coefficients,
      design.evaluated(coefficients, loss, margins: penalty.isZero)
    )
  }

  private func state(at coefficients: [Double], _ found: LossState) -> State {
    var slopes = found.slopes
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
      margins: found.margins,
      point: found.point,
      objective: found.point.value + penalty,
      slopes: slopes,
      residual: residual / loss.slopeScale
    )
  }

  /// The curvature that is held, else that at a state.
  private func curvature(at state: State, _ held: inout Matrix?) -> Matrix {
    if let held { return held }
    let matrix = curvature(at: state)
    held = matrix
    return matrix
  }

  private func direction(from state: State, _ held: inout Matrix?) -> [Double] {
    let absolute = absolute
    if isSparse {
      var step = ElasticNetStep(
        matrix: curvature(at: state, &held),
        start: state.coefficients,
        slopes: state.slopes,
        thresholds: (0..<order).map { absolute[$0 % design.columns] }
      )
      let end = step.solve(tolerance: 1e-3 * tolerance * loss.slopeScale)
      return zip(end, state.coefficients).map { $0 - $1 }
    }
    let right = state.slopes.map { -$0 }
    if order <= NewtonSolver.denseLimit, design.sparse == nil {
      let matrix = curvature(at: state, &held)
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
