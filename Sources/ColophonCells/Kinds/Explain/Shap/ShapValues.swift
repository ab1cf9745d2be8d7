import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// What a row's columns add to what the model says, for a summary and for rows one by one.
struct ShapValues: Sendable {
  let explainer: Explainer
  /// What the values add up to.
  let scale: ExplainedScale
  /// The class of each output; empty where there is one output.
  let labels: [String]
  /// What stands for what is not known, in words.
  let absent: String
  /// The summary's positions in the split.
  let positions: [Int]
  /// By author's column.
  let summary: Attributions
  let summaryRows: FeatureMatrix
  /// The positions that are shown one by one.
  let chosen: [Int]
  let single: Attributions
  let singleRows: FeatureMatrix
  let interactions: InteractionValues?
  /// The largest distance between a row's sum and what the model says of it.
  let additivity: Double
  /// Sets of columns that were asked for, for each row; nil where none were.
  let coalitions: Int?
  let isExact: Bool
}

/// Computes Shapley values by the explainer that fits.
struct ShapWork {
  let subject: ExplainSubject
  let request: ExplainRequest
  let workshop: Workshop

  func values() throws -> ShapValues {
    let (explainer, additive) = try choose()
    let positions = subject.spread(request.sample ?? explainer.usualRows)
    let chosen = request.rows.isEmpty ? Array(positions.prefix(20)) : request.rows
    let rows = try subject.features(positions)
    let singleRows = try subject.features(chosen)
    switch additive?.form {
    case .trees(let form) where explainer == .tree:
      return try trees(form, additive, positions, rows, chosen, singleRows)
    case .linear(let form) where explainer == .linear:
      return try linear(form, additive, positions, rows, chosen, singleRows)
    default: return try games(explainer, positions, rows, chosen, singleRows)
    }
  }

  /// The explainer that was asked for, or the best that the model allows.
  private func choose() throws -> (Explainer, AdditiveModel?) {
    let wanted = request.explainer.flatMap { Explainer.all[$0.value] }
    if let wanted, wanted == .kernel || wanted == .permutation { return (wanted, nil) }
    do {
      guard let model = subject.trained.model as? any Explainable else {
        throw ExplanationFault(
          "a model of \(subject.trained.algorithm) is no sum over trees or features",
          hint: "'explainer: kernel' explains every model"
        )
      }
      let additive = try model.additiveModel()
      let fitting: Explainer
      switch additive.form {
      case .trees: fitting = .tree
      case .linear: fitting = .linear
      }
      guard let wanted, wanted != fitting else { return (fitting, additive) }
      throw ExplanationFault(
        "'explainer: \(wanted.name)' can't explain this model, which is a sum over "
          + (fitting == .tree ? "trees" : "features"),
        hint: "leave 'explainer' out"
      )
    } catch let fault as ExplanationFault {
      if wanted == nil { return (.kernel, nil) }
      throw CellFailure(fault.message, hint: fault.hint, field: "explainer")
    }
  }

  private func trees(
    _ form: TreeForm,
    _ additive: AdditiveModel?,
    _ positions: [Int],
    _ rows: FeatureMatrix,
    _ chosen: [Int],
    _ singleRows: FeatureMatrix
  ) throws -> ShapValues {
    var absent = "the training rows that took each tree's paths"
    var background: FeatureMatrix?
    if request.isInterventional {
      let taken = subject.background(request.background ?? Explainer.tree.usualBackground)
      absent = taken.words
      background = try subject.matrix(taken.rows)
    }
    if request.interactions, background != nil {
      throw CellFailure(
        "interactions are computed along the trees' own paths alone",
        hint: "leave 'background' and 'perturbation' out",
        field: "interactions"
      )
    }
    func explained(_ rows: FeatureMatrix) -> Attributions {
      background.map { form.attributions(rows, background: $0, threads: subject.threads) }
        ?? form.attributions(rows, threads: subject.threads)
    }
    let summary = explained(rows)
    let sums = form.sums(rows)
    try workshop.checkCancellation()
    let count = subject.columns.count
    let pairs =
      request.interactions
      ? form.interactions(rows, threads: subject.threads).gathered(subject.groups, count: count)
      : nil
    return made(
      .tree,
      additive,
      absent,
      (positions, rows, summary),
      (chosen, singleRows, explained(singleRows)),
      interactions: pairs,
      additivity: gap(summary) { sums[$0] }
    )
  }

