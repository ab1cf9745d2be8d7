import Synchronization

/// A value that is computed when it is first asked for, and then kept.
///
/// Threads that ask at once wait for the first; the value is a pure function of what it belongs
/// to, so nobody can tell who computed it.
final class Memo<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)

  /// The kept value, computed by `make` the first time.
  func value(_ make: () -> Value) -> Value {
    stored.withLock { kept in
      if let kept { return kept }
      let made = make()
      kept = made
      return made
    }
  }
}
