import Glibc

/// A thread with a deep stack that is waited for to its very end.
///
/// Foundation's threads can't be joined: they say that their work is done while a library may still
/// be clearing what it keeps for each thread.
package struct WorkerThread: @unchecked Sendable {
  /// Deep recursion in a library must not end the program.
  private static let stackSize = 64 << 20

  private let thread: pthread_t

  /// Starts the work.
  package init(_ work: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, WorkerThread.stackSize)
    let box = Unmanaged.passRetained(Box(work))
    var thread = pthread_t()
    let code = pthread_create(&thread, &attributes, { WorkerThread.run($0) }, box.toOpaque())
    precondition(code == 0, "no thread could be started: error \(code)")
    self.thread = thread
  }

  /// Waits until the thread has ended.
  package func join() { pthread_join(thread, nil) }

  private static func run(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let pointer else { return nil }
    Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().work()
    return nil
  }

  private final class Box {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
}
