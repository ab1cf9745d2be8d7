package import ColophonCore
import ColophonData
import ColophonLearning
import ColophonTuning

extension TuneKind {
  /// Names of settings whose size matters by factors rather than by steps.
  private static let scaled: Set<String> = [
    "eta", "learning_rate", "lr", "alpha", "lambda", "reg_alpha", "reg_lambda", "C", "l1", "l2",
    "weight_decay", "gamma", "ccp_alpha",
  ]
  /// Epochs from which on early stopping is worth a word.
  private static let manyEpochs = 50

  package func check(in survey: Survey) -> [Diagnostic] {
    parallelAdvice + scaleAdvice + epochAdvice + gridAdvice + sizeAdvice + budgetAdvice
      + metricProblems(in: survey) + parentProblems(in: survey)
  }

  private func place(_ field: String) -> SourcePosition {
    places.nearest(to: field).flatMap { places[$0] } ?? places["train"]
      ?? SourcePosition(path: "", line: 1, column: 1)
  }

  /// Results of jobs that still run can teach nothing.
  private var parallelAdvice: [Diagnostic] {
    guard strategy.name == BayesianSearch.name else { return [] }
    let tenth = Double(maxJobs) / 10
    guard parallelJobs > 4 || (tenth > 1 && Double(parallelJobs) > tenth) else { return [] }
    return [.parallelBayesian(parallelJobs, of: maxJobs, at: place("max_parallel_jobs"))]
  }

  private var scaleAdvice: [Diagnostic] {
    ranges.compactMap { range in
      let ends: (Double, Double)
      switch range.range.kind {
      case .continuous(let lower, let upper, .linear): ends = (lower, upper)
      case .integer(let lower, let upper, .linear): ends = (Double(lower), Double(upper))
      default: return nil
      }
      let last = range.name.value.split(separator: ".").last.map { String($0) } ?? ""
      let bound = TuneKind.scaled.contains(last) ? 100.0 : 1000
      guard ends.0 > 0, ends.1 / ends.0 >= bound else { return nil }
      let place = range.places["scaling"] ?? range.name.position
      return .linearScale(range.name.value, factor: ends.1 / ends.0, at: place)
    }
  }

  /// Whether jobs report their objective as they go; nil for a script, which only running tells.
  var reportsEpochs: Bool? {
    if base?.folds != nil { return false }
    if base?.train.script != nil { return nil }
    return base?.train.type?.isIterative
  }

  /// The most epochs that a job may take, where the settings tell.
  var plannedEpochs: Int? {
    guard base?.train.type?.isIterative == true else { return nil }
    for name in ["num_round", "n_estimators", "epochs", "max_iter"] {
      if let range = ranges.first(where: { $0.name.value == name }) {
        if case .integer(_, let upper, _) = range.range.kind { return upper }
        continue
      }
      let settings = base?.configuration
      if let count = (settings?["hyperparameters"]?[name] ?? settings?[name])?.asInteger {
        return count
      }
    }
    return nil
  }

  private var epochAdvice: [Diagnostic] {
    if strategy.usesResources {
      var found: [Diagnostic] = []
      if reportsEpochs == false {
        found.append(.noEpochs(template?.isFolded == true, at: place("strategy")))
      }
      if stopsEarly { found.append(.stoppedTwice(at: place("early_stopping"))) }
      return found
    }
    guard !stopsEarly, base?.train.earlyStopping == nil, reportsEpochs == true,
      let epochs = plannedEpochs, epochs >= TuneKind.manyEpochs
    else { return [] }
    return [.noEarlyStopping(epochs, at: place("max_jobs"))]
  }

  private var gridAdvice: [Diagnostic] {
    guard strategy.name == GridSearch.name, !ranges.isEmpty else { return [] }
    var points = 1.0
    for range in ranges { points *= Double(range.gridCount) }
    if points > Double(maxJobs) {
      return [.gridTooLarge(points, jobs: maxJobs, at: place("max_jobs"))]
    }
    return ranges.count > 3
      ? [.gridExplodes(ranges.count, points, at: place("strategy"))] : []
  }

  private var sizeAdvice: [Diagnostic] {
    guard strategy.name == BayesianSearch.name else { return [] }
    let categorical = ranges.count {
      if case .categorical = $0.range.kind { true } else { false }
    }
    if ranges.count > 10 { return [.highDimension(ranges.count, nil, at: place("ranges"))] }
    guard ranges.count >= 3, categorical * 2 > ranges.count else { return [] }
    return [.highDimension(ranges.count, categorical, at: place("ranges"))]
  }

  /// What the task of the data tells of the objective.
  private func metricProblems(in survey: Survey) -> [Diagnostic] {
    guard let objective, objective.rows != .script, let cell = dataCell,
      let task = survey.preview(of: cell)?.task.flatMap({ Task(rawValue: $0) })
    else { return [] }
    return TrainMetrics.unknown([objective.metric], task: task)
  }

  private func parentProblems(in survey: Survey) -> [Diagnostic] {
    guard let warmStart else { return [] }
    var found: [Diagnostic] = []
    if warmStart.parents.count > WarmStart.parentLimit {
      found.append(
        .tooManyParents(
          warmStart.parents.count,
          at: warmStart.parents[WarmStart.parentLimit].position
        )
      )
    }
    let own = Set(ranges.map { $0.name.value })
    for parent in warmStart.parents {
      guard let recipe = survey.recipe(of: parent.value) else { continue }
      guard let tuning = recipe as? TuneKind else {
        found.append(.noTuning(parent))
        continue
      }
      let lacking = tuning.ranges.map { $0.name.value }.filter {
        !own.contains(warmStart.renamed[$0] ?? $0)
      }
      if !lacking.isEmpty { found.append(.lacksRanges(parent, lacking)) }
      if warmStart.mode == .identical, let mine = algorithmName, let its = tuning.algorithmName,
        mine != its
      {
        found.append(.otherParentAlgorithm(parent, its, mine))
      }
      if let mine = objective?.metric.value, let its = tuning.objective?.metric.value, mine != its {
        found.append(.otherParentObjective(parent, its, mine))
      }
    }
    return found
  }

  /// The algorithm of the jobs.
  package var algorithmName: String? {
    base?.train.script?.algorithm ?? base?.train.type?.name
  }
}
