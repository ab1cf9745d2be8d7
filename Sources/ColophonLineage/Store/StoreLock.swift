#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock among processes on the file `lock` of a store.
///
/// Every process that writes shares it; collection takes it alone, so nothing that was written but
/// not yet recorded is taken for garbage. The system releases it when the process ends, however it
/// ends.
final class StoreLock: Sendable {
  private let file: Int32
  private let path: String

  private let patience: Double

  /// How long apart a lock is asked for, in microseconds.
  private static let pause: UInt32 = 10_000

  /// Opens the lock's file and shares the lock, waiting for it up to `patience` seconds.
  init(_ path: String, patience: Double) throws {
    self.path = path
    self.patience = patience
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw Disk.failure(path) }
    do { try take(LOCK_SH) } catch {
      close(file)
      throw error
    }
  }

  deinit { close(file) }

  /// Runs a piece of work while no other process shares the lock.
  func alone<Result>(_ work: () throws -> Result) throws -> Result {
    try take(LOCK_EX)
    defer { _ = flock(file, LOCK_SH) }
    return try work()
  }

  private func take(_ kind: Int32) throws {
    let attempts = max(1, Int(patience * 1e6) / Int(StoreLock.pause))
    for attempt in 1...attempts {
      if flock(file, kind | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { throw Disk.failure(path) }
      if attempt < attempts { usleep(StoreLock.pause) }
    }
    // A failed change of an owned lock may have lost it: share it again before giving up.
    _ = flock(file, LOCK_SH | LOCK_NB)
    throw StoreDamage.locked(path: path)
  }
}
