import ColophonCore
package import ColophonData

extension KMeans {
  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    guard KMeans.tasks.contains(job.task) else {
      throw TrainingFault.task(job.task, of: KMeans.name, takes: [.clustering])
    }
    var learner = try KMeansLearner(self, job)
    let record = try TrainingLoop(job, rounds: maxIterations).run(&learner, observer: observer)
    let model = learner.model()
    return TrainingResult(
      model: model,
      history: record.history,
      rounds: record.history.rounds.count,
      keptRound: record.keptRound,
      stoppedEarly: record.stoppedEarly,
      notes: notes(model, record, hasConverged: learner.isFinished),
      curves: try learner.elbowCurve().map { [$0] } ?? []
    )
  }

  private func notes(
    _ model: KMeansModel,
    _ record: TrainingRecord,
    hasConverged: Bool
  ) -> [TrainingNote] {
    var notes = [
      TrainingNote("clusters", "\(model.centres.count)"),
      TrainingNote("inertia", DecimalText.general(model.inertia, digits: 6)),
    ]
    if startCount > 1 {
      notes.append(
        TrainingNote("starts", "\(startCount)", note: "the one of least inertia is kept")
      )
    }
    if !hasConverged, !record.stoppedEarly {
      notes.append(
        TrainingNote(
          "iterations",
          "\(record.history.rounds.count)",
          note: "max_iter was reached before the centres came to rest",
          isWarning: true
        )
      )
    }
    return notes
  }
}

