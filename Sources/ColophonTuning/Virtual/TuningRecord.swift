/// What a tuning went through.
package struct TuningRecord: Sendable {
  /// When a job ran on which virtual worker.
  package struct Span: Hashable, Sendable {
    package var trial: Int
    /// From 0.
    package var worker: Int
    /// Virtual seconds since the tuning's start.
    package var start: Double
    package var end: Double
  }

  package var history: History
  /// By trial.
  package var spans: [Span]
  /// The trials in the order in which their ends were revealed.
  package var order: [Int]
  /// Why trials failed, by trial.
  package var failures: [Int: String]
  /// Why the tuning ended, in a sentence.
  package var ending: String
  /// Whether it ended because nothing could have come of it.
  package var isHopeless = false

  package init(
    history: History,
    spans: [Span] = [],
    order: [Int] = [],
    failures: [Int: String] = [:],
    ending: String = ""
  ) {
    self.history = history
    self.spans = spans
    self.order = order
    self.failures = failures
    self.ending = ending
  }

  /// The trials, each that goes on from another put with the one it began as.
  ///
  /// A job is one configuration, whatever rungs it climbed.
  package var jobs: [[Trial]] {
    var place: [Int: Int] = [:]
    var jobs: [[Trial]] = []
    for trial in history.trials {
      if let before = trial.resumes, let job = place[before] {
        place[trial.index] = job
        jobs[job].append(trial)
      } else {
        place[trial.index] = jobs.count
        jobs.append([trial])
      }
    }
    return jobs
  }

  /// The number of a trial's job, from 1.
  package func number(of trial: Trial) -> Int {
    (jobs.firstIndex { $0.contains { $0.index == trial.index } } ?? 0) + 1
  }

  /// Virtual seconds from the first start to the last end.
  package var seconds: Double { spans.map { $0.end }.max() ?? 0 }
  /// Virtual seconds that one worker would have needed.
  package var workerSeconds: Double { spans.reduce(0) { $0 + $1.end - $1.start } }

  /// The best objective after each revealed end, nil before the first observation.
  package var curve: [Double?] {
    var best: Double?
    return order.map { index in
      let trial = history.trials[index]
      if trial.isObserved, let objective = trial.objective {
        let isBetter =
          best.map { history.direction.loss(objective) < history.direction.loss($0) } ?? true
        if isBetter { best = objective }
      }
      return best
    }
  }
}
