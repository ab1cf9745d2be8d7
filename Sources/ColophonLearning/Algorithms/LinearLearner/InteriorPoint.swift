import ColophonMath

/// Minimises the mean of a box loss plus a penalty by a primal-dual interior point method.
///
/// With slopes ν of the rows and signs u of the absolute values, the optimality conditions are
/// Xᵀ(s ν) + Q w + u = 0, m − t − c ν = a − b and w = p − q, where a and b are at least 0 and belong
/// to the upper and lower ends of ν's box, p and q to those of u's. Steps follow Mehrotra's
/// predictor and corrector; each solves a system of the columns' size. At the end the rows and
/// columns that lie on an end are known, and the rest are solved for exactly.
///
/// - SeeAlso: Mehrotra, "On the implementation of a primal-dual interior point method", 1992;
///   Portnoy and Koenker, "The Gaussian hare and the Laplacian tortoise", 1997.
struct InteriorPoint: Sendable {
  let design: LinearDesign
  let loss: BoxLoss
  let penalty: LinearPenalty
  let tolerance: Double
  let maxIterations: Int

  /// Where the iteration stands.
  struct State {
    var w: [Double]
    var margins: [Double]
    /// Slopes of the rows, and what belongs to the upper and lower ends of their boxes.
    var slopes: [Double]
    var above: [Double]
    var below: [Double]
    /// The same for the columns with an absolute penalty; 0 for the others.
    var signs: [Double]
    var plus: [Double]
    var minus: [Double]
  }

  /// The columns with an absolute penalty.
  var thresholds: [Double] { penalty.absolute }

  /// Runs to the optimum.
  func solve() -> LinearSolution {
    var state = start()
    var bestState = state
    var best = certified(state.w, state.slopes, iterations: 0)
    var sinceBest = 0
    var iterations = 0
    while design.columns > 0, iterations < maxIterations, best.merit > 1e-3 * tolerance {
      iterations += 1
      guard let next = step(state) else { break }
      state = next
      let now = certified(state.w, state.slopes, iterations: iterations)
      if now.merit < 0.9 * best.merit { sinceBest = 0 } else { sinceBest += 1 }
      if now.merit <= best.merit { (best, bestState) = (now, state) }
      if sinceBest >= (best.merit <= tolerance ? 3 : 25) { break }
    }
    var solution = best
    if let exact = polished(bestState, iterations: iterations),
      exact.merit <= max(best.merit, 1e-12)
    {
      solution = exact
    }
    if let zeroed = zeroed(solution, bestState, iterations), zeroed.merit <= tolerance {
      solution = zeroed
    }
    solution.isConverged = design.columns == 0 || solution.merit <= tolerance
    return solution
  }

  private func start() -> State {
    let w = penalty.start(design.columns)
    let margins = design.margins(w, outputs: 1)
    let slopes = loss.targets.indices.map { 0.5 * (loss.lower[$0] + loss.upper[$0]) }
    let away = margins.indices.map {
      margins[$0] - loss.targets[$0] - loss.curvature * slopes[$0]
    }
    var spread = 0.0
    for row in away.indices { spread += loss.shares[row] * away[row].magnitude }
    let room = max(spread, 1e-6)
    let size = max(w.reduce(0) { max($0, $1.magnitude) }, room)
    return State(
      w: w,
      margins: margins,
      slopes: slopes,
      above: away.map { max($0, 0) + room },
      below: away.map { max(-$0, 0) + room },
      signs: w.map { _ in 0 },
      plus: w.indices.map { thresholds[$0] > 0 ? max(w[$0], 0) + size : 0 },
      minus: w.indices.map { thresholds[$0] > 0 ? max(-w[$0], 0) + size : 0 }
    )
  }

  /// How good some coefficients and slopes are: no one has to believe how they were found.
  func certified(_ w: [Double], _ slopes: [Double], iterations: Int) -> LinearSolution {
    let margins = design.margins(w, outputs: 1)
    let slopes = slopes.indices.map { min(max(slopes[$0], loss.lower[$0]), loss.upper[$0]) }
    var gradient = gathered(slopes)
    let value = loss.mean(margins) + penalty.add(w, to: &gradient)
    var residual = 0.0
    for j in w.indices {
      let violation = optimalityViolation(w[j], slope: gradient[j], threshold: thresholds[j])
      residual = max(
        residual,
        w[j] == 0 ? violation : min(violation, smallMiss(w[j], gradient[j], j))
      )
    }
    var gap = max(0, loss.gap(margins, slopes: slopes)) / max(value.magnitude, 1e-300)
    // Nothing is certified by numbers that are none.
    if !(gradient + slopes + margins).allSatisfy({ $0.isFinite }) || !value.isFinite {
      (residual, gap) = (.infinity, .infinity)
    }
    return LinearSolution(
      coefficients: w,
      objective: value,
      residual: residual / loss.slopeScale,
      gap: gap,
      iterations: iterations,
      isConverged: false,
      slopes: slopes
    )
  }

  /// For a coefficient on its way to zero: its own size counts where its slope is in the box.
  private func smallMiss(_ w: Double, _ slope: Double, _ j: Int) -> Double {
    guard thresholds[j] > 0, slope.magnitude <= thresholds[j] else { return .infinity }
    return w.magnitude * loss.slopeScale
  }

  /// Xᵀ (s ν).
  func gathered(_ slopes: [Double]) -> [Double] {
    design.gathered(Elementwise.multiply(slopes, loss.shares), outputs: 1)
  }
}

extension LinearSolution {
  /// What must be small at an optimum.
  var merit: Double { max(residual, gap ?? 0) }
}
