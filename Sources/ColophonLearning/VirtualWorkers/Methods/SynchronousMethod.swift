package import ColophonCore
import ColophonMath

/// Every worker takes its share of each batch; gradients are added up before all take the same step.
///
/// A row counts by its share of the whole batch, so that the sum is the batch's gradient whatever the
/// shares and the rows' weights.
package struct SynchronousMethod: SharingMethod {
  package static let name = "synchronous"
  package static let summary = "gradients are added up before each step"

  package init(reading fields: inout FieldReader) {}

  package var isExact: Bool { true }
  package var isElastic: Bool { true }

  package func faults(_ recipe: NetworkRecipe, count: Int) -> [FleetFault] {
    shares(recipe, among: count)
  }

  package func begin(_ fleet: Fleet) throws -> any SharingRun { SynchronousRun(fleet) }
}

private struct SynchronousRun: SharingRun {
  let fleet: Fleet
  var learner: NetworkLearner
  let memory: NetworkMemory
  /// A vector and what it is sent through, for each worker.
  let gradients: [FloatStorage]
  let sent: [FloatStorage]
  let feedback: [ErrorFeedback]
  let buffers: FollowedNumbers
  let audit: GradientAuditor?
  var augmenting: RandomStream

  init(_ fleet: Fleet) {
    self.fleet = fleet
    learner = fleet.learner
    memory = fleet.memory()
    let hasFeedback = fleet.recipe.compressor != nil
    let learned = fleet.learnedCount
    gradients = (0..<fleet.count).map { _ in
      hasFeedback ? FloatStorage(count: learned) : fleet.vector()
    }
    sent = hasFeedback ? (0..<fleet.count).map { _ in FloatStorage(count: learned) } : []
    feedback = (0..<fleet.count).compactMap { _ in fleet.feedback() }
    buffers = FollowedNumbers(fleet)
    audit = fleet.audits && !hasFeedback ? GradientAuditor(fleet) : nil
    augmenting = fleet.augmenting(0)
  }

  var storages: [FloatStorage] { memory.kept + feedback.compactMap { $0.residual } }

  mutating func tick(_ number: Int, workers: Int) -> FleetTick {
    if number.isMultiple(of: fleet.batches) { augmenting = fleet.augmenting(number) }
    let batch = fleet.batch(number)
    let whole = BatchPart(rows: batch, step: number, total: learner.weight(of: batch))
    let before = augmenting
    var tick = FleetTick()
    buffers.begin(memory.parameters)
    for worker in 0..<workers {
      var part = whole
      part.rows = fleet.shard(worker, of: batch, among: workers)
      part.first = part.rows.startIndex - batch.startIndex
      tick.loss += slope(part, worker)
    }
    buffers.end(memory.parameters)
    add(workers)
    if let audit {
      tick.audit = audit.compare(
        memory.gradients,
        whole,
        at: memory.parameters,
        before,
        parts: workers
      )
    }
    learner.update(memory, step: number, rate: learner.rate(of: number))
    tick.weight = whole.total
    tick.loss *= whole.total
    time(&tick, workers)
    return tick
  }

  /// One worker's gradient; nothing where it has no rows.
  private mutating func slope(_ part: BatchPart, _ worker: Int) -> Double {
    guard !part.rows.isEmpty else {
      gradients[worker].base.update(repeating: 0, count: gradients[worker].count)
      return 0
    }
    buffers.beginWorker(memory.parameters)
    defer { buffers.endWorker(memory.parameters) }
    return learner.slope(
      part,
      at: memory.parameters,
      into: gradients[worker],
      augmenting: &augmenting
    )
  }

  /// Adds the workers' gradients up in the collective's order; compressed ones as they come, by rank.
  private func add(_ workers: Int) {
    guard !feedback.isEmpty else {
      let parts = Array(gradients[..<workers])
      fleet.reduction.sum(parts, perNode: fleet.clock.perNode, into: memory.gradients)
      return
    }
    let all = 0..<fleet.learnedCount
    for worker in 0..<workers {
      feedback[worker].send(gradients[worker], into: sent[worker])
      if worker == 0 {
        memory.gradients.take(sent[0], all)
      } else {
        memory.gradients.add(sent[worker], all)
      }
    }
  }

  private func time(_ tick: inout FleetTick, _ workers: Int) {
    let clock = fleet.clock
    let pass = clock.pass(workers)
    let exchange: Double
    if let compressor = fleet.recipe.compressor {
      tick.bytes = compressor.bytes(count: fleet.learnedCount, tensors: fleet.tensors.count)
      exchange = clock.gather(tick.bytes, workers)
    } else {
      tick.bytes = workers > 1 ? fleet.vectorBytes : 0
      exchange = clock.reduce(fleet.vectorBytes, workers)
    }
    let slowest = clock.slowdowns[..<workers].max() ?? 1
    for worker in 0..<workers {
      let end = pass * slowest
      tick.spans += [
        FleetSpan(worker: worker, kind: .pass, start: 0, end: pass * clock.slowdowns[worker]),
        FleetSpan(worker: worker, kind: .exchange, start: end, end: end + exchange),
        FleetSpan(
          worker: worker,
          kind: .update,
          start: end + exchange,
          end: end + exchange + clock.update
        ),
      ]
    }
    tick.seconds = pass * slowest + exchange + clock.update
  }

  mutating func epochEnded(loss: Double) { learner.endEpoch(memory, loss: loss) }

  func weights(into target: FloatStorage) { target.take(memory.parameters, 0..<target.count) }
}
