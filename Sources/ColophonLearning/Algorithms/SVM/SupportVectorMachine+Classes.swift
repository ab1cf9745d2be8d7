import ColophonCore
import ColophonData
import ColophonMath

extension SupportVectorMachine {
  /// What one pair of classes came to.
  private struct PairFit: Sendable {
    /// Rows of the first class, then of the second, each ascending.
    var rows: [Int]
    var coefficients: [Double]
    var threshold: Double
    var objective: Double
    var iterations: Int
    var isConverged: Bool
    var scaling: PlattScaling?
  }

  /// One machine for each pair of classes that occur, the first of which is on the positive side.
  func classification(
    _ material: SVMMaterial,
    _ codes: [Int],
    _ job: TrainingJob
  ) throws -> SVMFit {
    let members = job.classes.indices.map { c in codes.indices.filter { codes[$0] == c } }
    let present = members.indices.filter { !members[$0].isEmpty }
    guard present.count > 1 else {
      throw TrainingFault.oneClass(
        present.first.map { job.classes[$0] },
        of: SupportVectorMachine.name
      )
    }
    let costs = try classCosts(material, members, present, job)
    let pairs = present.indices.flatMap { i in
      present.indices.filter { $0 > i }.map { (i, $0) }
    }
    var fits = [PairFit?](repeating: nil, count: pairs.count)
    fits.withUnsafeMutableBufferPointer { fits in
      // Each pair writes to its own place.
      nonisolated(unsafe) let fits = fits
      Workers.share(pairs.count, among: job.threads) { index in
        let (i, j) = pairs[index]
        fits[index] = fit(
          material,
          members[present[i]],
          members[present[j]],
          costs: (costs[i], costs[j])
        ) { job.random("svm folds \(job.classes[present[i]]) \(job.classes[present[j]])") }
      }
    }
    return assemble(fits.compactMap { $0 }, pairs, material, members, present, job)
  }

  /// C of each class that occurs.
  private func classCosts(
    _ material: SVMMaterial,
    _ members: [[Int]],
    _ present: [Int],
    _ job: TrainingJob
  ) throws -> [Double] {
    switch classWeight {
    case .none: return present.map { _ in cost }
    case .balanced:
      let sums = present.map { c in members[c].reduce(0) { $0 + material.weights[$1] } }
      let total = sums.reduce(0, +)
      return sums.map { cost * total / (Double(present.count) * $0) }
    case .labels(let weights):
      for label in weights.keys.sorted() where !job.classes.contains(label) {
        throw TrainingFault(
          "train.parameter",
          "'class_weight' names the label '\(label)', which the data does not have",
          hint: Suggestion.hint(for: label, among: job.classes),
          field: "hyperparameters.class_weight"
        )
      }
      return present.map { cost * (weights[job.classes[$0]] ?? 1) }
    }
  }

  private func problem(
    _ material: SVMMaterial,
    _ rows: [Int],
    positives: Int,
    costs: (Double, Double)
  ) -> SMOProblem {
    let isPositive = rows.indices.map { $0 < positives }
    return SMOProblem(
      kernel: material.kernel,
      rows: material.rows(rows),
      width: material.width,
      signs: isPositive.map { $0 ? 1 : -1 },
      linear: rows.map { _ in -1 },
      bounds: zip(rows, isPositive).map { ($1 ? costs.0 : costs.1) * material.weights[$0] }
    )
  }

  private func fit(
    _ material: SVMMaterial,
    _ first: [Int],
    _ second: [Int],
    costs: (Double, Double),
    stream: () -> RandomStream
  ) -> PairFit {
    let rows = first + second
    let solution = SMOSolver(
      problem(material, rows, positives: first.count, costs: costs),
      solverSettings
    ).solve()
    var scaling: PlattScaling?
    if probability {
      var stream = stream()
      let decisions = heldOut(material, first, second, costs: costs, &stream)
      scaling = PlattScaling(
        decisions,
        positives: rows.indices.map { $0 < first.count },
        weights: rows.map { material.weights[$0] }
      )
    }
    return PairFit(
      rows: rows,
      coefficients: solution.coefficients,
      threshold: solution.threshold,
      objective: solution.objective,
      iterations: solution.iterations,
      isConverged: solution.isConverged,
      scaling: scaling
    )
  }

  /// Each row's decision value by a machine that did not learn from it, in five folds of rows in
  /// random order.
  ///
  /// Where the other folds hold one class alone, its side is 1 or -1.
  private func heldOut(
    _ material: SVMMaterial,
    _ first: [Int],
    _ second: [Int],
    costs: (Double, Double),
    _ stream: inout RandomStream
  ) -> [Double] {
    let rows = first + second
    let order = stream.permutation(rows.count)
    var decisions = [Double](repeating: 0, count: rows.count)
    let folds = 5
    for fold in 0..<folds {
      let held = order[fold * rows.count / folds..<(fold + 1) * rows.count / folds]
      let isHeld = Set(held)
      let above = first.indices.filter { !isHeld.contains($0) }.map { first[$0] }
      let below = second.indices.filter { !isHeld.contains($0 + first.count) }.map { second[$0] }
      guard !above.isEmpty, !below.isEmpty else {
        for place in held { decisions[place] = above.isEmpty ? (below.isEmpty ? 0 : -1) : 1 }
        continue
      }
      let learned = above + below
      let solution = SMOSolver(
        problem(material, learned, positives: above.count, costs: costs),
        solverSettings
      ).solve()
      let machine = SVMDecision(
        kernel: material.kernel,
        vectors: material.rows(learned),
        width: material.width
      )
      for place in held.sorted() {
        let values = machine.kernels(Array(material.row(rows[place])))
        decisions[place] =
          Reduction.dot(values, solution.coefficients) - solution.threshold
      }
    }
    return decisions
  }

  /// Joins the pairs' machines into one model, support vectors grouped by class.
  private func assemble(
    _ fits: [PairFit],
    _ pairs: [(Int, Int)],
    _ material: SVMMaterial,
    _ members: [[Int]],
    _ present: [Int],
    _ job: TrainingJob
  ) -> SVMFit {
    var byRow = [[Double]](
      repeating: [Double](repeating: 0, count: present.count - 1),
      count: material.places.count
    )
    for (fit, (i, j)) in zip(fits, pairs) {
      let firsts = members[present[i]].count
      for (place, row) in fit.rows.enumerated() {
        // As in LIBSVM: a vector of class i has its coefficient against class j in row j − 1.
        byRow[row][place < firsts ? j - 1 : i] = fit.coefficients[place]
      }
    }
    let support = present.map { c in members[c].filter { byRow[$0].contains { $0 != 0 } } }
    let all = support.flatMap { $0 }
    let model = SVMModel(
      task: job.task,
      classCount: job.classes.count,
      present: present,
      features: material.features,
      kernel: material.kernel,
      vectors: material.rows(all),
      places: all.map { material.places[$0] },
      counts: support.map { $0.count },
      coefficients: (0..<present.count - 1).flatMap { r in all.map { byRow[$0][r] } },
      intercepts: fits.map { -$0.threshold },
      scalings: fits.compactMap { $0.scaling },
      objectives: fits.map { $0.objective }
    )
    return SVMFit(
      model: model,
      iterations: fits.reduce(0) { $0 + $1.iterations },
      isConverged: fits.allSatisfy { $0.isConverged }
    )
  }
}
