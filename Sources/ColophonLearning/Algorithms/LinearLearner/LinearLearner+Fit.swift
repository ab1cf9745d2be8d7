import ColophonData

import ColophonCore

extension LinearLearner {
  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    if let fault = faults(for: job.task).first { throw fault }
    if job.earlyStopping != nil { throw TrainingFault.nothingToStop(LinearLearner.name) }
    let rows = try job.trainingRows()
    let (kept, shares) = try LinearLearner.shares(rows)
    try LinearLearner.checkFinite(rows.features, kept)
    let problem = try LinearProblem(rows.labels, kept: kept, shares: shares, job)
    let design = LinearDesign(
      rows.features,
      kept: kept,
      shares: shares,
      standardize: standardize,
      intercept: fitIntercept,
      threads: job.threads
    )
    let solution = try solver(design, problem.loss).solveScreened()
    let model = LinearModel(
      solution.coefficients,
      design: design,
      problem: problem,
      features: rows.features.names
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

  private func solver(_ design: LinearDesign, _ loss: any MarginLoss) -> NewtonSolver {
    NewtonSolver(
      design: design,
      loss: loss,
      absolute: design.penaltyFactors.map { alpha * l1Ratio * $0 },
      quadratic: design.penaltyFactors.map { alpha * (1 - l1Ratio) * $0 * $0 },
      tolerance: tolerance,
      maxIterations: maxIterations
    )
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

  private static func checkFinite(_ matrix: FeatureMatrix, _ rows: [Int]) throws {
    for row in rows {
      let start = row * matrix.columns
      for j in 0..<matrix.columns where !matrix.values[start + j].isFinite {
        throw TrainingFault.notFinite(matrix.names[j], row: row, of: name)
      }
    }
  }

  private func measure(_ model: LinearModel, _ job: TrainingJob) throws -> MetricHistory {
    let splits = job.filledSplits
    var history = MetricHistory(metrics: job.scorer.names, splits: splits)
    history.append(
      try splits.map { split in
        guard let rows = job.splits[split] else { return [] }
        return try job.scorer.score(rows, model.predict(rows.features))
      }
    )
    return history
  }

  private func notes(_ solution: NewtonSolver.Solution) -> [TrainingNote] {
    let residual = DecimalText.general(solution.residual, digits: 2)
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
      TrainingNote("objective", DecimalText.general(solution.objective, digits: 6)),
    ]
  }
}

/// The labels as a loss of margins, and which classes the margins are of.
struct LinearProblem {
  var loss: any MarginLoss
  var task: Task
  /// All classes of the data; empty for a regression.
  var classes: [String]
  /// For several classes: which of them the outputs are of; the others never occur in training.
  var present: [Int]

  init(_ labels: Labels, kept: [Int], shares: [Double], _ job: TrainingJob) throws {
    task = job.task
    classes = job.task == .regression ? [] : job.classes
    switch (job.task, labels) {
    case (.regression, .numbers(let numbers)):
      if let row = kept.first(where: { !numbers[$0].isFinite }) {
        throw TrainingFault.targetNotFinite(row: row)
      }
      present = []
      loss = SquaredLoss(targets: kept.map { numbers[$0] }, shares: shares)
    case (.binary, .classes(let codes)), (.multiclass, .classes(let codes)):
      let found = Set(kept.map { Int(codes[$0]) })
      guard found.allSatisfy({ job.classes.indices.contains($0) })
      else { throw TrainingFault.labelsOfOtherKind(job.task) }
      present = found.sorted()
      guard present.count > 1 else {
        throw TrainingFault.oneClass(present.first.map { job.classes[$0] }, of: LinearLearner.name)
      }
      if job.task == .binary {
        loss = LogisticLoss(positives: kept.map { codes[$0] == 1 }, shares: shares)
      } else {
        let places = Dictionary(uniqueKeysWithValues: zip(present, 0...))
        let labels = kept.map { places[Int(codes[$0])] ?? 0 }
        loss = SoftmaxLoss(labels: labels, shares: shares, outputs: present.count)
      }
    default: throw TrainingFault.labelsOfOtherKind(job.task)
    }
  }
}
