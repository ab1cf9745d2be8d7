import ColophonCore
import ColophonData
import ColophonMath

/// The network in the middle of its epochs.
///
/// The weights live in flat memory that the steps change in place; a copy of the learner shares it.
struct DeepARLearner: RoundLearner {
  let recipe: DeepAR
  let job: TrainingJob
  let inputs: DeepARInputs
  let grid: SeriesGrid
  let network: Network
  let tape: Tape
  let memory: NetworkMemory
  let stretches: [LearnedStretch]
  let sampler: DeepARSampler
  let grids: [Split: SeriesGrid]
  /// Keys what forecasts draw.
  let seed: UInt64
  /// Series that are too short to learn from.
  let short: [String]
  var step = 0
  /// By epoch: the mean loss, the tensors.
  var log = NetworkLog()
  var remembered: [Float]?

  init(_ recipe: DeepAR, _ job: TrainingJob) throws {
    guard let panel = try job.trainingRows().features.series else {
      throw TrainingFault.noSeries(DeepAR.name)
    }
    let likelihood = recipe.shape.scorer
    let grid = try SeriesGrid(panel, recipe.terms)
    for series in grid.series {
      for value in series.values where !value.isNaN {
        if let why = likelihood.fault(value) {
          throw TrainingFault.seriesValue(series.name, value, why)
        }
      }
    }
    let earlier = job.initial as? DeepARModel
    if let earlier, earlier.shape != recipe.shape || earlier.terms != recipe.terms {
      throw TrainingFault.otherShape()
    }
    let inputs =
      try earlier?.inputs
      ?? DeepARInputs(recipe, grid, scaleOffset: likelihood.scaleOffset)
    let sampler = try DeepARSampler(grid, recipe)
    self.recipe = recipe
    self.job = job
    self.grid = grid
    self.inputs = inputs
    self.sampler = sampler
    short = grid.series.indices.filter { !sampler.usable.contains($0) }.map { grid.series[$0].name }
    network = recipe.shape.network(inputs, steps: recipe.steps, dropout: recipe.dropout)
    memory = NetworkMemory(network.plan.parameterCount, vectors: Adam.memories)
    stretches = network.stretches(false)
    tape = Tape(
      network.plan,
      capacity: min(recipe.batchSize, sampler.windows),
      isTraining: true,
      threads: job.threads
    )
    grids = try job.splits.mapValues { rows in
      guard let panel = rows.features.series else { throw TrainingFault.noSeries(DeepAR.name) }
      return try SeriesGrid(panel, recipe.terms)
    }
    var forecasts = job.random("forecasts")
    seed = forecasts.next()
    var random = job.random("weights")
    memory.parameters.fill(with: earlier?.parameters ?? network.drawn(&random))
  }

  mutating func train(round: Int) throws {
    var random = job.random("epoch \(round)")
    let drawn = sampler.draw(&random)
    var (loss, count) = (0.0, 0)
    for start in stride(from: 0, to: drawn.count, by: tape.capacity) {
      let batch = drawn[start..<min(start + tape.capacity, drawn.count)]
      let isLast = start + tape.capacity >= drawn.count
      let done = takeStep(Array(batch), isLooked: isLast)
      loss += done.loss
      count += done.count
    }
    log.losses.append(loss / Double(max(1, count)))
    log.tensors.append(log.current + look.weights())
    guard memory.areWeightsFinite else { throw TrainingFault.forecasterDiverged(round: round) }
  }

  func predictions(for split: Split) throws -> Predictions {
    guard let grid = grids[split] else { return .forecasts([], Forecasts(series: [], steps: [])) }
    return try model(memory.parameters.elements).predictions(grid, threads: job.threads)
  }

  mutating func remember(round: Int) throws { remembered = memory.parameters.elements }

  func tensorStatistics() -> [TensorStatistics] { log.tensors.last ?? [] }
  var tensorHistory: [[TensorStatistics]] { log.tensors }
  var look: TensorLook { TensorLook(network: network, tape: tape, memory: memory) }

  func model(_ parameters: [Float]) -> DeepARModel {
    DeepARModel(
      terms: recipe.terms,
      shape: recipe.shape,
      inputs: inputs,
      seed: seed,
      parameters: parameters
    )
  }
}

extension DeepAR {
  /// How many steps a window has.
  var steps: Int { shape.context + terms.length }
}

extension TrainingFault {
  static func forecasterDiverged(round: Int) -> TrainingFault {
    TrainingFault(
      "train.not-finite",
      "the weights left the finite numbers in epoch \(round)",
      hint: "lower learning_rate or clip_gradient",
      field: "hyperparameters.learning_rate"
    )
  }

  static func otherShape() -> TrainingFault {
    TrainingFault(
      continuation,
      "the hyperparameters are not those of the model to go on from",
      hint: "an incremental job needs the same network, time_freq and prediction_length",
      field: "hyperparameters"
    )
  }
}
