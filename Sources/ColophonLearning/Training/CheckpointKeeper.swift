import Synchronization

/// Where one job's checkpoints are kept, so that the job can go on in another process.
///
/// A resume is invisible: when a checkpoint is written never reaches a result, so a keeper may
/// decide by the clock. One keeper serves one loop: whoever trains several models within one job
/// (folds, members, trials) gives each its own by `part`.
///
/// The law: after `keep(c)` returned, `newest` yields `c` or a later one, or where those were
/// damaged the newest that is whole; a damaged checkpoint is never returned. Parts never see one
/// another's.
package protocol CheckpointKeeper: Sendable {
  /// The newest checkpoint that can be read whole; nil where there is none.
  func newest() throws -> Checkpoint?
  /// Keeps a checkpoint; when it returns, the end of the process can no longer harm it.
  func keep(_ checkpoint: Checkpoint) throws
  /// Whether a checkpoint after this round is worth its time, where the author named no interval.
  func isDue(after round: Int) -> Bool
  /// The keeper of a job within the job, by a name that is the same in every process.
  func part(_ name: String) -> any CheckpointKeeper
}

/// A keeper in memory, for as long as the process lives.
package final class MemoryKeeper: CheckpointKeeper {
  private struct Contents {
    var checkpoints: [Checkpoint] = []
    var parts: [String: MemoryKeeper] = [:]
  }

  private let contents = Mutex(Contents())
  private let interval: Int

  /// `interval`: A checkpoint is due after each so many rounds.
  package init(every interval: Int = 1) { self.interval = interval }

  /// Everything that was kept, in order.
  package var kept: [Checkpoint] { contents.withLock { $0.checkpoints } }

  package func newest() -> Checkpoint? { contents.withLock { $0.checkpoints.last } }
  package func keep(_ checkpoint: Checkpoint) {
    contents.withLock { $0.checkpoints.append(checkpoint) }
  }
  package func isDue(after round: Int) -> Bool { round.isMultiple(of: interval) }
  package func part(_ name: String) -> any CheckpointKeeper {
    contents.withLock { contents in
      if let part = contents.parts[name] { return part }
      let part = MemoryKeeper(every: interval)
      contents.parts[name] = part
      return part
    }
  }
}
