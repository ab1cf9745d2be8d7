import ColophonCells
import ColophonCore
import ColophonLineage
import Synchronization

/// What the cells of a run have made so far; shared by the threads that run them.
final class RunState: Sendable {
  private struct Contents {
    var results: [String: CellResult] = [:]
    /// Artifacts in memory, by content, so that a dependent need not read them back.
    var artifacts: [Digest: any Artifact] = [:]
    var damage: StoreDamage?
  }

  private let contents = Mutex(Contents())
  private let cancelled = Mutex(false)
  private let isInterrupted: @Sendable () -> Bool
  let store: Store

  init(store: Store, isInterrupted: @escaping @Sendable () -> Bool = { false }) {
    self.store = store
    self.isInterrupted = isInterrupted
  }

  var results: [String: CellResult] { contents.withLock { $0.results } }
  subscript(cell: String) -> CellResult? { contents.withLock { $0.results[cell] } }
  var isCancelled: Bool { isInterrupted() || cancelled.withLock { $0 } }
  func cancel() { cancelled.withLock { $0 = true } }

  /// Why the store can't be used, where it can't.
  var damage: StoreDamage? { contents.withLock { $0.damage } }

  /// Ends the run: nothing more is started.
  func end(with damage: StoreDamage) {
    contents.withLock { $0.damage = $0.damage ?? damage }
    cancel()
  }

  func finish(_ result: CellResult) {
    contents.withLock { $0.results[result.name] = result }
  }

  func remember(_ artifact: any Artifact, as digest: Digest) {
    contents.withLock { $0.artifacts[digest] = artifact }
  }

  /// The artifact of that content: from memory, else from the store.
  func artifact(_ digest: Digest, as type: any Artifact.Type) throws -> any Artifact {
    if let known = contents.withLock({ $0.artifacts[digest] }) { return known }
    let artifact = try type.decodedArtifact(try store.read(digest))
    remember(artifact, as: digest)
    return artifact
  }

  /// The value at a path after a cell's name.
  func value(at path: ValuePath) -> Value? {
    self[path.cell].flatMap { ValuePath.find(path.segments, in: $0.values) }
  }
}
