package import ColophonCore
import ColophonMath

/// A parameter server: every worker fetches weights, takes its rows there and back, and sends its
/// gradient, which is applied as it comes, however many others came between.
///
/// A worker may be at most so many of its steps ahead of the slowest; with 0 it waits for all.
///
/// - SeeAlso: Dean and others, "Large scale distributed deep networks", 2012, section 4.1; Ho and
///   others, "More effective distributed ML via a stale synchronous parallel parameter server", 2013.
package struct AsynchronousMethod: SharingMethod {
  package static let name = "asynchronous"
  package static let summary = "a parameter server applies gradients as they come"

  /// Steps that a worker may be ahead of the slowest.
  package var bound: Int
  /// What the learning rate is multiplied by; nil for one over the number of workers.
  package var rateScale: Double?

  package init(reading fields: inout FieldReader) {
    bound = fields.integer(
      "staleness",
      in: 0...1_000_000,
      default: 4,
      "asynchronous: how many of its steps a worker may be ahead of the slowest."
    )
    rateScale = fields.number(
      "rate_scale",
      in: .above(0),
      "asynchronous: what the learning rate is multiplied by; one over 'count' unless given, so that a "
        + "batch moves the weights as far as one step would."
    )
  }

  package var words: String { "asynchronous, staleness \(bound)" }

  package func faults(_ recipe: NetworkRecipe, count: Int) -> [FleetFault] {
    shares(recipe, among: count)
  }

  package func begin(_ fleet: Fleet) throws -> any SharingRun {
    AsynchronousRun(fleet, bound, rateScale ?? 1 / Double(fleet.count))
  }
}

private struct AsynchronousRun: SharingRun {
  /// A worker between two of its gradients.
  struct Worker {
    /// Steps that it has begun.
    var begun = 0
    /// The server's version that it fetched.
    var version = 0
    /// When its gradient arrives; nil while it waits for the slowest, or is done.
    var arrival: Double?
    var started = 0.0
  }

  let fleet: Fleet
  let bound: Int
  let scale: Double
  var learner: NetworkLearner
  let server: NetworkMemory
  /// The weights that each worker fetched.
  let fetched: [FloatStorage]
  let gradient: FloatStorage
  let sent: FloatStorage
  let feedback: [ErrorFeedback]
  var workers: [Worker]
  var version = 0
  var clock = 0.0

  init(_ fleet: Fleet, _ bound: Int, _ scale: Double) {
    self.fleet = fleet
    self.bound = bound
    self.scale = scale
    learner = fleet.learner
    server = fleet.memory()
    fetched = (0..<fleet.count).map { _ in fleet.vector() }
    gradient = FloatStorage(count: fleet.learnedCount)
    sent = FloatStorage(count: fleet.learnedCount)
    feedback = (0..<fleet.count).compactMap { _ in fleet.feedback() }
    workers = [Worker](repeating: Worker(), count: fleet.count)
    for worker in workers.indices { begin(worker) }
  }

  var storages: [FloatStorage] {
    server.kept + fetched + feedback.compactMap { $0.residual }
  }

  private var bytes: Double {
    fleet.recipe.compressor?.bytes(count: fleet.learnedCount, tensors: fleet.tensors.count)
      ?? fleet.vectorBytes
  }

  /// Steps that the slowest worker has finished.
  private var slowest: Int {
    workers.reduce(Int.max) { min($0, $1.arrival == nil ? $1.begun : $1.begun - 1) }
  }

  /// Lets a worker fetch the weights and take its next rows.
  private mutating func begin(_ worker: Int) {
    fetched[worker].take(server.parameters, 0..<server.parameters.count)
    workers[worker].version = version
    workers[worker].begun += 1
    workers[worker].started = clock
    let pass = fleet.clock.pass(fleet.count) * fleet.clock.slowdowns[worker]
    let travel = fleet.clock.message(fleet.vectorBytes) + fleet.clock.message(bytes)
    workers[worker].arrival = clock + travel + pass
  }

  /// As many gradients as there are workers.
  mutating func tick(_ number: Int, workers count: Int) -> FleetTick {
    var tick = FleetTick()
    let start = clock
    for _ in workers.indices {
      let next = workers.indices.filter { workers[$0].arrival != nil }
        .min { (workers[$0].arrival ?? 0, $0) < (workers[$1].arrival ?? 0, $1) }
      guard let next, let arrival = workers[next].arrival else { break }
      apply(next, arrival, start, &tick, updates: number)
      beginThoseWhoMay()
    }
    tick.seconds = clock - start
    tick.bytes = bytes
    return tick
  }

  /// Applies the gradient of a worker, at the weights that it had fetched.
  private mutating func apply(
    _ worker: Int,
    _ arrival: Double,
    _ start: Double,
    _ tick: inout FleetTick,
    updates number: Int
  ) {
    let batch = fleet.batch(workers[worker].begun - 1)
    let rows = fleet.shard(worker, of: batch, among: workers.count)
    let weight = learner.weight(of: rows)
    clock = max(clock, arrival) + fleet.clock.update
    if weight > 0 {
      tick.loss += weight * learn(worker, rows, batch, weight, number)
      tick.weight += weight
    }
    tick.staleness.append(version - workers[worker].version)
    version += 1
    tick.spans += [
      FleetSpan(
        worker: worker,
        kind: .pass,
        start: workers[worker].started - start,
        end: arrival - start
      ),
      FleetSpan(
        worker: worker,
        kind: .update,
        start: clock - fleet.clock.update - start,
        end: clock - start
      ),
    ]
    workers[worker].arrival = nil
  }

  private func learn(
    _ worker: Int,
    _ rows: ArraySlice<Int>,
    _ batch: ArraySlice<Int>,
    _ weight: Double,
    _ number: Int
  ) -> Double {
    let step = workers[worker].begun - 1
    var augmenting = learner.job.random("augment worker \(worker) step \(step)")
    let part = BatchPart(
      rows: rows,
      first: rows.startIndex - batch.startIndex,
      step: step,
      total: weight
    )
    let loss = learner.slope(
      part,
      at: fetched[worker],
      into: gradient,
      augmenting: &augmenting
    )
    // What is followed and not learned is the last worker's.
    let followed = fleet.learnedCount..<server.parameters.count
    server.parameters.take(fetched[worker], followed)
    if feedback.isEmpty {
      server.gradients.take(gradient, 0..<gradient.count)
    } else {
      feedback[worker].send(gradient, into: sent)
      server.gradients.take(sent, 0..<sent.count)
    }
    learner.update(server, step: version, rate: learner.rate(of: number) * scale)
    return loss
  }

  private mutating func beginThoseWhoMay() {
    let slowest = slowest
    for worker in workers.indices
    where workers[worker].arrival == nil && workers[worker].begun < fleet.ticks
      && workers[worker].begun - slowest <= bound
    {
      begin(worker)
    }
  }

  mutating func epochEnded(loss: Double) { learner.endEpoch(server, loss: loss) }

  func weights(into target: FloatStorage) { target.take(server.parameters, 0..<target.count) }
}
