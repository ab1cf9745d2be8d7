import ColophonCells
import ColophonLineage
import Synchronization

/// A cell's unfinished work in the store, its states some seconds apart.
///
/// The clock decides when a state is due; since a resume is invisible, no result depends on it.
final class CellUnfinishedWork: UnfinishedWork {
  /// Seconds between two states where the author named no interval.
  static let interval = 10.0

  private let checkpoints: JobCheckpoints
  private let clock: @Sendable () -> Double
  /// When each part last kept a state, or was first asked about.
  private let times = Mutex<[String: Double]>([:])

  init(_ checkpoints: JobCheckpoints, clock: @escaping @Sendable () -> Double) {
    self.checkpoints = checkpoints
    self.clock = clock
  }

  func newest(of part: String) throws -> (round: Int, bytes: [UInt8])? {
    try checkpoints.newest(of: part)
  }

  func keep(_ bytes: [UInt8], round: Int, of part: String) throws {
    try checkpoints.keep(bytes, round: round, of: part)
    let now = clock()
    times.withLock { $0[part] = now }
  }

  func isDue(_ part: String) -> Bool {
    let now = clock()
    return times.withLock { times in
      guard let last = times[part] else {
        times[part] = now
        return false
      }
      return now - last >= CellUnfinishedWork.interval
    }
  }

  /// Removes every state.
  func forget() { checkpoints.forget() }
}
