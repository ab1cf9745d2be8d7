import ColophonMath

/// Sequential minimal optimisation: two variables at a time, chosen by second-order information.
///
/// For each variable v it keeps F = yᵥ · (gradient)ᵥ = yᵥ pᵥ + Σ βₚ K(p, point of v). A pair (i, j)
/// moves by αᵢ += yᵢ δ, αⱼ −= yⱼ δ, which changes every F by δ (K(i, ·) − K(j, ·)). Points whose
/// variables stay at their bounds are left aside and looked at again in the end.
///
/// - SeeAlso: Platt, "Fast training of support vector machines using sequential minimal
///   optimization", 1998; Fan, Chen and Lin, "Working set selection using second order information
///   for training support vector machines", 2005 (WSS 2).
final class SMOSolver {
  /// What a curvature that is not above 0 counts for.
  static let least = 1e-12

  let problem: SMOProblem
  let settings: SMOProblem.Settings
  let cache: KernelRows
  /// The active points, ascending.
  var active: [Int]
  /// αᵥ of all variables; those of active points are kept in `alphas` meanwhile.
  var stored: [Double]
  // Of the active points' variables, a point's second variable `active.count` after its first.
  var alphas: [Double]
  var slopes: [Double]
  var signs: [Double]
  var bounds: [Double]
  /// Whether F may pull the variable up (bit 0) or down (bit 1) along its sign.
  var sides: [UInt8]
  /// The kernel of each active point with itself.
  var diagonal: [Double]
  let fullDiagonal: [Double]
  var iterations = 0
  var hasUnshrunk = false

  init(_ problem: SMOProblem, _ settings: SMOProblem.Settings) {
    self.problem = problem
    self.settings = settings
    cache = KernelRows(
      problem.kernel,
      rows: problem.rows,
      width: problem.width,
      bytes: settings.cacheBytes
    )
    active = Array(0..<problem.points)
    stored = Array(repeating: 0, count: problem.signs.count)
    alphas = stored
    signs = problem.signs
    bounds = problem.bounds
    slopes = zip(problem.signs, problem.linear).map { $0 * $1 }
    sides = Array(repeating: 0, count: problem.signs.count)
    diagonal = problem.kernel.diagonal(problem.rows, width: problem.width)
    fullDiagonal = diagonal
    for v in sides.indices { settleSides(v) }
  }

  /// Solves the problem.
  func solve() -> SMOProblem.Solution {
    let period = min(problem.points, 1_000)
    var countdown = period
    var isConverged = false
    while iterations < settings.maxIterations ?? .max {
      if settings.shrinking {
        countdown -= 1
        if countdown == 0 {
          countdown = period
          shrink()
        }
      }
      if let (i, j) = choose() {
        step(i, j)
        iterations += 1
        continue
      }
      if active.count == problem.points {
        isConverged = true
        break
      }
      restoreAll()
      countdown = 1
      if choose() == nil {
        isConverged = true
        break
      }
    }
    if active.count < problem.points { restoreAll() }
    return solution(isConverged)
  }

  /// Which way a variable may go.
  func settleSides(_ v: Int) {
    let (rises, falls) = (alphas[v] < bounds[v], alphas[v] > 0)
    let isPositive = signs[v] > 0
    let up = isPositive ? rises : falls
    let down = isPositive ? falls : rises
    sides[v] = (up ? 1 : 0) | (down ? 2 : 0)
  }

  /// The pair that promises the largest decrease; nil where none violates the optimality conditions
  /// by `tolerance`.
  private func choose() -> (Int, Int)? {
    let count = active.count
    return slopes.withUnsafeBufferPointer { slopes in
      sides.withUnsafeBufferPointer { sides in
        diagonal.withUnsafeBufferPointer { diagonal in
          var (most, i) = (-Double.infinity, -1)
          for v in slopes.indices where sides[v] & 1 != 0 && -slopes[v] > most {
            (most, i) = (-slopes[v], v)
          }
          guard i >= 0 else { return nil }
          let place = i < count ? i : i - count
          let row = cache.row(place)
          let own = diagonal[place]
          var (lowest, gain, j) = (-Double.infinity, 0.0, -1)
          for offset in stride(from: 0, to: slopes.count, by: count) {
            for q in 0..<count where sides[offset + q] & 2 != 0 {
              let slope = slopes[offset + q]
              if slope > lowest { lowest = slope }
              let violation = most + slope
              guard violation > 0 else { continue }
              let curvature = own + diagonal[q] - 2 * row[q]
              let found = violation * violation / (curvature > 0 ? curvature : SMOSolver.least)
              if found > gain { (gain, j) = (found, offset + q) }
            }
          }
          return most + lowest < settings.tolerance || j < 0 ? nil : (i, j)
        }
      }
    }
  }

  /// Moves a pair to the minimum along its line, within bounds.
  private func step(_ i: Int, _ j: Int) {
    let count = active.count
    let (p, q) = (i < count ? i : i - count, j < count ? j : j - count)
    let first = cache.row(p)
    let second = cache.row(q)
    let curvature = diagonal[p] + diagonal[q] - 2 * first[q]
    let free = (slopes[j] - slopes[i]) / (curvature > 0 ? curvature : SMOSolver.least)
    let roomOfFirst = signs[i] > 0 ? bounds[i] - alphas[i] : alphas[i]
    let roomOfSecond = signs[j] > 0 ? alphas[j] : bounds[j] - alphas[j]
    let change = min(free, roomOfFirst, roomOfSecond)
    alphas[i] =
      change == roomOfFirst
      ? (signs[i] > 0 ? bounds[i] : 0) : min(max(alphas[i] + signs[i] * change, 0), bounds[i])
    alphas[j] =
      change == roomOfSecond
      ? (signs[j] > 0 ? 0 : bounds[j]) : min(max(alphas[j] - signs[j] * change, 0), bounds[j])
    settleSides(i)
    settleSides(j)
    slopes.withUnsafeMutableBufferPointer { slopes in
      for offset in stride(from: 0, to: slopes.count, by: count) {
        for k in 0..<count { slopes[offset + k] += change * (first[k] - second[k]) }
      }
    }
  }
}
