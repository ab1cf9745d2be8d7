import ColophonMath
import Dispatch
import Synchronization

/// Runs pieces of work that wait for one another, several at a time.
///
/// Which piece runs when never reaches a result: a piece sees only what the ones before it made.
package enum Scheduler {
  private struct State {
    /// How many unfinished pieces each piece waits for.
    var waiting: [Int]
    var ready: [Int]
    var unfinished: Int
  }

  /// Runs `work` for every index once all that it waits for have run; returns when all have, and
  /// every thread has ended with all that it kept of its own.
  ///
  /// - Parameters:
  ///   - dependencies: For each piece, the pieces it waits for; without cycles.
  ///   - jobs: How many run at once.
  ///   - work: Runs the piece of that index.
  package static func run(
    dependencies: [[Int]],
    jobs: Int,
    work: @escaping @Sendable (Int) -> Void
  ) {
    let count = dependencies.count
    var dependents = [[Int]](repeating: [], count: count)
    for (piece, needed) in dependencies.enumerated() {
      for other in Set(needed) { dependents[other].append(piece) }
    }
    let waiting = dependencies.map { Set($0).count }
    let ready = waiting.indices.filter { waiting[$0] == 0 }
    let state = Mutex(State(waiting: waiting, ready: ready.reversed(), unfinished: count))
    let shared = Shared(state: state, dependents: dependents)
    let workers = max(1, min(jobs, count))
    if workers == 1 {
      shared.drain(work)
      return
    }
    let threads = (0..<workers).map { _ in WorkerThread { shared.drain(work) } }
    for thread in threads { thread.join() }
  }

  private final class Shared: Sendable {
    private let state: Mutex<State>
    private let dependents: [[Int]]
    private let changed = DispatchSemaphore(value: 0)

    init(state: consuming Mutex<State>, dependents: [[Int]]) {
      self.state = state
      self.dependents = dependents
    }

    /// Takes pieces until none is left.
    func drain(_ work: (Int) -> Void) {
      while true {
        let (piece, isOver) = state.withLock { state in
          (state.ready.popLast(), state.unfinished == 0)
        }
        if let piece {
          work(piece)
          finish(piece)
        } else if isOver {
          changed.signal()
          return
        } else {
          changed.wait()
        }
      }
    }

    private func finish(_ piece: Int) {
      let freed = state.withLock { state -> Int in
        state.unfinished -= 1
        var freed = 0
        for dependent in dependents[piece].reversed() {
          state.waiting[dependent] -= 1
          if state.waiting[dependent] == 0 {
            state.ready.append(dependent)
            freed += 1
          }
        }
        return state.unfinished == 0 ? max(freed, 1) : freed
      }
      for _ in 0..<freed { changed.signal() }
    }
  }
}