  private func linear(
    _ form: LinearForm,
    _ additive: AdditiveModel?,
    _ positions: [Int],
    _ rows: FeatureMatrix,
    _ chosen: [Int],
    _ singleRows: FeatureMatrix
  ) throws -> ShapValues {
    try refuseInteractions()
    let taken = subject.background(request.background ?? Explainer.linear.usualBackground)
    let background = try subject.matrix(taken.rows)
    let summary = form.attributions(rows, background: background)
    // A row beside a background of nothing but zeros adds what it adds.
    let zero = FeatureMatrix(
      names: rows.names,
      rows: 1,
      values: [Double](repeating: 0, count: rows.columns)
    )
    let sums = form.attributions(rows, background: zero)
    return made(
      .linear,
      additive,
      "the mean of \(taken.words)",
      (positions, rows, summary),
      (chosen, singleRows, form.attributions(singleRows, background: background)),
      interactions: nil,
      additivity: gap(summary) { line in
        let (row, output) = line.quotientAndRemainder(dividingBy: summary.outputs)
        return sums.total(row, output: output)
      }
    )
  }

  private func refuseInteractions() throws {
    guard request.interactions else { return }
    throw CellFailure(
      "interactions are computed for models of trees alone",
      hint: "'method: pdp' looks at two columns of any model: 'features: [[a, b]]'",
      field: "interactions"
    )
  }

  private func games(
    _ explainer: Explainer,
    _ positions: [Int],
    _ rows: FeatureMatrix,
    _ chosen: [Int],
    _ singleRows: FeatureMatrix
  ) throws -> ShapValues {
    try refuseInteractions()
    let taken = subject.background(request.background ?? explainer.usualBackground)
    let games = ShapGames(
      subject: subject,
      background: try subject.matrix(taken.rows),
      explainer: explainer,
      samples: request.samples
    )
    let summary = try games.attributions(rows, at: positions, in: workshop)
    let single = try games.attributions(singleRows, at: chosen, in: workshop)
    let said = try subject.numbers(rows)
    let players = subject.columns.count
    let isExact =
      explainer == .kernel
      && KernelShapley(samples: request.samples)
        .isExact(players: players)
    return ShapValues(
      explainer: explainer,
      scale: subject.predictionScale,
      labels: subject.outputLabels,
      absent: taken.words,
      positions: positions,
      summary: summary.values,
      summaryRows: rows,
      chosen: chosen,
      single: single.values,
      singleRows: singleRows,
      interactions: nil,
      additivity: gap(summary.values) { said[$0] },
      coalitions: summary.coalitions,
      isExact: isExact
    )
  }

  private typealias Part = (positions: [Int], rows: FeatureMatrix, values: Attributions)

  private func made(
    _ explainer: Explainer,
    _ additive: AdditiveModel?,
    _ absent: String,
    _ summary: Part,
    _ single: Part,
    interactions: InteractionValues?,
    additivity: Double
  ) -> ShapValues {
    let count = subject.columns.count
    return ShapValues(
      explainer: explainer,
      scale: additive?.scale ?? subject.predictionScale,
      labels: (additive?.classes ?? []).map { subject.trained.classes[$0] },
      absent: absent,
      positions: summary.positions,
      summary: summary.values.gathered(subject.groups, count: count),
      summaryRows: summary.rows,
      chosen: single.positions,
      single: single.values.gathered(subject.groups, count: count),
      singleRows: single.rows,
      interactions: interactions,
      additivity: additivity,
      coalitions: nil,
      isExact: true
    )
  }

  /// The largest distance between sums and what they should be, lines being rows × outputs.
  private func gap(_ values: Attributions, _ said: (Int) -> Double) -> Double {
    (0..<values.rows * values.outputs).reduce(0) { most, line in
      let (row, output) = line.quotientAndRemainder(dividingBy: values.outputs)
      return max(most, abs(values.total(row, output: output) - said(line)))
    }
  }
}
