/// Runs the jobs of a tuning, side by side on real threads, and knows no strategy.
///
/// What a job says is asked for in the order of the virtual clock; when it was really computed is of
/// no consequence.
package protocol JobExecutor: Sendable {
  /// Begins a trial of a job, which counts from 1; returns at once.
  func start(_ trial: Trial, job: Int)
  /// What a job says next; waits until it has said it.
  ///
  /// - Throws: What ends the whole tuning, such as an interruption by its author.
  func next(_ index: Int) throws -> JobEvent
  /// Ends a job that a rule has stopped; what it says from now on is not asked for.
  func stop(_ index: Int)
  /// Ends all jobs and waits for their threads.
  func cancel()
}

/// What a job says.
package enum JobEvent: Hashable, Sendable {
  /// The objective after one more unit of resource, nil where it is undefined, and the virtual
  /// seconds since the job's start.
  case reading(Double?, seconds: Double)
  case ended(JobEnding, seconds: Double)
}

/// How a job ended by itself.
package struct JobEnding: Hashable, Sendable {
  /// The objective; nil where the job has none to show.
  package var objective: Double?
  /// Why it failed, in a sentence; nil where it did not.
  package var failure: String?
  /// Whether it failed for a reason that every other job shares.
  package var isHopeless: Bool

  package init(objective: Double? = nil, failure: String? = nil, isHopeless: Bool = false) {
    self.objective = objective
    self.failure = failure
    self.isHopeless = isHopeless
  }
}
