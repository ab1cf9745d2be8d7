import ColophonCore
import ColophonMath
import ColophonData

/// The library's booster in the middle of its work.
struct XGBoostLearner: RoundLearner {
  private let recipe: XGBoost
  private let goal: XGBoostObjective
  private let job: TrainingJob
  private let initial: XGBoostModel?
  private let settings: [XGBoostSetting]
  private let seed: Int
  private let rows: [Split: BoosterRows]
  private let training: BoosterMatrix
  private var booster: Booster
  /// How many rounds have been run.
  private var round = 0
  /// The best round's bytes, where the booster can't be cut back to it: dropout rescales earlier
  /// trees, and a linear booster has no rounds to cut.
  private var remembered: [UInt8]?

  init(
    _ recipe: XGBoost,
    _ goal: XGBoostObjective,
    _ job: TrainingJob,
    from initial: XGBoostModel?
  ) throws {
    self.recipe = recipe
    self.goal = goal
    self.job = job
    self.initial = initial
    settings = try recipe.resolvedSettings(goal, job)
    seed = recipe.resolvedSeed(job)
    let threads = recipe.threads(job)
    var rows: [Split: BoosterRows] = [:]
    for split in job.filledSplits {
      guard let given = job.splits[split] else { continue }
      rows[split] =
        split == .train || recipe.measuresItself
        ? try BoosterRows(given, split, goal, threads: threads)
        : try BoosterRows(features: given, split, threads: threads)
    }
    guard let training = rows[.train]?.matrix else { throw TrainingFault.noRows }
    self.rows = rows
    self.training = training
    booster = try Booster(caching: job.filledSplits.compactMap { rows[$0]?.matrix })
    try begin(from: initial?.bytes)
  }

  /// Sets the booster up as it is before a round, with the model so far.
  private func begin(from model: [UInt8]?) throws {
    if let model { try booster.load(model: model) }
    for setting in settings {
      try booster.set(setting.name, setting.value)
    }
  }

  /// The rounds of the model that the job goes on from, where they stay in it.
  var earlierRounds: Int { recipe.isUpdate ? 0 : initial?.rounds ?? 0 }

  mutating func train(round: Int) throws {
    self.round = round
    if let steps = recipe.renewedSteps {
      // Another list of the same steps makes the library build them anew, with what is set since
      // the round before and nothing else; `sync` does nothing on one machine.
      for setting in settings { try booster.set(setting.name, setting.value) }
      try booster.set("seed", String((seed + round) & Int(Int32.max)))
      try booster.set("updater", round.isMultiple(of: 2) ? steps : "sync," + steps)
    }
    try booster.update(round - 1, training)
  }

  mutating func predictions(for split: Split) throws -> Predictions {
    guard let rows = rows[split] else { throw TrainingFault.noRows }
    return try goal.predictions(booster, rows, classes: job.classes.count, task: job.task)
  }

  mutating func remember(round: Int) throws {
    if recipe.booster != "gbtree" { remembered = try booster.modelBytes() }
  }

  /// What stands before a checkpoint's bytes: after which round it was written, how long the
  /// model's bytes are, and whether those of the best round follow.
  private struct Header: Codable {
    var round: Int
    var model: Int
    var isRemembering: Bool
  }

  /// The model so far, which is all that a round rests on besides its number, and the best round's;
  /// of a job that is run again, the number of rounds instead.
  func checkpoint() throws -> [UInt8] {
    let model = recipe.replays || round == 0 ? [] : try booster.modelBytes()
    let header = Header(round: round, model: model.count, isRemembering: remembered != nil)
    return HeadedBytes(header: try Value(encoding: header), body: model + (remembered ?? []))
      .encoded()
  }

  mutating func restore(_ checkpoint: [UInt8]) throws {
    guard let parts = HeadedBytes(decoding: checkpoint),
      let header = try? parts.header.decode(Header.self),
      header.round >= 0, (0...parts.body.count).contains(header.model)
    else { throw TrainingFault.damagedModel(XGBoost.name) }
    booster = try Booster(caching: job.filledSplits.compactMap { rows[$0]?.matrix })
    if header.model > 0 {
      try begin(from: Array(parts.body[..<header.model]))
    } else {
      try begin(from: initial?.bytes)
      for earlier in stride(from: 1, through: header.round, by: 1) { try train(round: earlier) }
    }
    round = header.round
    remembered = header.isRemembering ? Array(parts.body[header.model...]) : nil
  }

  /// The model after a round that was run.
  func modelBytes(rounds: Int) throws -> [UInt8] {
    if let remembered { return remembered }
    let bytes = try booster.modelBytes()
    if rounds == round || recipe.booster != "gbtree" { return bytes }
    // From the bytes: the library can't cut a booster whose steps were made anew.
    return try Booster(model: bytes).prefix(rounds: rounds + earlierRounds).modelBytes()
  }

  func configuration() throws -> String { try booster.configuration() }

  /// The library's own metrics of the finished model, where the author asks for some.
  func libraryNotes(_ bytes: [UInt8]) throws -> [TrainingNote] {
    guard recipe.measuresItself else { return [] }
    let finished = try Booster(model: bytes)
    let growing = ["base_score", "process_type", "updater"]
    for setting in settings where !growing.contains(setting.name) {
      try finished.set(setting.name, setting.name == "nthread" ? "1" : setting.value)
    }
    return try job.filledSplits.flatMap { split -> [TrainingNote] in
      guard let matrix = rows[split]?.matrix else { return [] }
      return try finished.evaluate(matrix).map {
        TrainingNote("\(split.rawValue) \($0.name)", $0.value, note: "by xgboost's own metric")
      }
    }
  }
}

extension XGBoost {
  /// Whether the library measures the finished model too.
  var measuresItself: Bool {
    !libraryMetrics.isEmpty || setting("disable_default_eval_metric") == "0"
  }
}

extension XGBoostObjective {
  /// What a booster says about some rows, in the engine's terms.
  func predictions(
    _ booster: Booster,
    _ rows: BoosterRows,
    classes: Int,
    task: Task
  ) throws -> Predictions {
    let numbers = try booster.predict(rows.matrix, margins: isMargin)
    let width = output == .classMargins ? classes : 1
    let ordered = rows.inOrder(numbers, width: width).map { Double($0) }
    switch output {
    case .classMargins:
      var margins = ordered
      for start in stride(from: 0, to: margins.count, by: classes) {
        SoftmaxLoss.normalize(&margins, start, classes)
      }
      return .multiclass(probabilities: margins, classes: classes)
    case .logOdds: return .binary(scores: Elementary.sigmoid(ordered))
    case .probability, .decision, .number, .exponential:
      return task == .binary ? .binary(scores: ordered) : .regression(ordered)
    }
  }

  private var isMargin: Bool { output == .classMargins || output == .logOdds }
}
