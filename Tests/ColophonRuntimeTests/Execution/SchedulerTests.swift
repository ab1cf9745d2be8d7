import ColophonCore
import ColophonRuntime
import Glibc
import Synchronization
import Testing

/// A value that a thread keeps of its own, and that is counted as long as it lives.
private enum ThreadValue {
  static let alive = Atomic<Int>(0)
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { _ in
      // A destructor that takes its time, as a library's may.
      usleep(2_000)
      ThreadValue.alive.subtract(1, ordering: .releasing)
    }
    return key
  }()

  static func set() {
    guard pthread_getspecific(key) == nil else { return }
    alive.add(1, ordering: .relaxed)
    pthread_setspecific(key, UnsafeRawPointer(bitPattern: 1))
  }
}

@Suite struct SchedulerOfPieces {
  /// A graph whose pieces wait for some of those with a smaller number, relabelled at random.
  static func graph(_ count: Int, _ random: inout RandomStream) -> [[Int]] {
    let labels = random.permutation(count)
    var dependencies = [[Int]](repeating: [], count: count)
    for place in 0..<count where place > 0 {
      for _ in 0..<random.integer(below: 4) {
        dependencies[labels[place]].append(labels[random.integer(below: place)])
      }
    }
    return dependencies
  }

  /// The order in which pieces started and ended.
  private final class Record: Sendable {
    private let events = Mutex<[(piece: Int, isEnd: Bool)]>([])
    func note(_ piece: Int, isEnd: Bool) { events.withLock { $0.append((piece, isEnd)) } }
    var all: [(piece: Int, isEnd: Bool)] { events.withLock { $0 } }
  }

  @Test(arguments: 1...8)
  func runsEveryPieceOnceAndAfterWhatItWaitsFor(jobs: Int) {
    var random = RandomStream(root: 1, cell: "graphs", purpose: "edges", index: jobs)
    for round in 0..<60 {
      let dependencies = SchedulerOfPieces.graph(random.integer(below: 40), &random)
      let record = Record()
      Scheduler.run(dependencies: dependencies, jobs: jobs) { piece in
        record.note(piece, isEnd: false)
        record.note(piece, isEnd: true)
      }
      var started: Set<Int> = []
      var ended: Set<Int> = []
      var running = 0
      for event in record.all {
        if event.isEnd {
          ended.insert(event.piece)
          running -= 1
          continue
        }
        running += 1
        #expect(running <= jobs)
        #expect(started.insert(event.piece).inserted, "\(event.piece) ran twice")
        #expect(ended.isSuperset(of: dependencies[event.piece]), "round \(round)")
      }
      #expect(ended.count == dependencies.count)
    }
  }

  @Test func runsInTheOrderOfTheTextWhereOneRunsAtATime() {
    let record = Record()
    Scheduler.run(dependencies: [[], [0], [], [1, 1]], jobs: 1) { record.note($0, isEnd: true) }
    #expect(
      record.all.map { $0.piece } == [0, 1, 3, 2] || record.all.map { $0.piece } == [0, 1, 2, 3]
    )
  }

  @Test func endsAtOnceWhereThereIsNothing() {
    Scheduler.run(dependencies: [], jobs: 4) { _ in Issue.record("there is nothing to run") }
  }

  /// What a thread keeps of its own is cleared by the time that the run returns.
  @Test func returnsWhenItsThreadsHaveEnded() {
    for _ in 0..<50 {
      Scheduler.run(dependencies: [[], [], [], []], jobs: 4) { _ in ThreadValue.set() }
      #expect(ThreadValue.alive.load(ordering: .acquiring) == 0)
    }
  }

  @Test func runsIndependentPiecesSideBySide() {
    // Each waits until the other has started: one after the other they would never end.
    let started = Mutex<Set<Int>>([])
    Scheduler.run(dependencies: [[], []], jobs: 2) { piece in
      started.withLock { _ = $0.insert(piece) }
      while started.withLock({ $0.count }) < 2 {}
    }
    #expect(started.withLock { $0 } == [0, 1])
  }
}
