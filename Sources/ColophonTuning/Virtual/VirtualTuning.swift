package import ColophonCore

/// A tuning on virtual workers.
///
/// Jobs really run side by side, but what they say is revealed to the strategy in the order of a
/// virtual clock, which advances by each job's deterministic work; so the search is the same on any
/// number of cores, at any load, and when its jobs are found finished in the store. A proposal is
/// drawn when a virtual worker is free, from a stream of its own. Events of one moment are revealed
/// in the order of their jobs.
package struct VirtualTuning: Sendable {
  /// How long and how wide a tuning may be.
  package struct Plan: Hashable, Sendable {
    /// The most configurations; going on with one is no new job.
    package var jobs: Int
    /// How many virtual workers there are.
    package var workers: Int
    /// The rule that stops jobs; nil for none.
    package var stopping: MedianRule?
    package var completion: Completion
    /// Virtual seconds after which everything is stopped; nil for no end.
    package var seconds: Double?

    package init(
      jobs: Int,
      workers: Int = 1,
      stopping: MedianRule? = nil,
      completion: Completion = Completion(),
      seconds: Double? = nil
    ) {
      self.jobs = jobs
      self.workers = workers
      self.stopping = stopping
      self.completion = completion
      self.seconds = seconds
    }
  }

  package let strategy: any Strategy
  package let plan: Plan
  /// The stream of a proposal, by its number.
  package let random: @Sendable (_ proposal: Int) -> RandomStream

  package init(
    _ strategy: any Strategy,
    plan: Plan,
    random: @escaping @Sendable (_ proposal: Int) -> RandomStream
  ) {
    self.strategy = strategy
    self.plan = plan
    self.random = random
  }

  /// Runs the tuning to its end.
  ///
  /// - Parameters:
  ///   - history: The space and the goal, and whatever trials are known beforehand.
  ///   - executor: Runs the jobs; all of them have ended when this returns.
  ///   - ended: Told of each trial that ended, with the history so far.
  /// - Returns: What the tuning went through.
  /// - Throws: What the executor throws.
  package func run(
    _ history: History,
    on executor: any JobExecutor,
    ended: (Trial, History) -> Void = { _, _ in }
  ) throws -> TuningRecord {
    defer { executor.cancel() }
    var state = TuningState(history, workers: plan.workers)
    while true {
      fill(&state, executor)
      guard let event = try state.nextEvent(from: executor) else { break }
      if let limit = plan.seconds, event.time > limit {
        state.stopAll(at: limit, executor)
        state.record.ending =
          "the virtual time of \(DecimalText.general(limit, digits: 6)) s was over"
        break
      }
      let index = event.trial
      try state.apply(event, plan.stopping, executor)
      guard state.running[index] == nil else { continue }
      ended(state.record.history.trials[index], state.record.history)
      if let reason = state.hopelessness(event) {
        state.stopAll(at: event.time, executor)
        state.record.ending = reason
        break
      }
      if let reason = plan.completion.reason(state.record.history) {
        state.stopAll(at: event.time, executor)
        state.record.ending = reason
        break
      }
    }
    if state.record.ending.isEmpty {
      state.record.ending = "all \(plan.jobs) jobs were run"
    }
    return state.record
  }

  /// Gives every free worker a job, where there is one to do.
  private func fill(_ state: inout TuningState, _ executor: any JobExecutor) {
    while let worker = state.freeWorker, !state.isClosed {
      var stream = random(state.record.history.trials.count)
      switch strategy.propose(state.record.history, drawing: &stream) {
      case .job(let configuration, let resource, let resumes):
        if resumes == nil, state.starts == plan.jobs { return }
        let trial = Trial(
          index: state.record.history.trials.count,
          configuration: configuration,
          resource: resource,
          resumes: resumes,
          curve: resumes.map { state.record.history.trials[$0].curve } ?? []
        )
        let job = state.begin(trial, on: worker)
        executor.start(trial, job: job)
      case .wait: return
      case .exhausted(let reason):
        state.isClosed = true
        state.record.ending = reason
      }
    }
  }
}

/// A tuning in the middle of its work.
struct TuningState {
  struct Event {
    var trial: Int
    var time: Double
    var content: JobEvent
  }

