import ColophonCore
package import ColophonData

/// All fits of the members, one a round: each member once for each fold, and once to all rows.
///
/// A checkpoint holds the fits that are done, so that a job that was ended makes none of them again.
package struct StackingLearner: RoundLearner {
  private let recipe: Stacking
  private let job: TrainingJob
  private let rows: TrainingRows
  /// Each training row's fold.
  private let folds: [Int]
  private let foldCount: Int
  /// What each member says about each training row by a fit that did not see it.
  private(set) var held: [PredictionGrid] = []
  /// Fitted to all training rows, in the order of the members.
  private(set) var models: [FilledModel] = []
  private var done = 0
  /// Fits that were made side by side with the last one and wait for their round.
  private var ahead: [Yield] = []

  /// One fit's yield.
  private enum Yield: Sendable {
    case held(Predictions, rows: [Int])
    case model(FilledModel)
  }

  init(_ recipe: Stacking, _ job: TrainingJob, _ rows: TrainingRows, _ folds: [Int]) {
    self.recipe = recipe
    self.job = job
    self.rows = rows
    self.folds = folds
    foldCount = (folds.max() ?? 0) + 1
    start()
  }

  /// How many fits there are.
  var count: Int { recipe.bases.count * (foldCount + 1) }

  private mutating func start() {
    let empty = PredictionGrid(rows: folds.count, task: job.task, classes: job.classes.count)
    held = [PredictionGrid](repeating: empty, count: recipe.bases.count)
    (models, done, ahead) = ([], 0, [])
  }

  package mutating func train(round: Int) throws {
    if ahead.isEmpty {
      let strands = min(max(1, job.threads), count - done)
      let first = done
      let learner = self
      ahead = try inStrands(strands, threads: strands) { try learner.fit(first + $0) }
    }
    switch ahead.removeFirst() {
    case .held(let predictions, let rows):
      try held[done / (foldCount + 1)].add(predictions, to: rows)
    case .model(let model): models.append(model)
    }
    done += 1
  }

  package func predictions(for split: Split) throws -> Predictions { throw TrainingFault.noRows }

  package mutating func remember(round: Int) {}

  /// One fit: a member to all rows but a fold's, and after its folds to all of them.
  private func fit(_ index: Int) throws -> Yield {
    let (base, fold) = index.quotientAndRemainder(dividingBy: foldCount + 1)
    let isWhole = fold == foldCount
    let member = recipe.bases[base]
    let random = job.random
    let seen = isWhole ? [] : folds.indices.filter { folds[$0] != fold }
    let part = TrainingJob(
      task: job.task,
      classes: job.classes,
      splits: [.train: isWhole ? rows : rows.taking(seen)],
      scorer: Scorer([]),
      threads: 1
    ) { random("member \(member.name) \(isWhole ? "all" : "fold \(fold)") \($0)") }
    do {
      let model = try FilledModel(member.recipe, part, kept: recipe.missingValues == .keep)
      if isWhole { return .model(model) }
      let held = folds.indices.filter { folds[$0] == fold }
      return .held(try model.predict(rows.features.taking(held)), rows: held)
    } catch let fault as TrainingFault {
      let words = isWhole ? member.name : "\(member.name) without fold \(fold + 1)"
      throw fault.within("estimators[\(member.place)]").of(words)
    }
  }

  // MARK: Checkpoints

  /// What stands before a checkpoint's bytes: the fits that are done, and the finished models.
  private struct Header: Codable {
    struct Part: Codable {
      var algorithm: String
      var fill: [Double]?
      var size: Int
    }

    var done: Int
    var numbers: Int
    var parts: [Part]
  }

  package func checkpoint() throws -> [UInt8] {
    let bodies = try models.map { try $0.model.encoded() }
    let numbers = NumberBytes.bytes(held.flatMap { $0.values })
    let parts = zip(models, bodies).map { entry, body in
      Header.Part(
        algorithm: Swift.type(of: entry.model).algorithm,
        fill: entry.fill,
        size: body.count
      )
    }
    let header = Header(done: done, numbers: numbers.count, parts: parts)
    return HeadedBytes(
      header: try Value(encoding: header),
      body: numbers + bodies.flatMap { $0 }
    ).encoded()
  }

  package mutating func restore(_ checkpoint: [UInt8]) throws {
    start()
    let width = held.first.map { $0.values.count } ?? 0
    guard let parts = HeadedBytes(decoding: checkpoint),
      let header = try? parts.header.decode(Header.self), (0...count).contains(header.done),
      header.parts.count == header.done / (foldCount + 1),
      let pieces = parts.pieces(of: [header.numbers] + header.parts.map { $0.size }),
      let numbers = NumberBytes.numbers(pieces[0]), numbers.count == width * held.count
    else { throw TrainingFault.damagedModel(Stacking.name) }
    for base in held.indices {
      held[base].take(Array(numbers[base * width..<(base + 1) * width]))
    }
    models = try zip(header.parts, pieces.dropFirst()).map { part, body in
      guard let type = algorithms[part.algorithm]
      else { throw TrainingFault.damagedModel(Stacking.name) }
      return FilledModel(fill: part.fill, model: try type.decodeModel(body))
    }
    done = header.done
  }
}
