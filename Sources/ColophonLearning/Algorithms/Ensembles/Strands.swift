import ColophonMath
import Dispatch
import Synchronization

/// Calls a body for every index below a count, at most `threads` at a time, and keeps the results
/// in order.
///
/// What one call computes must not depend on the others. All are run; of several errors the one of
/// the lowest index is thrown.
func inStrands<Result: Sendable>(
  _ count: Int,
  threads: Int,
  _ body: @Sendable (Int) throws -> Result
) throws -> [Result] {
  guard threads > 1, count > 1 else { return try (0..<count).map(body) }
  let path = CodePath.current
  let next = Mutex(0)
  let results = Mutex([Swift.Result<Result, any Error>?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    CodePath.withPath(path) {
      while true {
        let index = next.withLock { next in
          defer { next += 1 }
          return next
        }
        guard index < count else { return }
        let result = Swift.Result { try body(index) }
        results.withLock { $0[index] = result }
      }
    }
  }
  return try results.withLock { try $0.compactMap { try $0?.get() } }
}
