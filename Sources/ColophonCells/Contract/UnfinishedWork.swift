package import ColophonLearning

/// Where a running cell keeps the states of its jobs, as bytes: the runtime's side.
///
/// What is kept belongs to the cell's key, outlives the process, and goes when the cell is done.
package protocol UnfinishedWork: Sendable {
  /// The newest whole state of a part of the cell's work, and its round.
  func newest(of part: String) throws -> (round: Int, bytes: [UInt8])?
  /// Keeps a state; when it returns, the end of the process can no longer harm it.
  func keep(_ bytes: [UInt8], round: Int, of part: String) throws
  /// Whether so much time has gone since a part's last state that another is worth its time.
  func isDue(_ part: String) -> Bool
}

extension Workshop {
  /// The keeper of a cell's job; nil where nothing outlives the process.
  package func keeper(of part: String = "job") -> (any CheckpointKeeper)? {
    unfinished.map { WorkshopKeeper(work: $0, name: part) }
  }
}

/// Keeps a job's checkpoints as the cell's unfinished work.
private struct WorkshopKeeper: CheckpointKeeper {
  let work: any UnfinishedWork
  let name: String

  func newest() throws -> Checkpoint? {
    try work.newest(of: name).flatMap { Checkpoint(decoding: $0.bytes) }
  }

  func keep(_ checkpoint: Checkpoint) throws {
    try work.keep(try checkpoint.encoded(), round: checkpoint.round, of: name)
  }

  func isDue(after round: Int) -> Bool { work.isDue(name) }

  func part(_ name: String) -> any CheckpointKeeper {
    WorkshopKeeper(work: work, name: "\(self.name)/\(name)")
  }
}
