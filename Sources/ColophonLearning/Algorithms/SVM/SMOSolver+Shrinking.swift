import ColophonMath

extension SMOSolver {
  /// The largest −F of those that may go up, and the least of those that may go down: the optimum
  /// is where the first does not exceed the second.
  private var extremes: (up: Double, down: Double) {
    var (up, down) = (-Double.infinity, Double.infinity)
    for v in slopes.indices {
      if sides[v] & 1 != 0 { up = max(up, -slopes[v]) }
      if sides[v] & 2 != 0 { down = min(down, -slopes[v]) }
    }
    return (up, down)
  }

  /// Leaves points aside whose variables are at bounds and would not leave them.
  func shrink() {
    let (up, down) = extremes
    if !hasUnshrunk, up - down <= settings.tolerance * 10 {
      hasUnshrunk = true
      restoreAll()
      return
    }
    let count = active.count
    let kept = (0..<count).filter { q in
      !stride(from: q, to: slopes.count, by: count).allSatisfy { v in
        switch sides[v] {
        case 1: -slopes[v] < down
        case 2: -slopes[v] > up
        default: false
        }
      }
    }
    guard kept.count >= 2, kept.count < count else { return }
    store()
    let variables = (0..<problem.copies).flatMap { copy in kept.map { copy * count + $0 } }
    alphas = variables.map { alphas[$0] }
    slopes = variables.map { slopes[$0] }
    signs = variables.map { signs[$0] }
    bounds = variables.map { bounds[$0] }
    sides = variables.map { sides[$0] }
    diagonal = kept.map { diagonal[$0] }
    active = kept.map { active[$0] }
    cache.shrink(to: kept)
  }

  /// Writes the active variables' values to where all variables' are.
  func store() {
    for copy in 0..<problem.copies {
      for (q, point) in active.enumerated() {
        stored[copy * problem.points + point] = alphas[copy * active.count + q]
      }
    }
  }

  /// βₚ for each point.
  var coefficients: [Double] {
    (0..<problem.points).map { point in
      stride(from: point, to: stored.count, by: problem.points).reduce(0) {
        $0 + problem.signs[$1] * stored[$1]
      }
    }
  }

  /// Makes all points active again, with slopes computed anew for those that were left aside.
  func restoreAll() {
    guard active.count < problem.points else { return }
    store()
    let points = problem.points
    var full = zip(problem.signs, problem.linear).map { $0 * $1 }
    var isActive = [Bool](repeating: false, count: points)
    for (q, point) in active.enumerated() {
      isActive[point] = true
      for copy in 0..<problem.copies {
        full[copy * points + point] = slopes[copy * active.count + q]
      }
    }
    let others = (0..<points).filter { !isActive[$0] }
    for (point, value) in zip(others, estimates(of: others)) {
      for copy in 0..<problem.copies { full[copy * points + point] += value }
    }
    active = Array(0..<points)
    alphas = stored
    slopes = full
    signs = problem.signs
    bounds = problem.bounds
    diagonal = fullDiagonal
    sides = Array(repeating: 0, count: stored.count)
    for v in sides.indices { settleSides(v) }
    cache.widen(to: problem.rows)
  }

  /// Σ βₚ K(p, ·) at some points, support vectors ascending.
  private func estimates(of others: [Int]) -> [Double] {
    let coefficients = coefficients
    let support = coefficients.indices.filter { coefficients[$0] != 0 }
    let betas = support.map { coefficients[$0] }
    let width = problem.width
    let points = PackedPoints(problem.rows, width: width, places: support.map { Int32($0) })
    guard !support.isEmpty else { return [Double](repeating: 0, count: others.count) }
    var row = [Double](repeating: 0, count: points.paddedCount)
    return others.map { point in
      problem.rows.withUnsafeBufferPointer { rows in
        row.withUnsafeMutableBufferPointer { row in
          guard let base = rows.baseAddress, let target = row.baseAddress else { return 0 }
          problem.kernel.evaluate(base + point * width, count: 1, against: points, into: target)
          return Reduction.dot(target, betas, count: betas.count)
        }
      }
    }
  }

  /// What the variables come to.
  func solution(_ isConverged: Bool) -> SMOProblem.Solution {
    store()
    let (up, down) = extremes
    var (sum, count) = (0.0, 0)
    for v in sides.indices where sides[v] == 3 {
      sum += slopes[v]
      count += 1
    }
    var objective = 0.0
    for v in alphas.indices {
      objective += alphas[v] * signs[v] * (slopes[v] + signs[v] * problem.linear[v])
    }
    let middle: Double =
      up.isFinite && down.isFinite ? -(up + down) / 2 : up.isFinite ? -up : -down
    return SMOProblem.Solution(
      coefficients: coefficients,
      threshold: count > 0 ? sum / Double(count) : middle,
      objective: objective / 2,
      iterations: iterations,
      isConverged: isConverged
    )
  }
}
