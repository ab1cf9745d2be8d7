import CXGBoost
import Glibc
import Synchronization

/// Frees boosters as long as the library can.
///
/// The library keeps predictions for each thread apart, in a table that it takes down when the
/// process exits. A thread that still frees a booster then would reach into memory that is gone, so
/// from the beginning of the exit on handles are left to the system.
enum BoosterDisposal {
  private static let isOver = Mutex(false)

  /// Made once: exit handlers run in reverse order, so the table must exist before ours is
  /// registered. Freeing a booster makes it.
  private static let watch: Void = {
    var handle: BoosterHandle?
    if XGBoosterCreate(nil, 0, &handle) == 0, let handle { XGBoosterFree(handle) }
    atexit { BoosterDisposal.isOver.withLock { $0 = true } }
  }()

  /// Takes notice of the process's exit; to be called before any booster is made.
  static func watchExit() { _ = watch }

  static func free(_ handle: BoosterHandle) {
    isOver.withLock { if !$0 { XGBoosterFree(handle) } }
  }
}
