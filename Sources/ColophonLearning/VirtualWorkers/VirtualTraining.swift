package import ColophonCore
package import ColophonData
import ColophonMath

/// A training that is really done by workers that are not there: their arithmetic, on a virtual clock.
package struct VirtualTraining {
  /// A stretch of an interrupted run: what is done before capacity goes, and where that begins.
  package struct Stretch: Hashable, Sendable {
    /// The batches that are done, the first of them being the one that the checkpoint left.
    package var ticks: Range<Int>
    package var workers: Int

    package init(_ ticks: Range<Int>, workers: Int) {
      self.ticks = ticks
      self.workers = workers
    }
  }

  package let network: NetworkRecipe
  package let job: TrainingJob
  package let algorithm: String
  private let learner: NetworkLearner
  private let orders: [[Int]]?

  /// At most so many losses are taken on the way.
  private static let readings = 60
  /// What each worker does is shown for so many ticks.
  package static let shownTicks = 12

  package init(
    _ network: NetworkRecipe,
    _ job: TrainingJob,
    algorithm: String,
    orders: [[Int]]? = nil
  ) throws {
    self.network = network
    self.job = job
    self.algorithm = algorithm
    self.orders = orders
    learner = try NetworkLearner(network, job, algorithm: algorithm)
  }

  /// The layers by what they cost for one row.
  package var costs: [LayerCost] { learner.network.costs }

  /// Whether batch normalisation makes a row's result depend on who else is in its share.
  package var mixesRows: Bool {
    learner.network.plan.operations.contains { $0 is BatchNormalOperation }
  }

  /// Batches of the whole training.
  package var ticks: Int {
    let batch = min(network.batchSize, learner.kept.count)
    return network.epochs * ((learner.kept.count + batch - 1) / batch)
  }

  /// The weights as the training begins, for those who want to set them.
  package func begin(with weights: [Float]) { learner.memory.parameters.fill(with: weights) }

  /// The weights that the train cell itself ends with.
  package func alone() throws -> VirtualResult {
    var learner = try NetworkLearner(network, job, algorithm: algorithm)
    learner.memory.parameters.fill(with: self.learner.memory.parameters.elements)
    for round in 1...network.epochs { try learner.train(round: round) }
    var result = VirtualResult()
    result.weights = learner.memory.parameters.elements
    result.losses = learner.log.losses.enumerated().map { ($0 + 1, $1) }
    result.scores = try scores(result.weights)
    return result
  }

  /// Trains with a fleet.
  ///
  /// `stretches` is what is done between interruptions, all at once unless given; `audits` whether each
  /// gradient is compared with that of one worker; `check` throws where the run is to end.
  package func run(
    _ recipe: FleetRecipe,
    count: Int,
    reduction: any GradientReduction,
    clock: FleetClock,
    stages: [Int] = [],
    stretches: [Stretch]? = nil,
    audits: Bool = false,
    check: (Double) throws -> Void = { _ in }
  ) throws -> VirtualResult {
    let fleet = Fleet(
      learner,
      recipe,
      count: count,
      reduction: reduction,
      clock: clock,
      stages: stages,
      audits: audits && recipe.method.isExact && !mixesRows,
      orders: orders
    )
    var course = FleetCourse(fleet, every: max(1, fleet.ticks / VirtualTraining.readings))
    try course.run(stretches ?? [Stretch(0..<fleet.ticks, workers: count)], check)
    var result = course.result
    if !result.hasDiverged { result.scores = try scores(result.weights) }
    return result
  }

  /// The job's metrics of weights on every split.
  private func scores(_ weights: [Float]) throws -> [Split: [Double?]] {
    let parameters = FloatStorage(weights)
    return try job.splits.reduce(into: [:]) { found, split in
      guard let rows = learner.splits[split.key], rows.rows > 0 else { return }
      let sums = learner.network.sums(of: rows, learner.tapes.prediction, parameters)
      found[split.key] = try job.scorer.score(split.value, learner.fitted.predictions(sums))
    }
  }
}

/// What a training by virtual workers comes to.
package struct VirtualResult: Sendable {
  /// All weights in the network's order.
  package var weights: [Float] = []
  /// The loss on the training rows after so many ticks; nil where it is no number.
  package var losses: [(tick: Int, loss: Double)] = []
  /// The virtual seconds of each tick.
  package var seconds: [Double] = []
  /// How often each staleness occurred.
  package var staleness: [Int: Int] = [:]
  /// Bytes that a worker sent in all.
  package var bytes = 0.0
  /// What the workers did in the first ticks, seconds from the start.
  package var spans: [FleetSpan] = []
  /// The gradients beside those of one worker, and how many were compared.
  package var audit: GradientAudit?
  package var audited = 0
  /// Ticks that were done again after an interruption.
  package var repeated = 0
  /// Whether weights left the finite numbers.
  package var hasDiverged = false
  /// The job's metrics by split.
  package var scores: [Split: [Double?]] = [:]

  package init() {}

  package var digest: Digest {
    var bytes: [UInt8] = []
    for weight in weights { withUnsafeBytes(of: weight.bitPattern.littleEndian) { bytes += $0 } }
    return Digest(of: bytes)
  }

  /// The largest difference from another result's weights.
  package func difference(from other: VirtualResult) -> Double {
    zip(weights, other.weights).reduce(0) { max($0, (Double($1.0) - Double($1.1)).magnitude) }
  }

  package func hasSameBits(as other: VirtualResult) -> Bool {
    weights.map { $0.bitPattern } == other.weights.map { $0.bitPattern }
  }
}
