package import ColophonCore
import ColophonMath

/// Every worker holds some layers, and a batch goes through them in pieces.
///
/// Flushed, the pieces' gradients are added up in their order before the step, which is that of one
/// worker but for the order of addition. Without a flush no stage ever waits: stage s of P computes with
/// weights that are P − 1 − s steps old, the same ones on the way there and back.
///
/// - SeeAlso: Huang and others, "GPipe", 2019; Narayanan and others, "PipeDream: generalized pipeline
///   parallelism for DNN training", 2019, section 3.3, weight stashing.
package struct PipelineMethod: SharingMethod {
  package static let name = "pipeline"
  package static let summary = "every worker holds some layers"

  package var pieces: Int
  package var flushes: Bool

  package init(reading fields: inout FieldReader) {
    pieces = fields.integer(
      "micro_batches",
      in: 1...100_000,
      default: 4,
      "pipeline: the pieces that a batch goes through the stages in."
    )
    flushes = fields.boolean(
      "flush",
      default: true,
      "pipeline: whether all wait for the batch's end before the step; else early stages learn with "
        + "old weights."
    )
  }

  package var compresses: Bool { false }
  package var isExact: Bool { flushes }
  package var words: String {
    flushes ? "pipeline, \(pieces) micro-batches" : "pipeline without flush"
  }

  package func faults(_ recipe: NetworkRecipe, count: Int) -> [FleetFault] {
    guard flushes, !recipe.batchSize.isMultiple(of: pieces) else { return [] }
    return [
      FleetFault(
        "micro_batches",
        "a batch of \(recipe.batchSize) rows can't be cut into \(pieces) even pieces",
        hint: "let the train cell's 'batch_size' be a multiple of the pieces"
      )
    ]
  }

  package func begin(_ fleet: Fleet) throws -> any SharingRun {
    flushes ? FlushedRun(fleet, pieces) : StashedRun(fleet)
  }
}

private struct FlushedRun: SharingRun {
  let fleet: Fleet
  let pieces: Int
  var learner: NetworkLearner
  let memory: NetworkMemory
  let piece: FloatStorage
  let audit: GradientAuditor?
  var augmenting: RandomStream

  init(_ fleet: Fleet, _ pieces: Int) {
    self.fleet = fleet
    self.pieces = pieces
    learner = fleet.learner
    memory = fleet.memory()
    piece = fleet.vector()
    audit = fleet.audits ? GradientAuditor(fleet) : nil
    augmenting = fleet.augmenting(0)
  }

  var storages: [FloatStorage] { memory.kept }

  mutating func tick(_ number: Int, workers: Int) -> FleetTick {
    if number.isMultiple(of: fleet.batches) { augmenting = fleet.augmenting(number) }
    let batch = fleet.batch(number)
    let whole = BatchPart(rows: batch, step: number, total: learner.weight(of: batch))
    let before = augmenting
    var tick = FleetTick()
    var isFirst = true
    for index in 0..<pieces {
      var part = whole
      part.rows = fleet.shard(index, of: batch, among: pieces)
      part.first = part.rows.startIndex - batch.startIndex
      if part.rows.isEmpty { continue }
      tick.loss += learner.slope(
        part,
        at: memory.parameters,
        into: isFirst ? memory.gradients : piece,
        augmenting: &augmenting
      )
      if !isFirst { memory.gradients.add(piece, 0..<piece.count) }
      isFirst = false
    }
    if let audit {
      tick.audit = audit.compare(
        memory.gradients,
        whole,
        at: memory.parameters,
        before,
        parts: pieces
      )
    }
    learner.update(memory, step: number, rate: learner.rate(of: number))
    tick.weight = whole.total
    tick.loss *= whole.total
    tick.seconds = fleet.clock.pipeline.flushed
    return tick
  }

  mutating func epochEnded(loss: Double) { learner.endEpoch(memory, loss: loss) }

  func weights(into target: FloatStorage) { target.take(memory.parameters, 0..<target.count) }
}

private struct StashedRun: SharingRun {
  let fleet: Fleet
  var learner: NetworkLearner
  let memory: NetworkMemory
  /// The weights after the last steps, the newest at the step's number modulo how many there are.
  let past: [FloatStorage]
  /// What a batch is computed with: each stage's weights as old as they are.
  let mixed: FloatStorage
  /// Each learned number's stretch, with its stage.
  let stages: [(range: Range<Int>, stage: Int)]
  var augmenting: RandomStream

  init(_ fleet: Fleet) {
    self.fleet = fleet
    learner = fleet.learner
    let memory = fleet.memory()
    self.memory = memory
    past = (0..<fleet.count).map { _ in
      let weights = fleet.vector()
      weights.take(memory.parameters, 0..<weights.count)
      return weights
    }
    mixed = fleet.vector()
    let network = fleet.learner.network
    stages = network.layers.enumerated().flatMap { index, layer in
      network.plan.operations[layer.operations].flatMap { $0.parameters }
        .filter { $0.role.isLearned }
        .map { ($0.range, fleet.stages[index]) }
    }
    augmenting = fleet.augmenting(0)
  }

  var storages: [FloatStorage] { memory.kept + past }

  mutating func tick(_ number: Int, workers: Int) -> FleetTick {
    if number.isMultiple(of: fleet.batches) { augmenting = fleet.augmenting(number) }
    let batch = fleet.batch(number)
    let followed = fleet.learnedCount..<memory.parameters.count
    past[number % fleet.count].take(memory.parameters, 0..<memory.parameters.count)
    var tick = FleetTick()
    mixed.take(memory.parameters, followed)
    for (range, stage) in stages {
      let age = min(number, fleet.count - 1 - stage)
      mixed.take(past[(number - age) % fleet.count], range)
    }
    tick.staleness = (0..<fleet.count).map { min(number, fleet.count - 1 - $0) }
    let part = BatchPart(rows: batch, step: number, total: learner.weight(of: batch))
    tick.loss = learner.slope(
      part,
      at: mixed,
      into: memory.gradients,
      augmenting: &augmenting
    )
    memory.parameters.take(mixed, followed)
    learner.update(memory, step: number, rate: learner.rate(of: number))
    tick.weight = part.total
    tick.loss *= part.total
    tick.seconds = fleet.clock.pipeline.busiest
    return tick
  }

  mutating func epochEnded(loss: Double) { learner.endEpoch(memory, loss: loss) }

  func weights(into target: FloatStorage) { target.take(memory.parameters, 0..<target.count) }
}
