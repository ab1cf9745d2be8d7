extension NewtonSolver {
  /// How many columns are solved for at once before columns are screened.
  static let screenLimit = 256

  /// Solves a sparse problem over the columns that can matter, and adds those that turn out to.
  ///
  /// A lasso over many columns has few that are not zero. The solution over some of them is the
  /// solution over all if no column left out violates the optimality conditions; else the worst
  /// join and the work goes on.
  func solveScreened() throws -> LinearSolution {
    let width = design.columns
    let start = penalty.start(order)
    guard isSparse, width > NewtonSolver.screenLimit else { return try solve(from: start) }
    // A column that starts at another value than zero is looked at from the beginning.
    var chosen = (0..<width).filter { column in
      (design.hasIntercept && column == width - 1)
        || (0..<outputs).contains { start[$0 * width + column] != 0 }
    }
    var solution = LinearSolution(
      coefficients: start,
      objective: 0,
      residual: 0,
      gap: nil,
      iterations: 0,
      isConverged: true
    )
    var iterations = 0
    while true {
      if !chosen.isEmpty {
        let part = try restricted(to: chosen).solve(from: pick(chosen, solution.coefficients))
        iterations += part.iterations
        spread(part, over: chosen, into: &solution)
      }
      let state = state(at: solution.coefficients)
      (solution.objective, solution.residual) = (state.objective, state.residual)
      solution.iterations = iterations
      let missing = violators(state, beside: chosen)
      if missing.isEmpty || !solution.isConverged { return solution }
      chosen = (chosen + missing).sorted()
    }
  }

  private func restricted(to chosen: [Int]) -> NewtonSolver {
    NewtonSolver(
      design: design.selecting(chosen),
      loss: loss,
      penalty: penalty.selecting(chosen),
      tolerance: tolerance,
      maxIterations: maxIterations
    )
  }

  private func pick(_ chosen: [Int], _ coefficients: [Double]) -> [Double] {
    (0..<outputs).flatMap { k in chosen.map { coefficients[k * design.columns + $0] } }
  }

  private func spread(
    _ part: LinearSolution,
    over chosen: [Int],
    into solution: inout LinearSolution
  ) {
    for k in 0..<outputs {
      for (i, column) in chosen.enumerated() {
        solution.coefficients[k * design.columns + column] =
          part.coefficients[k * chosen.count + i]
      }
    }
    solution.isConverged = part.isConverged
  }

  /// The worst columns outside, at most a hundred or as many as are inside.
  private func violators(_ state: State, beside chosen: [Int]) -> [Int] {
    let inside = Set(chosen)
    let found = (0..<design.columns).compactMap { column -> (violation: Double, column: Int)? in
      if inside.contains(column) { return nil }
      let violation = (0..<outputs).reduce(0.0) {
        max($0, state.slopes[$1 * design.columns + column].magnitude - absolute[column])
      }
      return violation > tolerance * loss.slopeScale ? (violation, column) : nil
    }
    let worst = found.sorted { ($1.violation, $0.column) < ($0.violation, $1.column) }
    return worst.prefix(max(100, chosen.count)).map { $0.column }
  }
}
