import ColophonCore
import ColophonMath
import ColophonData

extension XGBoost {
  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    guard let goal = goal(for: job.task), XGBoost.tasks.contains(job.task) else {
      throw TrainingFault.task(
        job.task,
        of: XGBoost.name,
        takes: [.binary, .multiclass, .regression]
      )
    }
    if let fault = faults(for: job.task).first { throw fault }
    let rows = try job.trainingRows()
    guard rows.features.columns > 0 else { throw TrainingFault.noFeatures }
    var learner = try XGBoostLearner(self, goal, job)
    let record = try TrainingLoop(job, rounds: rounds).run(&learner, observer: observer)
    let bytes = try learner.modelBytes(rounds: record.keptRound)
    let model = XGBoostModel(
      objective: goal.name,
      task: job.task,
      classCount: job.classes.count,
      features: rows.features.names,
      rounds: record.keptRound,
      booster: booster,
      bytes: bytes
    )
    return TrainingResult(
      model: model,
      history: record.history,
      rounds: record.history.rounds.count,
      keptRound: record.keptRound,
      stoppedEarly: record.stoppedEarly
    )
  }

  /// Every parameter as the library takes it, those that depend on the data included.
  func resolvedSettings(_ goal: XGBoostObjective, _ job: TrainingJob) throws -> [XGBoostSetting] {
    var all = settings
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
    var stream = job.random("xgboost")
    add("seed", String(seed ?? Int(stream.next() >> 33)))
    add("nthread", "1")
    return all
  }
}

/// The library's booster in the middle of its work.
struct XGBoostLearner: RoundLearner {
  private let recipe: XGBoost
  private let goal: XGBoostObjective
  private let job: TrainingJob
  private let booster: Booster
  private let matrices: [Split: BoosterMatrix]
  private let training: BoosterMatrix
  /// The best round's bytes, where the booster can't be cut back to it: dropout rescales earlier
  /// trees, and a linear booster has no rounds to cut.
  private var remembered: [UInt8]?
  private let draws: XGBoostDraws
  /// The library's seed, of which those of later rounds are made.
  private let seed: Int
  /// Rounds that are done.
  private var round = 0
  /// The last round that can be gone on from, and the booster after it; nothing before the first.
  private var whole: (round: Int, state: [UInt8]) = (0, [])

  init(_ recipe: XGBoost, _ goal: XGBoostObjective, _ job: TrainingJob) throws {
    self.recipe = recipe
    self.goal = goal
    self.job = job
    var matrices: [Split: BoosterMatrix] = [:]
    for split in job.filledSplits {
      guard let rows = job.splits[split] else { continue }
      matrices[split] = try XGBoostLearner.matrix(rows, split, goal)
    }
    guard let training = matrices[.train] else { throw TrainingFault.noRows }
    self.matrices = matrices
    self.training = training
    booster = try Booster(caching: job.filledSplits.compactMap { matrices[$0] })
    let settings = try recipe.resolvedSettings(goal, job)
    for setting in settings { try booster.set(setting.name, setting.value) }
    draws = XGBoostDraws(recipe)
    seed = settings.last { $0.name == "seed" }.flatMap { Int($0.value) } ?? 0
  }

