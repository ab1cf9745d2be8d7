import ColophonCore
package import ColophonData

/// A bagging ensemble in the middle of its work: a round is a member.
package struct BaggingLearner: RoundLearner {
  private let recipe: Bagging
  private let estimator: any Algorithm
  private let job: TrainingJob
  private let training: TrainingRows
  /// Members that are fitted; some may wait for their round.
  private var fitted: [BaggingModel.Member] = []
  /// Rounds that were taken in.
  private var rounds = 0
  private var sums: [Split: PredictionGrid] = [:]
  package private(set) var outOfBag: UnseenPredictions?
  private(set) var portraits: [MemberPortrait] = []

  /// A learner before its first round.
  ///
  /// - Throws: `TrainingFault` where there is no recipe of a member, or no row to learn from.
  package init(_ recipe: Bagging, _ job: TrainingJob) throws {
    guard let estimator = recipe.estimator else { throw TrainingFault.noMember("estimator") }
    self.recipe = recipe
    self.estimator = estimator
    self.job = job
    training = try job.trainingRows()
    start()
  }

  /// Goes back to before the first round.
  private mutating func start() {
    (fitted, portraits, rounds) = ([], [], 0)
    let classes = job.classes.count
    for split in job.filledSplits {
      let count = job.splits[split]?.features.rows ?? 0
      sums[split] = PredictionGrid(rows: count, task: job.task, classes: classes)
    }
    outOfBag =
      recipe.outOfBag
      ? UnseenPredictions(training, task: job.task, classes: classes, scorer: job.scorer) : nil
  }

  package mutating func train(round: Int) throws {
    if fitted.count < round { try fit(upTo: min(recipe.count, fitted.count + job.threads)) }
    try takeIn(round)
  }

  /// Fits the next members side by side.
  private mutating func fit(upTo count: Int) throws {
    let first = fitted.count
    let strands = count - first
    let threads = max(1, job.threads / max(1, strands))
    fitted += try inStrands(strands, threads: job.threads) { [self] index in
      try member(first + index, threads: threads)
    }
  }

  private func draw(_ member: Int) throws -> BaggingDraw {
    let shape = training.features
    return try BaggingDraw(recipe, member: member, rows: shape.rows, features: shape.columns, job)
  }

  private func member(_ index: Int, threads: Int) throws -> BaggingModel.Member {
    let draw = try draw(index)
    var rows = training.taking(draw.rows)
    if let columns = draw.columns { rows.features = rows.features.taking(columns: columns) }
    let random = job.random
    let part = TrainingJob(
      task: job.task,
      classes: job.classes,
      splits: [.train: rows],
      scorer: Scorer([]),
      threads: threads
    ) { random("member \(index) \($0)") }
    do {
      let result = try estimator.fit(part, observer: SilentObserver())
      return BaggingModel.Member(columns: draw.columns, model: result.model)
    } catch let fault as TrainingFault { throw fault.within("estimator").of("member \(index + 1)") }
  }

  /// Adds a fitted member to what is known of every row.
  private mutating func takeIn(_ round: Int) throws {
    let member = fitted[round - 1]
    let draw = try draw(round - 1)
    var portrait = MemberPortrait(rows: draw.distinct, features: draw.columns?.count)
    for split in job.filledSplits {
      guard let rows = job.splits[split] else { continue }
      let predictions = try member.predict(rows.features)
      try sums[split]?.add(predictions)
      if split == .validation { portrait.validation = try job.scorer.score(rows, predictions) }
    }
    if outOfBag != nil {
      let unseen = draw.left(of: training.features.rows)
      portrait.outOfBag = try outOfBag?.take(member, unseen: unseen)
    }
    portraits.append(portrait)
    rounds = round
  }

  package func predictions(for split: Split) throws -> Predictions {
    guard let sum = sums[split] else { throw TrainingFault.noRows }
    return sum.divided(by: Double(rounds))
  }

  /// Members never change, so the best round is the first so many of them.
  package mutating func remember(round: Int) {}

  /// The members of the rounds so far; those fitted ahead are fitted again.
  package func checkpoint() throws -> [UInt8] {
    rounds == 0 ? [] : try model(rounds: rounds).encoded()
  }

  package mutating func restore(_ checkpoint: [UInt8]) throws {
    start()
    guard !checkpoint.isEmpty else { return }
    fitted = try BaggingModel(decoding: checkpoint).members
    for round in 1...fitted.count { try takeIn(round) }
  }

  /// The ensemble of the first members.
  package func model(rounds: Int) throws -> BaggingModel {
    BaggingModel(
      task: job.task,
      classCount: job.classes.count,
      features: training.features.names,
      members: Array(fitted.prefix(rounds))
    )
  }
}

/// What is told of one member.
struct MemberPortrait: Hashable, Sendable {
  /// How many different rows it saw.
  var rows: Int
  /// How many features it saw; nil for all.
  var features: Int?
  /// Its own metrics, in the scorer's order.
  var validation: [Double?]?
  var outOfBag: [Double?]?
}
