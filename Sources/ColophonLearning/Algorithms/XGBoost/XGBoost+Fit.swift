package import ColophonCore
import ColophonData

extension XGBoost {
  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    let goal = try checkedGoal(job)
    let rows = try job.trainingRows()
    guard rows.features.columns > 0 else { throw TrainingFault.noFeatures }
    let initial = try checkedInitial(goal, job)
    var learner = try XGBoostLearner(self, goal, job, from: initial)
    let record = try TrainingLoop(job, rounds: rounds).run(&learner, observer: observer)
    let bytes = try learner.modelBytes(rounds: record.keptRound)
    let model = XGBoostModel(
      objective: goal.name,
      task: job.task,
      classCount: job.classes.count,
      features: rows.features.names,
      rounds: record.keptRound + learner.earlierRounds,
      parallelTrees: parallelTrees,
      booster: booster,
      bytes: bytes
    )
    return TrainingResult(
      model: model,
      history: record.history,
      rounds: record.history.rounds.count,
      keptRound: record.keptRound,
      stoppedEarly: record.stoppedEarly,
      notes: try learner.libraryNotes(bytes)
    )
  }

  private func checkedGoal(_ job: TrainingJob) throws -> XGBoostObjective {
    guard let goal = goal(for: job.task), XGBoost.tasks.contains(job.task) else {
      let tasks = Task.allCases.filter { XGBoost.tasks.contains($0) }
      throw TrainingFault.task(job.task, of: XGBoost.name, takes: tasks)
    }
    if let fault = faults(for: job.task).first { throw fault }
    return goal
  }

  /// The model that the job goes on from, which must be one of its own kind.
  private func checkedInitial(_ goal: XGBoostObjective, _ job: TrainingJob) throws -> XGBoostModel?
  {
    guard let given = job.initial else {
      if isUpdate { throw TrainingFault.nothingToUpdate }
      return nil
    }
    guard let initial = given as? XGBoostModel else {
      throw TrainingFault.otherInitial(
        "the algorithm",
        found: type(of: given).algorithm,
        expected: XGBoost.name
      )
    }
    let features = try job.trainingRows().features.names
    let pairs = [
      ("the objective", initial.objective, goal.name), ("the booster", initial.booster, booster),
      ("classes:", "\(initial.classCount)", "\(job.classes.count)"),
      ("num_parallel_tree", "\(initial.parallelTrees)", "\(parallelTrees)"),
      (
        "the features", initial.features.joined(separator: ", "), features.joined(separator: ", ")
      ),
    ]
    for (what, found, expected) in pairs where found != expected {
      throw TrainingFault.otherInitial(what, found: found, expected: expected)
    }
    if let score = setting("base_score"), score != "0.5" { throw TrainingFault.initialScore }
    if isUpdate, rounds > initial.rounds {
      throw TrainingFault.roundsToUpdate(asked: rounds, there: initial.rounds)
    }
    return initial
  }

  /// Every parameter as the library takes it, those that depend on the data included.
  func resolvedSettings(_ goal: XGBoostObjective, _ job: TrainingJob) throws -> [XGBoostSetting] {
    var all = settings.filter { job.initial == nil || $0.name != "base_score" }
    func add(_ name: String, _ value: String) {
      all.append(XGBoostSetting(name: name, value: value))
    }
    add("objective", goal.name)
    if job.task == .multiclass {
      if let classCount, classCount != job.classes.count {
        throw TrainingFault.classCount(given: classCount, found: job.classes.count)
      }
      add("num_class", String(job.classes.count))
    }
    let names = try job.trainingRows().features.names
    if let monotone { add("monotone_constraints", try monotone.text(names)) }
    if let interactions { add("interaction_constraints", try interactions.text(names)) }
    for metric in libraryMetrics { add("eval_metric", metric) }
    add("seed", String(resolvedSeed(job)))
    add("nthread", String(threads(job)))
    return all
  }

  /// The author's seed, else one drawn from the cell's stream.
  func resolvedSeed(_ job: TrainingJob) -> Int {
    var stream = job.random("xgboost")
    return seed ?? Int(stream.next() >> 33)
  }

  /// Values of the training rows that are worth a thread: on fewer the library's threads mostly wait
  /// for each other, and they wait by spinning, which on a busy machine takes a hundred times the
  /// work itself.
  private static let valuesPerThread = 1 << 15

  /// How many threads the library may use.
  func threads(_ job: TrainingJob) -> Int {
    guard booster != "gblinear" else { return 1 }
    let values = (job.splits[.train]?.features.values.count ?? 0) / XGBoost.valuesPerThread
    return max(1, min(job.threads, threadLimit ?? job.threads, values))
  }

  /// What the library says that it was told, after a round of the job.
  package func received(in job: TrainingJob) throws -> Value {
    let goal = try checkedGoal(job)
    var learner = try XGBoostLearner(self, goal, job, from: try checkedInitial(goal, job))
    try learner.train(round: 1)
    return try Value(json: Array(try learner.configuration().utf8))
  }
}
