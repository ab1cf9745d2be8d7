import ColophonData
import ColophonLearning
import Synchronization

/// Watches one job of a tuning: tells its objective after each round, and ends it where it is told.
final class TrialWatch: TrainingObserver {
  private let workshop: Workshop
  private let metric: String
  private let split: Split
  private let skip: Int
  private let reading: @Sendable (Int, Double?) -> Bool
  private let values = Mutex<[Double?]>([])

  init(
    _ workshop: Workshop,
    metric: String,
    split: Split,
    skip: Int,
    reading: @escaping @Sendable (Int, Double?) -> Bool
  ) {
    self.workshop = workshop
    self.metric = metric
    self.split = split
    self.skip = skip
    self.reading = reading
  }

  /// The objective after each round so far.
  var curve: [Double?] { values.withLock { $0 } }

  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws {
    try workshop.checkCancellation()
    try tell(upTo: progress.round, metrics)
  }

  func resumed(_ progress: TrainingProgress, metrics: MetricHistory) throws {
    try tell(upTo: progress.round, metrics)
  }

  private func tell(upTo round: Int, _ metrics: MetricHistory) throws {
    let known = values.withLock { $0.count }
    guard known < round else { return }
    for place in known + 1...round {
      let value = metrics.value(metric, on: split, after: place)
      values.withLock { $0.append(value) }
      if place > skip, !reading(place, value) { throw TrialStopped() }
    }
  }
}
