/// Where a job has come to.
package struct TrainingProgress: Hashable, Sendable {
  /// Rounds that are done, from 1.
  package var round: Int
  /// The most rounds that the job may take.
  package var rounds: Int
  /// The first metric's latest value on the split that is watched.
  package var reading: String

  package init(round: Int, rounds: Int, reading: String = "") {
    self.round = round
    self.rounds = rounds
    self.reading = reading
  }

  /// From 0 to 1.
  package var fraction: Double { rounds == 0 ? 1 : Double(round) / Double(rounds) }
}

/// Who watches a job: told after each round, and asked whether to go on.
///
/// An observer that remembers rounds writes what it remembers into each checkpoint, so that it goes
/// on as though the job had never been stopped.
package protocol TrainingObserver: Sendable {
  /// Called after each round; what it throws ends the job.
  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws
  /// Called once where a job goes on after rounds that an earlier process has done.
  func resumed(_ progress: TrainingProgress, metrics: MetricHistory) throws
  /// What the observer remembers of the rounds so far, as bytes.
  func checkpoint() throws -> [UInt8]
  /// Goes back to what `checkpoint` wrote.
  func restore(_ checkpoint: [UInt8]) throws
}

extension TrainingObserver {
  package func resumed(_ progress: TrainingProgress, metrics: MetricHistory) throws {}
  package func checkpoint() throws -> [UInt8] { [] }
  package func restore(_ checkpoint: [UInt8]) throws {}
}

/// An observer that lets every job run to its end.
package struct SilentObserver: TrainingObserver {
  package init() {}
  package func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) {}
}
