import ColophonCore
import ColophonData
import ColophonMath

/// A network in the middle of its epochs.
///
/// The weights live in flat memory that the steps change in place; a copy of the learner shares it.
struct NetworkLearner: RoundLearner {
  let recipe: NetworkRecipe
  let job: TrainingJob
  let algorithm: String
  let output: NetworkOutput
  let reader: NetworkReader
  let network: Network
  let splits: [Split: NetworkRows]
  /// The training rows that count, and what they are to give.
  let kept: [Int]
  let targets: [Float]
  let weights: [Float]
  let targetMean: Double
  let targetScale: Double
  let tapes: (training: Tape, prediction: Tape)
  let memory: NetworkMemory
  let batch: BatchMemory
  let stretches: [LearnedStretch]
  var schedule: any LearningSchedule
  /// Steps that are done.
  var step = 0
  /// By epoch: the mean loss, the last learning rate, the tensors.
  var log = NetworkLog()
  var remembered: [Float]?
  /// The last weights that were finite, where the present ones are not.
  var lastFinite: [Float]?
  /// What was taken over from elsewhere.
  var taken: TakenLayers?

  init(_ recipe: NetworkRecipe, _ job: TrainingJob, algorithm: String) throws {
    let rows = try job.trainingRows()
    let own = try NetworkTargets(rows, job, recipe)
    let earlier = job.initial as? any FittedNetworkModel
    let reader =
      try earlier?.fitted.reader
      ?? NetworkReader(
        recipe,
        rows.features,
        kept: own.kept,
        shares: own.shares,
        algorithm: algorithm,
        threads: job.threads
      )
    let classes = job.task.isClassification ? job.classes.count : 0
    let output = recipe.output(job.task, classes: classes)
    if let fault = output.faults.first { throw fault }
    let network: Network
    do {
      let frozen = Set(job.transfer.frozen)
      network = try Network(output.layers, frozen: frozen, reader: reader, link: output.link)
    } catch { throw TrainingFault.layerShape(error) }
    self.recipe = recipe
    self.job = job
    self.algorithm = algorithm
    self.output = output
    self.reader = reader
    self.network = network
    kept = own.kept
    weights = own.weights
    (targetMean, targetScale) =
      job.transfer.isTransfer
      ? (own.mean, own.scale)
      : earlier.map { ($0.fitted.targetMean, $0.fitted.targetScale) } ?? (own.mean, own.scale)
    targets = own.scaled(by: targetScale, around: targetMean)
    splits = try job.splits.mapValues { try reader.read($0.features, for: algorithm) }
    schedule = recipe.schedule
    stretches = network.stretches(recipe.penalises)
    memory = NetworkMemory(
      network.plan.parameterCount,
      vectors: type(of: recipe.optimizer).memories
    )
    let size = min(recipe.batchSize, own.kept.count)
    batch = BatchMemory(rows: size, width: reader.count)
    let largest = splits.values.map { $0.rows }.max() ?? 1
    tapes = (
      Tape(network.plan, capacity: size, isTraining: true, threads: job.threads),
      Tape(
        network.plan,
        capacity: max(1, min(largest, FittedNetwork.block)),
        isTraining: false,
        threads: job.threads
      )
    )
    var random = job.random("weights")
    var first = network.drawn(&random)
    taken = try takeOver(earlier?.fitted, into: &first)
    memory.parameters.fill(with: first)
  }

  mutating func train(round: Int) throws {
    var random = job.random("epoch \(round)")
    let order = random.permutation(kept.count)
    let size = min(recipe.batchSize, kept.count)
    let batches = (kept.count + size - 1) / size
    // The last whole batch is looked at.
    let looked = max(0, kept.count / size - 1)
    var augmenting = job.random("augment \(round)")
    var loss = 0.0
    var share = 0.0
    let before = memory.parameters.elements
    for batch in 0..<batches {
      let rows = order[batch * size..<min((batch + 1) * size, kept.count)]
      let done = takeStep(rows, &augmenting, isLooked: batch == looked)
      loss += done.loss * done.weight
      share += done.weight
    }
    log.losses.append(loss / share)
    log.rates.append(rate(of: step - 1))
    log.tensors.append(log.current + look.weights())
    if !memory.areWeightsFinite { try diverged(round, before) }
    if type(of: schedule).watchesLoss {
      schedule.epochEnded(loss: watchedLoss() ?? loss / share)
    }
  }

  /// The weights are no numbers any more: the job fails, unless a rule was asked to tell of it; then
  /// the last finite weights are the model's.
  private mutating func diverged(_ round: Int, _ before: [Float]) throws {
    guard job.debugger?.rules.contains(where: { $0.rule is NotFinite }) == true else {
      throw TrainingFault.weightsNotFinite(round: round)
    }
    lastFinite = before
  }

  var isFinished: Bool { lastFinite != nil }

  func rate(of step: Int) -> Double {
    let size = min(recipe.batchSize, kept.count)
    let moment = ScheduleMoment(
      step: max(step, 0),
      stepsPerEpoch: (kept.count + size - 1) / size,
      epochs: recipe.epochs
    )
    return recipe.optimizer.rate * schedule.factor(moment)
  }

  func predictions(for split: Split) throws -> Predictions {
    guard let rows = splits[split] else { return fitted.predictions([]) }
    return fitted.predictions(network.sums(of: rows, tapes.prediction, memory.parameters))
  }

  mutating func remember(round: Int) throws { remembered = memory.parameters.elements }

  func tensorStatistics() -> [TensorStatistics] { log.tensors.last ?? [] }
  var tensorHistory: [[TensorStatistics]] { log.tensors }

  /// The model of the remembered epoch, else of the last.
  var fitted: FittedNetwork {
    FittedNetwork(
      task: job.task,
      classCount: job.task.isClassification ? job.classes.count : 0,
      reader: reader,
      layers: output.layers.map { $0.configuration },
      network: network,
      parameters: remembered ?? lastFinite ?? memory.parameters.elements,
      targetScale: targetScale,
      targetMean: targetMean
    )
  }
}
