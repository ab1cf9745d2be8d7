import ColophonCore
import ColophonData

extension LinearLearner {
  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    if let fault = faults(for: job.task).first { throw fault }
    if job.earlyStopping != nil { throw TrainingFault.nothingToStop(LinearLearner.name) }
    let rows = try job.trainingRows()
    let (kept, shares) = try LinearLearner.shares(rows)
    let problem = try LinearProblem(self, rows.labels, kept: kept, shares: shares, job)
    let design = try LinearDesign(
      rows.features,
      kept: kept,
      shares: shares,
      standardize: standardize,
      intercept: fitIntercept,
      targets: problem.squares,
      threads: job.threads
    )
    let anchor = try LinearAnchor(job.initial, problem, rows.features.names)
    let solution = try solve(problem, design, penalty(design, problem, anchor))
    let model = LinearModel(
      solution.coefficients,
      design: design,
      problem: problem,
      features: rows.features.names,
      anchor: anchor
    )
    let history = try measure(model, job)
    try observer.roundEnded(
      TrainingProgress(round: 1, rounds: 1, reading: ""),
      metrics: history
    )
    return TrainingResult(
      model: model,
      history: history,
      rounds: solution.iterations,
      keptRound: solution.iterations,
      notes: notes(solution)
    )
  }

  private func penalty(
    _ design: LinearDesign,
    _ problem: LinearProblem,
    _ anchor: LinearAnchor?
  ) -> LinearPenalty {
    LinearPenalty(
      absolute: design.penaltyFactors.map { alpha * l1Ratio * $0 },
      quadratic: design.penaltyFactors.map { alpha * (1 - l1Ratio) * $0 * $0 },
      pull: anchor == nil ? 0 : self.anchor,
      anchor: anchor?.coefficients(design) ?? []
    )
  }

  /// Solves for the outputs of each loss.
  private func solve(
    _ problem: LinearProblem,
    _ design: LinearDesign,
    _ penalty: LinearPenalty
  ) throws -> LinearSolution {
    switch problem.goal {
    case .smooth(let losses):
      return .joined(
        try losses.enumerated().map { k, loss in
          try NewtonSolver(
            design: design,
            loss: loss,
            penalty: losses.count == 1 ? penalty : penalty.output(k),
            tolerance: tolerance,
            maxIterations: maxIterations
          ).solveScreened()
        }
      )
    case .box(let losses):
      let design = design.narrow
      return .joined(
        losses.enumerated().map { k, loss in
          if let smooth = loss.smooth, let found = smoothly(smooth, design, penalty.output(k)) {
            return found
          }
          let banded = BandedInteriorPoint(
            design: design,
            loss: loss,
            penalty: penalty.output(k),
            tolerance: tolerance,
            maxIterations: maxIterations
          )
          if let found = banded.solve() { return found }
          return InteriorPoint(
            design: design,
            loss: loss,
            penalty: penalty.output(k),
            tolerance: tolerance,
            maxIterations: maxIterations
          ).solve()
        }
      )
    }
  }

  /// The solution by Newton's steps; nil where they don't lead to it.
  private func smoothly(
    _ loss: SmoothedBoxLoss,
    _ design: LinearDesign,
    _ penalty: LinearPenalty
  ) -> LinearSolution? {
    let solver = NewtonSolver(
      design: design,
      loss: loss,
      penalty: penalty,
      tolerance: tolerance,
      maxIterations: min(maxIterations, 50)
    )
    let found = try? solver.solveScreened()
    return found.flatMap { $0.isConverged ? $0 : nil }
  }

  /// The rows of weight above 0, and their weights over the sum of weights.
  private static func shares(_ rows: TrainingRows) throws -> ([Int], [Double]) {
    let count = rows.features.rows
    guard let weights = rows.weights else {
      return (Array(0..<count), [Double](repeating: 1 / Double(count), count: count))
    }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw TrainingFault.weight(row: row)
    }
    let kept = weights.indices.filter { weights[$0] > 0 }
    guard !kept.isEmpty else { throw TrainingFault.weightsAllZero }
    // Halved by the largest, the sum can't overflow.
    let largest = kept.reduce(0) { max($0, weights[$1]) }
    let total = kept.reduce(0) { $0 + weights[$1] / largest }
    return (kept, kept.map { weights[$0] / largest / total })
  }

  private func measure(_ model: LinearModel, _ job: TrainingJob) throws -> MetricHistory {
    let splits = job.filledSplits
    var history = MetricHistory(metrics: job.scorer.names, splits: splits)
    history.append(
      try splits.map { split in
        guard let rows = job.splits[split], !job.scorer.measures.isEmpty else { return [] }
        return try job.scorer.score(rows, model.predict(rows.features))
      }
    )
    return history
  }

  private func notes(_ solution: LinearSolution) -> [TrainingNote] {
    let residual = DecimalText.general(solution.residual, digits: 2)
    let gap = solution.gap.map { gap in
      TrainingNote(
        "duality gap",
        DecimalText.general(gap, digits: 2),
        note: "by how much the objective can at most be above its minimum, relative to it"
      )
    }
    let scores = loss == .hinge || loss == .squaredHinge
    return [
      TrainingNote("iterations", "\(solution.iterations)"),
      TrainingNote(
        "optimality residual",
        residual,
        note: solution.isConverged
          ? "largest violation of the optimality conditions, relative to the slopes"
          : "above tol = \(shortestText(tolerance)): not converged",
        isWarning: !solution.isConverged
      ),
    ] + [gap].compactMap { $0 } + [
      TrainingNote(
        "objective",
        DecimalText.general(solution.objective, digits: 6),
        note: scores ? "probabilities are the logistic of the margin, not calibrated" : nil
      )
    ]
  }
}
