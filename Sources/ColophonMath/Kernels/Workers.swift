import Dispatch

/// Runs pieces of work side by side.
///
/// What a piece computes must not depend on the others.
package enum Workers {
  /// Calls a body for every index below a count, at most `threads` at a time, each on the code path
  /// of the caller.
  package static func share(_ count: Int, among threads: Int, _ body: (Int) -> Void) {
    guard threads > 1 && count > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    let path = CodePath.current
    let strands = min(threads, count)
    // The body is called for each index once, and only while this function waits.
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: strands) { strand in
        CodePath.withPath(path) {
          for index in stride(from: strand, to: count, by: strands) { body(index) }
        }
      }
    }
  }
}
