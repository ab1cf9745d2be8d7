import ColophonMath
import Dispatch
import Synchronization

/// Runs each job on a thread of its own, so many at a time as there are cores to lend.
package final class ThreadedExecutor: JobExecutor {
  /// Does the work of a job: tells the line of each reading, returns how it ended.
  package typealias Work = @Sendable (_ trial: Trial, _ line: JobLine) throws -> JobEnding

  /// Readings that a job may be ahead of the virtual clock where a rule may stop it: enough to keep
  /// the cores busy, few enough that little is computed in vain.
  package static let lookahead = 4

  private let work: Work
  private let cores: DispatchSemaphore
  private let lookahead: Int?
  private let lines = Mutex<[Int: JobLine]>([:])
  private let threads = Mutex<[WorkerThread]>([])

  /// - Parameters:
  ///   - cores: How many jobs compute at the same time; nothing depends on it but the speed.
  ///   - isPaced: Whether jobs wait for the virtual clock, because a rule may stop them.
  ///   - work: Does a job's work.
  package init(cores: Int, isPaced: Bool, work: @escaping Work) {
    self.work = work
    // A semaphore must not end with less than it began with, so it begins with nothing.
    self.cores = DispatchSemaphore(value: 0)
    for _ in 0..<max(1, cores) { self.cores.signal() }
    lookahead = isPaced ? ThreadedExecutor.lookahead : nil
  }

  package func start(_ trial: Trial, job: Int) {
    let line = JobLine(job: job, cores: cores, lookahead: lookahead)
    lines.withLock { $0[trial.index] = line }
    let work = work
    let thread = WorkerThread { line.run { try work(trial, line) } }
    threads.withLock { $0.append(thread) }
  }

  package func next(_ index: Int) throws -> JobEvent {
    guard let line = lines.withLock({ $0[index] }) else {
      preconditionFailure("job \(index) was not started")
    }
    return try line.take()
  }

  package func stop(_ index: Int) { lines.withLock { $0[index] }?.stop() }

  package func cancel() {
    for line in lines.withLock({ Array($0.values) }) { line.stop() }
    for thread in threads.withLock({ threads in
      defer { threads = [] }
      return threads
    }) { thread.join() }
  }
}

/// Between a job's thread and the virtual clock: what the job says, and whether it may go on.
package final class JobLine: Sendable {
  private struct State {
    var events: [Result<JobEvent, any Error>] = []
    var isStopped = false
    var seconds = 0.0
    var readings = 0
  }

  /// The job's number, from 1; a trial that goes on from another is of the same job.
  package let job: Int

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  private let cores: DispatchSemaphore
  /// How many readings the job may be ahead; nil for any number.
  private let room: DispatchSemaphore?

  init(job: Int, cores: DispatchSemaphore, lookahead: Int?) {
    self.job = job
    self.cores = cores
    room = lookahead.map { count in
      let room = DispatchSemaphore(value: 0)
      for _ in 0..<count { room.signal() }
      return room
    }
  }

  /// Whether the job was stopped.
  package var isStopped: Bool { state.withLock { $0.isStopped } }

  /// How many readings were told of.
  package var readings: Int { state.withLock { $0.readings } }

  /// Tells of a reading; false where the job is to end.
  package func report(_ objective: Double?, seconds: Double) -> Bool {
    state.withLock { $0.readings += 1 }
    push(.success(.reading(objective, seconds: seconds)), seconds)
    if let room, room.wait(timeout: .now()) == .timedOut {
      cores.signal()
      room.wait()
      cores.wait()
    }
    return !isStopped
  }

  /// Tells how many virtual seconds the whole job took, where that is not what it last reported.
  package func took(seconds: Double) { state.withLock { $0.seconds = seconds } }

  fileprivate func run(_ body: () throws -> JobEnding) {
    cores.wait()
    let result = isStopped ? .success(JobEnding()) : Result(catching: body)
    cores.signal()
    let seconds = state.withLock { $0.seconds }
    push(result.map { .ended($0, seconds: seconds) }, seconds)
  }

  private func push(_ event: Result<JobEvent, any Error>, _ seconds: Double) {
    state.withLock { state in
      state.events.append(event)
      state.seconds = seconds
    }
    filled.signal()
  }

  fileprivate func take() throws -> JobEvent {
    filled.wait()
    let event = state.withLock { $0.events.removeFirst() }
    if case .success(.reading) = event { room?.signal() }
    return try event.get()
  }

  fileprivate func stop() {
    state.withLock { $0.isStopped = true }
    room?.signal()
  }
}
