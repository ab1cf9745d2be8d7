package import ColophonCore
import ColophonMath

/// Every worker takes steps of its own, and from time to time all take the mean of their weights.
///
/// Each keeps its optimiser's memory. With compression a worker sends the change of its weights since
/// the last mean.
///
/// - SeeAlso: Stich, "Local SGD converges fast and communicates little", 2019, algorithm 1; Basu,
///   Data, Karakus and Diggavi, "Qsparse-local-SGD", 2019, for the compressed form.
package struct LocalSGD: SharingMethod {
  package static let name = "local_sgd"
  package static let summary = "steps of one's own, then the mean of all weights"

  /// Steps between two means.
  package var steps: Int

  package init(reading fields: inout FieldReader) {
    steps = fields.integer(
      "local_steps",
      in: 1...1_000_000,
      default: 8,
      "local_sgd: the steps that a worker takes between two means."
    )
  }

  package var words: String { "local SGD, \(steps) steps" }

  package func faults(_ recipe: NetworkRecipe, count: Int) -> [FleetFault] {
    shares(recipe, among: count)
  }

  package func begin(_ fleet: Fleet) throws -> any SharingRun { LocalRun(fleet, steps) }
}

private struct LocalRun: SharingRun {
  let fleet: Fleet
  let steps: Int
  var learner: NetworkLearner
  let workers: [NetworkMemory]
  /// The last mean, and what is sent, where changes are compressed.
  let anchor: FloatStorage
  let change: FloatStorage
  let sent: FloatStorage
  let feedback: [ErrorFeedback]
  var augmenting: RandomStream

  init(_ fleet: Fleet, _ steps: Int) {
    self.fleet = fleet
    self.steps = steps
    learner = fleet.learner
    workers = (0..<fleet.count).map { _ in fleet.memory() }
    anchor = fleet.vector()
    anchor.take(workers[0].parameters, 0..<anchor.count)
    change = FloatStorage(count: fleet.learnedCount)
    sent = FloatStorage(count: fleet.learnedCount)
    feedback = (0..<fleet.count).compactMap { _ in fleet.feedback() }
    augmenting = fleet.augmenting(0)
  }

  var storages: [FloatStorage] {
    workers.flatMap { $0.kept } + feedback.compactMap { $0.residual } + [anchor]
  }

  mutating func tick(_ number: Int, workers count: Int) -> FleetTick {
    if number.isMultiple(of: fleet.batches) { augmenting = fleet.augmenting(number) }
    let batch = fleet.batch(number)
    var tick = FleetTick()
    for (worker, memory) in workers.enumerated() {
      let rows = fleet.shard(worker, of: batch, among: workers.count)
      let weight = learner.weight(of: rows)
      guard !rows.isEmpty, weight > 0 else { continue }
      let part = BatchPart(
        rows: rows,
        first: rows.startIndex - batch.startIndex,
        step: number,
        total: weight
      )
      let loss = learner.slope(
        part,
        at: memory.parameters,
        into: memory.gradients,
        augmenting: &augmenting
      )
      learner.update(memory, step: number, rate: learner.rate(of: number))
      tick.loss += loss * weight
      tick.weight += weight
    }
    let meets = (number + 1).isMultiple(of: steps) || number + 1 == fleet.ticks
    if meets { feedback.isEmpty ? takeMean() : takeCompressedMean() }
    time(&tick, meets)
    return tick
  }

  /// The mean of all weights, added in the collective's order.
  private func takeMean() {
    fleet.reduction.sum(
      workers.map { $0.parameters },
      perNode: fleet.clock.perNode,
      into: anchor
    )
    if workers.count > 1 { anchor.scale(by: 1 / Float(workers.count)) }
    share()
  }

  /// The last mean and the mean of what arrives of the changes; followed numbers are sent as they are.
  private func takeCompressedMean() {
    let (learned, all) = (0..<fleet.learnedCount, 0..<anchor.count)
    let sum = fleet.vector()
    for (worker, memory) in workers.enumerated() {
      for i in learned { change.base[i] = memory.parameters.base[i] - anchor.base[i] }
      feedback[worker].send(change, into: sent)
      sum.add(sent, learned)
      sum.add(memory.parameters, learned.upperBound..<all.upperBound)
    }
    let share = 1 / Float(workers.count)
    for i in learned { anchor.base[i] += sum.base[i] * share }
    for i in learned.upperBound..<all.upperBound { anchor.base[i] = sum.base[i] * share }
    self.share()
  }

  private func share() {
    for memory in workers { memory.parameters.take(anchor, 0..<anchor.count) }
  }

  private func time(_ tick: inout FleetTick, _ meets: Bool) {
    let clock = fleet.clock
    let pass = clock.pass(workers.count) + clock.update
    let slowest = clock.slowdowns.max() ?? 1
    var exchange = 0.0
    if meets, let compressor = fleet.recipe.compressor {
      tick.bytes = compressor.bytes(count: fleet.learnedCount, tensors: fleet.tensors.count)
      exchange = clock.gather(tick.bytes, workers.count)
    } else if meets, workers.count > 1 {
      tick.bytes = fleet.vectorBytes
      exchange = clock.reduce(tick.bytes, workers.count)
    }
    for worker in workers.indices {
      let end = pass * clock.slowdowns[worker]
      tick.spans.append(FleetSpan(worker: worker, kind: .pass, start: 0, end: end))
      if exchange > 0 {
        let start = pass * slowest
        tick.spans.append(
          FleetSpan(worker: worker, kind: .exchange, start: start, end: start + exchange)
        )
      }
    }
    tick.seconds = pass * slowest + exchange
  }

  mutating func epochEnded(loss: Double) { learner.endEpoch(workers[0], loss: loss) }

  /// The mean of the workers as they are, by rank; the same as theirs just after they met.
  func weights(into target: FloatStorage) {
    let all = 0..<target.count
    target.take(workers[0].parameters, all)
    let isSame = workers.dropFirst().allSatisfy { $0.parameters.elements == target.elements }
    if isSame { return }
    for worker in workers.dropFirst() { target.add(worker.parameters, all) }
    target.scale(by: 1 / Float(workers.count))
  }
}
