import ColophonCore
import ColophonData
import ColophonMath

/// Workers with what they share: the training that is dealt out, the collective, the clock.
package struct Fleet {
  let learner: NetworkLearner
  let recipe: FleetRecipe
  let count: Int
  let reduction: any GradientReduction
  let clock: FleetClock
  /// The pipeline stage of each layer of the network.
  let stages: [Int]
  /// Whether each gradient is compared with that of one worker.
  let audits: Bool
  /// The kept rows of each epoch in their order.
  let orders: [[Int]]

  init(
    _ learner: NetworkLearner,
    _ recipe: FleetRecipe,
    count: Int,
    reduction: any GradientReduction,
    clock: FleetClock,
    stages: [Int] = [],
    audits: Bool = false,
    orders: [[Int]]? = nil
  ) {
    self.learner = learner
    self.recipe = recipe
    self.count = count
    self.reduction = reduction
    self.clock = clock
    self.stages = stages
    self.audits = audits
    self.orders =
      orders
      ?? (0..<learner.recipe.epochs).map { epoch in
        var random = learner.job.random("epoch \(epoch + 1)")
        return random.permutation(learner.kept.count)
      }
  }

  var batchSize: Int { min(learner.recipe.batchSize, learner.kept.count) }
  /// Batches of an epoch.
  var batches: Int { (learner.kept.count + batchSize - 1) / batchSize }
  /// Batches of the whole training.
  var ticks: Int { batches * orders.count }
  /// The learned numbers come first.
  var learnedCount: Int { learner.network.plan.learnedCount }
  /// What a whole vector of the learned numbers takes, in 32-bit floats.
  var vectorBytes: Double { 4 * Double(learnedCount) }

  /// The rows of a batch of the training, by their places among the kept ones.
  func batch(_ tick: Int) -> ArraySlice<Int> {
    let first = tick % batches * batchSize
    return orders[tick / batches][first..<min(first + batchSize, learner.kept.count)]
  }

  /// A worker's rows of a batch.
  func shard(_ worker: Int, of batch: ArraySlice<Int>, among workers: Int) -> ArraySlice<Int> {
    batch[(batch.startIndex..<batch.endIndex).part(worker, of: workers)]
  }

  /// The stretches of the learned numbers that are a tensor each.
  var tensors: [Range<Int>] {
    learner.network.plan.parameters.filter { $0.role.isLearned }.map { $0.range }
  }

  /// What cuts a worker's vectors down; nil where whole ones are sent.
  func feedback() -> ErrorFeedback? {
    recipe.compressor.map { compressor in
      ErrorFeedback(
        compressor: compressor,
        tensors: tensors,
        residual: recipe.feedsErrorsBack ? FloatStorage(count: learnedCount) : nil
      )
    }
  }

  /// A vector of as many numbers as the network has, followed ones among them.
  func vector() -> FloatStorage { FloatStorage(count: learner.network.plan.parameterCount) }

  /// Weights and optimiser of a worker of its own, as the training begins.
  func memory() -> NetworkMemory {
    let memory = NetworkMemory(
      learner.network.plan.parameterCount,
      vectors: learner.memory.memories.count
    )
    memory.parameters.fill(with: learner.memory.parameters.elements)
    return memory
  }

  /// The stream of an epoch's augmentations.
  func augmenting(_ tick: Int) -> RandomStream {
    learner.job.random("augment \(tick / batches + 1)")
  }
}

extension NetworkMemory {
  /// Weights and what the optimiser remembers.
  var kept: [FloatStorage] { [parameters] + memories }
}