  private static func matrix(
    _ rows: TrainingRows,
    _ split: Split,
    _ goal: XGBoostObjective
  ) throws -> BoosterMatrix {
    let matrix = try BoosterMatrix(rows.features, split: split)
    guard split == .train else { return matrix }
    try matrix.setLabels(try labels(rows.labels, goal))
    if let weights = rows.weights {
      if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
        throw TrainingFault.weight(row: row)
      }
      guard weights.contains(where: { $0 > 0 }) else { throw TrainingFault.weightsAllZero }
      try matrix.setWeights(weights)
    }
    return matrix
  }

  private static func labels(_ labels: Labels, _ goal: XGBoostObjective) throws -> [Double] {
    switch labels {
    case .classes(let codes): return codes.map { Double($0) }
    case .numbers(let numbers):
      for (row, number) in numbers.enumerated() {
        guard Float(number).isFinite else { throw TrainingFault.targetNotFinite(row: row) }
        if let labels = goal.labels, !labels.takes(number) {
          throw TrainingFault.label(labels.words, objective: goal.name, row: row)
        }
      }
      return numbers
    case .absent: throw TrainingFault.labelsOfOtherKind(goal.tasks.first ?? .regression)
    }
  }

  mutating func train(round: Int) throws {
    try booster.update(round - 1, training)
    self.round = round
    if draws.restarts(after: round) { try restart() }
  }

  /// Builds anew whatever the library draws from.
  private mutating func restart() throws {
    whole = (round, try booster.serialized())
    try booster.restore(whole.state)
    try booster.set("seed", draws.seed(after: round, seed))
  }

  mutating func predictions(for split: Split) throws -> Predictions {
    guard let rows = matrices[split] else { throw TrainingFault.noRows }
    return try goal.predictions(booster, rows, classes: job.classes.count, task: job.task)
  }

  mutating func remember(round: Int) throws {
    if recipe.booster != "gbtree" { remembered = try booster.modelBytes() }
  }

  /// What stands before a checkpoint's bytes: how long the booster's are, after which round it was
  /// written, and how many rounds to repeat from there.
  private struct Header: Codable {
    var state: Int
    var round: Int
    var repeated: Int
    var isRemembering: Bool
  }

  /// The library's own serialisation, which holds its configuration too, and the remembered model.
  func checkpoint() throws -> [UInt8] {
    let state = draws.isDrawing ? whole.state : try booster.serialized()
    let start = draws.isDrawing ? whole.round : round
    let header = Header(
      state: state.count,
      round: start,
      repeated: round - start,
      isRemembering: remembered != nil
    )
    return HeadedBytes(header: try Value(encoding: header), body: state + (remembered ?? []))
      .encoded()
  }

  mutating func restore(_ checkpoint: [UInt8]) throws {
    guard let parts = HeadedBytes(decoding: checkpoint),
      let header = try? parts.header.decode(Header.self),
      header.state >= 0, header.state <= parts.body.count
    else { throw TrainingFault.damagedModel(XGBoost.name) }
    round = header.round
    if round > 0 {
      whole = (round, Array(parts.body[..<header.state]))
      try booster.restore(whole.state)
      if draws.isDrawing { try booster.set("seed", draws.seed(after: round, seed)) }
    }
    for next in round..<round + header.repeated { try train(round: next + 1) }
    remembered = header.isRemembering ? Array(parts.body[header.state...]) : nil
  }

  func modelBytes(rounds: Int) throws -> [UInt8] {
    if let remembered { return remembered }
    if rounds == recipe.rounds || recipe.booster != "gbtree" { return try booster.modelBytes() }
    return try booster.prefix(rounds: rounds).modelBytes()
  }
}

extension XGBoostObjective {
  /// What a booster says about some rows, in the engine's terms.
  func predictions(
    _ booster: Booster,
    _ rows: BoosterMatrix,
    classes: Int,
    task: Task
  ) throws -> Predictions {
    switch output {
    case .classMargins:
      var margins = try booster.predict(rows, margins: true).map { Double($0) }
      for start in stride(from: 0, to: margins.count, by: classes) {
        SoftmaxLoss.normalize(&margins, start, classes)
      }
      return .multiclass(probabilities: margins, classes: classes)
    case .logOdds:
      return .binary(
        scores: try booster.predict(rows, margins: true).map { Elementary.sigmoid(Double($0)) }
      )
    case .probability, .decision, .number, .exponential:
      let numbers = try booster.predict(rows, margins: false).map { Double($0) }
      return task == .binary ? .binary(scores: numbers) : .regression(numbers)
    }
  }
}
