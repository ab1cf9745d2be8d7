/// Where a job has come to.
package struct TrainingProgress: Hashable, Sendable {
  /// Rounds that are done, from 1.
  package var round: Int
  /// The most rounds that the job may take.
  package var rounds: Int
  /// The first metric's latest value on the split that is watched.
  package var reading: String

  /// From 0 to 1.
  package var fraction: Double { rounds == 0 ? 1 : Double(round) / Double(rounds) }
}

/// Who watches a job: told after each round, and asked whether to go on.
package protocol TrainingObserver: Sendable {
  /// Called after each round; what it throws ends the job.
  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws
}

/// An observer that lets every job run to its end.
package struct SilentObserver: TrainingObserver {
  package init() {}
  package func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) {}
}
