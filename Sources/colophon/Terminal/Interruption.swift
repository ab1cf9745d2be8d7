import Glibc
import Synchronization

/// Ctrl-C: the jobs that run keep the state of their round and end, and the program with them.
///
/// A second Ctrl-C, or a round that takes longer than some seconds, ends the program at once: the
/// store is sound at every moment, only the work since the last state is lost.
enum Interruption {
  /// How many seconds a round has to end.
  private static let patience: UInt32 = 5

  private static let asked = Atomic<Bool>(false)

  /// Whether the author has asked the run to end.
  static var isAsked: Bool { asked.load(ordering: .relaxed) }

  static func install() {
    // The flag must be there before a signal can set it.
    _ = isAsked
    signal(SIGALRM) { _ in _exit(130) }
    signal(SIGINT) { _ in
      if Interruption.asked.exchange(true, ordering: .relaxed) { _exit(130) }
      let text: StaticString = "\ninterrupted; finished cells are kept, and the next run goes on\n"
      _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
      alarm(Interruption.patience)
    }
  }
}
