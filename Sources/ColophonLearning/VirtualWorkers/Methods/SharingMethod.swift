package import ColophonCore
package import ColophonMath

/// A way in which workers share a training.
package protocol SharingMethod: Sendable {
  static var name: String { get }
  /// A few words for the reference.
  static var summary: String { get }
  init(reading fields: inout FieldReader)
  /// Whether workers send gradients (or changes of weights), which may be compressed.
  var compresses: Bool { get }
  /// Whether the result is that of one worker, but for the order in which terms are added.
  var isExact: Bool { get }
  /// Whether the number of workers may change on the way.
  var isElastic: Bool { get }
  /// The method in a few words, with what matters of its settings.
  var words: String { get }
  func faults(_ recipe: NetworkRecipe, count: Int) -> [FleetFault]
  /// A run before its first tick.
  func begin(_ fleet: Fleet) throws -> any SharingRun
}

extension SharingMethod {
  package var compresses: Bool { true }
  package var isExact: Bool { false }
  package var isElastic: Bool { false }
  package var words: String { Self.name.split(separator: "_").joined(separator: " ") }

  /// Whether a batch can be dealt out evenly.
  func shares(_ recipe: NetworkRecipe, among count: Int) -> [FleetFault] {
    guard !recipe.batchSize.isMultiple(of: count) else { return [] }
    return [
      FleetFault(
        "count",
        "a batch of \(recipe.batchSize) rows can't be dealt out evenly to \(count) workers",
        hint: "let the train cell's 'batch_size' be a multiple of the count"
      )
    ]
  }
}

/// The methods, in the order the reference lists them.
package let sharingMethods = Catalogue<any SharingMethod.Type>(
  "method",
  [SynchronousMethod.self, LocalSGD.self, AsynchronousMethod.self, PipelineMethod.self]
) { $0.name }

/// What one tick did: the rows of one batch, by whoever took them.
package struct FleetTick: Sendable {
  /// The sum of the rows' losses by their weights, and the weights' sum.
  package var loss = 0.0
  package var weight = 0.0
  /// Virtual seconds.
  package var seconds = 0.0
  /// Bytes that a worker sent, on average.
  package var bytes = 0.0
  /// Updates that had come between fetching the weights and applying the gradient.
  package var staleness: [Int] = []
  /// What each worker did, seconds from the tick's start.
  package var spans: [FleetSpan] = []
  /// How far the gradient lies from that of one worker, where that is asked.
  package var audit: GradientAudit?
}

/// A stretch of a worker's time.
package struct FleetSpan: Hashable, Sendable {
  package enum Kind: Int, Sendable { case pass, exchange, update }
  package var worker: Int
  package var kind: Kind
  package var start: Double
  package var end: Double
}

/// A training under way: a value but for the numbers in its storages.
package protocol SharingRun {
  /// All numbers that the next tick depends on.
  var storages: [FloatStorage] { get }
  /// Takes the rows of one more batch, by so many workers.
  mutating func tick(_ number: Int, workers: Int) -> FleetTick
  /// Ends an epoch, whose mean loss is told.
  mutating func epochEnded(loss: Double)
  /// Writes the weights that a model would have now.
  func weights(into target: FloatStorage)
}

/// A run as it was, to go back to.
struct FleetSnapshot {
  let run: any SharingRun
  let numbers: [[Float]]

  init(_ run: any SharingRun) {
    self.run = run
    numbers = run.storages.map { $0.elements }
  }

  func restored() -> any SharingRun {
    for (storage, saved) in zip(run.storages, numbers) { storage.fill(with: saved) }
    return run
  }
}
