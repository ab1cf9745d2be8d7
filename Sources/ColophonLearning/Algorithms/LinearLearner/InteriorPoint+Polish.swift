import ColophonMath

extension InteriorPoint {
  /// The largest system of free columns and rows in a corner that is solved at the end.
  static let polishLimit = 1_500

  /// The exact solution, given which rows and columns lie on an end of their box.
  ///
  /// Rows strictly inside have m − t = c ν; with c = 0 that is one equation each. Nil where the
  /// ends were guessed wrong or leave the solution open.
  func polished(_ state: State, iterations: Int) -> LinearSolution? {
    let free = free(state)
    var slopes = state.slopes
    var inner: [Int] = []
    for i in slopes.indices {
      let width = loss.upper[i] - loss.lower[i]
      let room = min(loss.upper[i] - slopes[i], slopes[i] - loss.lower[i]) / width
      let away = max(state.above[i], state.below[i])
      if room > away / (away + 1) || (room > 1e-6 && away < 1e-6) {
        inner.append(i)
      } else {
        slopes[i] = state.above[i] > state.below[i] ? loss.upper[i] : loss.lower[i]
      }
    }
    guard free.count + inner.count <= InteriorPoint.polishLimit || loss.curvature > 0,
      free.count <= NewtonSolver.denseLimit,
      let (w, own) = solveFree(state, free, inner, slopes)
    else { return nil }
    for (k, i) in inner.enumerated() { slopes[i] = own[k] }
    let isInside = inner.allSatisfy {
      slopes[$0] >= loss.lower[$0] - 1e-9 && slopes[$0] <= loss.upper[$0] + 1e-9
    }
    let keepsSigns = free.allSatisfy { thresholds[$0] == 0 || w[$0] * state.w[$0] >= 0 }
    return isInside && keepsSigns ? certified(w, slopes, iterations: iterations) : nil
  }

  /// The columns whose coefficients are not on their way to zero.
  private func free(_ state: State) -> [Int] {
    state.w.indices.filter { j in
      guard thresholds[j] > 0 else { return true }
      let room = thresholds[j] - state.signs[j].magnitude
      return room / thresholds[j] < state.w[j].magnitude / (state.w[j].magnitude + 1e-6)
    }
  }

  /// A solution with zeros in place of the coefficients that go there; nil where it has them.
  func zeroed(_ solution: LinearSolution, _ state: State, _ iterations: Int) -> LinearSolution? {
    let free = Set(free(state))
    let w = solution.coefficients.enumerated().map { free.contains($0) ? $1 : 0 }
    return w == solution.coefficients
      ? nil : certified(w, state.slopes, iterations: iterations)
  }

  /// The free coefficients, spread over all columns, and the slopes of the inner rows.
  private func solveFree(
    _ state: State,
    _ free: [Int],
    _ inner: [Int],
    _ slopes: [Double]
  ) -> ([Double], [Double])? {
    // Slopes of the rest, as if the inner rows had none.
    var rest = slopes
    for i in inner { rest[i] = 0 }
    var pulled = gathered(rest)
    for j in penalty.linear.indices { pulled[j] += penalty.linear[j] }
    let part = design.selecting(free)
    let right = free.map { j -> Double in
      let sign = thresholds[j] > 0 ? (state.w[j] > 0 ? thresholds[j] : -thresholds[j]) : 0
      return -(pulled[j] + sign - penalty.pull * (penalty.anchor.isEmpty ? 0 : penalty.anchor[j]))
    }
    let found =
      loss.curvature > 0 ? curved(part, inner, right, free) : cornered(part, inner, right, free)
    guard let found else { return nil }
    var w = [Double](repeating: 0, count: design.columns)
    for (k, j) in free.enumerated() { w[j] = found.w[k] }
    return (w, found.slopes)
  }

  /// (Xᵀ S X / c + Q) w = right + Xᵀ S t / c over the inner rows.
  private func curved(
    _ part: LinearDesign,
    _ inner: [Int],
    _ right: [Double],
    _ free: [Int]
  ) -> (w: [Double], slopes: [Double])? {
    var weights = [Double](repeating: 0, count: loss.targets.count)
    for i in inner { weights[i] = loss.shares[i] / loss.curvature }
    var system = Matrix(rows: free.count, columns: free.count)
    system.elements = part.gram(weights)
    for k in free.indices { system[k, k] += penalty.curvature(free[k]) }
    let pulled = part.gathered(Elementwise.multiply(weights, loss.targets), outputs: 1)
    guard let w = solveDefinite(system, Elementwise.add(right, pulled)) else { return nil }
    let margins = part.margins(w, outputs: 1)
    return (w, inner.map { (margins[$0] - loss.targets[$0]) / loss.curvature })
  }

  /// Q w + Xᵀ (s ν) = right and X w = t over the inner rows, which lie in their corners.
  private func cornered(
    _ part: LinearDesign,
    _ inner: [Int],
    _ right: [Double],
    _ free: [Int]
  ) -> (w: [Double], slopes: [Double])? {
    let rows = inner.map { part.row($0) }
    let (width, count) = (free.count, rows.count)
    guard width + count > 0 else { return ([], []) }
    var system = Matrix(rows: width + count, columns: width + count)
    for k in 0..<width { system[k, k] = penalty.curvature(free[k]) }
    for i in 0..<count {
      for k in 0..<width {
        // The slopes are solved for times their shares, so that the system is symmetric.
        system[k, width + i] = rows[i][k]
        system[width + i, k] = rows[i][k]
      }
    }
    guard let factors = try? LUFactorisation(system) else { return nil }
    let goal = right + inner.map { loss.targets[$0] }
    var found = factors.solve(goal)
    for _ in 0..<2 {
      let miss = zip(goal, system * found).map { $0 - $1 }
      for (k, step) in factors.solve(miss).enumerated() { found[k] += step }
    }
    guard found.allSatisfy({ $0.isFinite }) else { return nil }
    let slopes = (0..<count).map { found[width + $0] / loss.shares[inner[$0]] }
    return (Array(found[..<width]), slopes)
  }
}