  var record: TuningRecord
  /// The worker and the start of each running trial.
  var running: [Int: (worker: Int, start: Double)] = [:]
  /// Events that are known and lie ahead, by trial.
  private var ahead: [Int: Event] = [:]
  private var free: [Bool]
  private var now = 0.0
  /// Configurations that were begun.
  private(set) var starts = 0
  /// The numbers of the trials' jobs, from 1.
  private var jobs: [Int: Int] = [:]
  /// Whether the strategy will never propose again.
  var isClosed = false

  init(_ history: History, workers: Int) {
    record = TuningRecord(history: history)
    starts = 0
    free = [Bool](repeating: true, count: max(1, workers))
  }

  var freeWorker: Int? { free.firstIndex(of: true) }

  /// Gives a worker a trial; returns the number of its job.
  mutating func begin(_ trial: Trial, on worker: Int) -> Int {
    record.history.add(trial)
    if trial.resumes == nil { starts += 1 }
    let job = trial.resumes.flatMap { jobs[$0] } ?? starts
    jobs[trial.index] = job
    running[trial.index] = (worker, now)
    free[worker] = false
    return job
  }

  /// The event of the running jobs that comes first; nil where none runs.
  ///
  /// It is known only when the next event of every running job is.
  mutating func nextEvent(from executor: any JobExecutor) throws -> Event? {
    for (trial, place) in running.sorted(by: { $0.key < $1.key }) where ahead[trial] == nil {
      let content = try executor.next(trial)
      let seconds =
        switch content {
        case .reading(_, let seconds), .ended(_, let seconds): seconds
        }
      ahead[trial] = Event(trial: trial, time: max(now, place.start + seconds), content: content)
    }
    guard let first = ahead.values.min(by: { ($0.time, $0.trial) < ($1.time, $1.trial) })
    else { return nil }
    ahead[first.trial] = nil
    return first
  }

  /// Reveals an event.
  mutating func apply(_ event: Event, _ rule: MedianRule?, _ executor: any JobExecutor) throws {
    now = event.time
    var trial = record.history.trials[event.trial]
    switch event.content {
    case .reading(let value, let seconds):
      trial.curve.append(value ?? .nan)
      record.history.tell(trial)
      guard let rule, rule.stops(trial.curve, among: record.history) else { return }
      // A job that has ended anyway is not stopped.
      if case .ended(let ending, seconds) = try executor.next(trial.index) {
        complete(&trial, ending)
      } else {
        executor.stop(trial.index)
        stop(&trial)
      }
    case .ended(let ending, _): complete(&trial, ending)
    }
    end(trial)
  }

  private mutating func complete(_ trial: inout Trial, _ ending: JobEnding) {
    trial.objective = ending.objective.flatMap { $0.isFinite ? $0 : nil }
    trial.state = trial.objective == nil ? .failed : .completed
    guard trial.state == .failed else { return }
    record.failures[trial.index] = ending.failure ?? "the objective is not finite"
  }

  /// Jobs that may all fail before a tuning gives up.
  private static let patience = 5

  /// Why it is of no use to go on, after an event; nil where it may be.
  mutating func hopelessness(_ event: TuningState.Event) -> String? {
    guard record.history.observed.isEmpty else { return nil }
    if case .ended(let ending, _) = event.content, ending.isHopeless {
      record.isHopeless = true
      return ending.failure ?? "the first job failed"
    }
    guard record.order.count >= TuningState.patience else { return nil }
    return "the first \(record.order.count) jobs all failed"
  }

  /// Stops every running job.
  mutating func stopAll(at time: Double, _ executor: any JobExecutor) {
    now = time
    for index in running.keys.sorted() {
      executor.stop(index)
      var trial = record.history.trials[index]
      stop(&trial)
      end(trial)
    }
  }

  private func stop(_ trial: inout Trial) {
    trial.state = .stopped
    trial.objective = trial.curve.last.flatMap { $0.isFinite ? $0 : nil }
  }

  private mutating func end(_ trial: Trial) {
    record.history.tell(trial)
    record.order.append(trial.index)
    ahead[trial.index] = nil
    guard let (worker, start) = running.removeValue(forKey: trial.index) else { return }
    free[worker] = true
    record.spans.append(
      TuningRecord.Span(trial: trial.index, worker: worker, start: start, end: now)
    )
  }
}
