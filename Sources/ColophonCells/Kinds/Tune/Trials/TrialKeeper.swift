import ColophonLearning
import Synchronization

/// Keeps a job's newest state in memory, for the job that goes on from it, and passes it to the
/// store, for a process that goes on after this one was killed.
final class TrialKeeper: CheckpointKeeper {
  private let outer: (any CheckpointKeeper)?
  private let latest: Mutex<Checkpoint?>

  init(_ checkpoint: Checkpoint?, outer: (any CheckpointKeeper)?) {
    self.outer = outer
    latest = Mutex(checkpoint)
  }

  func newest() throws -> Checkpoint? {
    let kept = try outer?.newest()
    return latest.withLock { latest in
      guard let kept, kept.round > latest?.round ?? 0 else { return latest }
      return kept
    }
  }

  func keep(_ checkpoint: Checkpoint) throws {
    latest.withLock { $0 = checkpoint }
    try outer?.keep(checkpoint)
  }

  func isDue(after round: Int) -> Bool { outer?.isDue(after: round) ?? false }

  func part(_ name: String) -> any CheckpointKeeper { outer?.part(name) ?? MemoryKeeper() }
}