/// Lloyd's iterations, one a round.
package struct KMeansLearner: RoundLearner {
  private let recipe: KMeans
  private let job: TrainingJob
  private let rows: ClusterRows
  private let kept: [Int]
  private let features: [String]
  /// The squared movement at which the centres count as at rest.
  private let rest: Double
  private var lloyd: Lloyd?
  /// The centres before the last round's update.
  private var before: [Double] = []
  private var remembered: [Double]?
  package private(set) var isFinished = false

  package init(_ recipe: KMeans, _ job: TrainingJob) throws {
    self.recipe = recipe
    self.job = job
    let training = try job.trainingRows()
    let weighed = try training.weighed(for: KMeans.name)
    guard weighed.kept.count >= recipe.clusters else {
      throw TrainingFault(
        "train.too-few-rows",
        "n_clusters is \(recipe.clusters), but there are \(weighed.kept.count) training rows",
        hint: "take fewer clusters",
        field: "hyperparameters.n_clusters"
      )
    }
    kept = weighed.kept
    features = training.features.names
    rows = ClusterRows(
      training.features.values(of: kept),
      width: features.count,
      weights: weighed.weights
    )
    rest = rows.meanVariance * recipe.tolerance
  }

  // MARK: Starts

  private func centres(_ clusters: Int, start: Int) -> [Double] {
    if let given = recipe.startingCentres, given.count == clusters * features.count { return given }
    let seeding = CentreSeeding(rows: rows, clusters: clusters, threads: job.threads)
    var stream = job.random("k-means \(clusters) start \(start)")
    switch recipe.start {
    case .plusPlus: return seeding.plusPlus(&stream)
    case .random: return seeding.random(&stream)
    }
  }

  /// The start that leads to the least inertia, the first of equals, with that inertia.
  private func bestStart(_ clusters: Int) -> (centres: [Double], inertia: Double) {
    var best: (centres: [Double], inertia: Double)?
    for start in 0..<recipe.startCount {
      let first = centres(clusters, start: start)
      var lloyd = Lloyd(rows, centres: first, threads: job.threads)
      for _ in 0..<recipe.maxIterations where !advance(&lloyd) {}
      lloyd.assign()
      let inertia = lloyd.inertia
      if inertia < best?.inertia ?? .infinity { best = (first, inertia) }
    }
    return best ?? (centres(clusters, start: 0), .infinity)
  }

  /// One iteration; whether the centres have come to rest.
  private func advance(_ lloyd: inout Lloyd) -> Bool {
    let hasChanged = lloyd.assign()
    return lloyd.update() <= rest || !hasChanged
  }

  /// The inertia for each number of clusters that was asked for.
  func elbowCurve() throws -> TrainingCurve? {
    guard let range = recipe.elbow else { return nil }
    let counts = range.filter { $0 <= rows.count }
    return TrainingCurve(
      "Inertia by number of clusters",
      x: ("clusters", counts.map { Double($0) }),
      y: ("inertia", counts.map { bestStart($0).inertia }),
      chosen: counts.firstIndex(of: recipe.clusters)
    )
  }

  // MARK: Rounds

  package mutating func train(round: Int) throws {
    if isFinished { return }
    if lloyd == nil {
      let first =
        recipe.startCount > 1
        ? bestStart(recipe.clusters).centres : centres(recipe.clusters, start: 0)
      lloyd = Lloyd(rows, centres: first, threads: job.threads)
    }
    guard var lloyd = lloyd.take() else { return }
    before = lloyd.centres
    let hasChanged = changedLast ?? lloyd.assign()
    changedLast = nil
    let shift = lloyd.update()
    isFinished = !hasChanged || shift <= rest
    self.lloyd = lloyd
  }

  /// Whether rows changed cluster when they were assigned for the last round's predictions.
  private var changedLast: Bool?

  package mutating func predictions(for split: Split) throws -> Predictions {
    guard let rows = job.splits[split] else { throw TrainingFault.noRows }
    if split == .train, kept.count == rows.features.rows {
      assignNow()
      if let lloyd {
        return .clusters(lloyd.labels, count: lloyd.clusters, centres: lloyd.centres)
      }
    }
    return try model(of: lloyd?.centres ?? []).predict(rows.features, threads: job.threads)
  }

  private mutating func assignNow() {
    guard var lloyd = lloyd.take() else { return }
    if !lloyd.isAssigned { changedLast = lloyd.assign() }
    self.lloyd = lloyd
  }

  package mutating func remember(round: Int) throws { remembered = lloyd?.centres }

  private func model(of centres: [Double]) -> KMeansModel {
    let sizes = [Double](repeating: 0, count: centres.count / max(1, features.count))
    return KMeansModel(
      centres: ClusterCentres(features: features, values: centres, sizes: sizes),
      inertia: 0
    )
  }

  /// The model of the remembered round, else of the last.
  package func model() -> KMeansModel {
    let centres = remembered ?? lloyd?.centres ?? []
    let known = remembered == nil ? lloyd : nil
    var last = known ?? Lloyd(rows, centres: centres, threads: job.threads)
    last.assign()
    var sizes = [Double](repeating: 0, count: last.clusters)
    for (row, cluster) in last.labels.enumerated() {
      sizes[Int(cluster)] += rows.weights?[row] ?? 1
    }
    return KMeansModel(
      centres: ClusterCentres(features: features, values: centres, sizes: sizes),
      inertia: last.inertia
    )
  }

  // MARK: Checkpoints

  /// Centres, those of the round before, and what was remembered: all else follows from them.
  package func checkpoint() throws -> [UInt8] {
    let header = Value.object([
      "finished": .boolean(isFinished), "remembered": .boolean(remembered != nil),
    ])
    let numbers = (lloyd?.centres ?? []) + before + (remembered ?? [])
    return HeadedBytes(header: header, body: NumberBytes.bytes(numbers)).encoded()
  }

  package mutating func restore(_ checkpoint: [UInt8]) throws {
    let length = recipe.clusters * features.count
    guard let parts = HeadedBytes(decoding: checkpoint), case .object(let header) = parts.header,
      let numbers = NumberBytes.numbers(parts.body),
      numbers.count == length * (header["remembered"] == .boolean(true) ? 3 : 2)
    else { throw TrainingFault.damagedModel(KMeans.name) }
    before = Array(numbers[length..<2 * length])
    var lloyd = Lloyd(rows, centres: before, threads: job.threads)
    lloyd.assign()
    lloyd.move(to: Array(numbers[..<length]))
    self.lloyd = lloyd
    changedLast = nil
    remembered = numbers.count > 2 * length ? Array(numbers[(2 * length)...]) : nil
    isFinished = header["finished"] == .boolean(true)
  }
}

extension Lloyd? {
  /// The iterations, taken out so that they are changed in place.
  fileprivate mutating func take() -> Lloyd? {
    defer { self = nil }
    return self
  }
}
