/// Stops a job whose objective is worse than the median of the running averages of the jobs before it
/// at the same epoch, as the managed service documents its `Auto` early stopping (Golovin and others
/// 2017, section 3.2.1).
package struct MedianRule: Hashable, Sendable {
  /// Ended jobs that there must be.
  package var jobs: Int
  /// Epochs that a job is always given.
  package var epochs: Int

  package init(jobs: Int = 5, epochs: Int = 1) {
    self.jobs = jobs
    self.epochs = epochs
  }

  /// Whether a job with this curve so far should stop.
  package func stops(_ curve: [Double], among history: History) -> Bool {
    guard curve.count > epochs, let last = curve.last else { return false }
    let others = history.trials.filter { $0.state == .completed && $0.curve.count >= curve.count }
    guard others.count >= jobs else { return false }
    guard last.isFinite else { return true }
    let averages = others.map { trial in
      let part = trial.curve.prefix(curve.count)
      return history.direction.loss(part.reduce(0, +) / Double(part.count))
    }.sorted()
    let middle = averages.count / 2
    let median =
      averages.count % 2 == 1 ? averages[middle] : (averages[middle - 1] + averages[middle]) / 2
    return history.direction.loss(last) > median
  }
}

/// When a tuning is over before its jobs are.
package struct Completion: Hashable, Sendable {
  /// The objective that is good enough.
  package var target: Double?
  /// Jobs without a better objective after which it ends.
  package var noImprovement: Int?

  package init(target: Double? = nil, noImprovement: Int? = nil) {
    self.target = target
    self.noImprovement = noImprovement
  }

  /// Why the tuning is over, in a sentence; nil where it goes on.
  package func reason(_ history: History) -> String? {
    guard let best = history.best, let objective = best.objective else { return nil }
    if let target, history.direction.loss(objective) <= history.direction.loss(target) {
      return "the objective reached \(objective), and \(target) was asked for"
    }
    if let noImprovement {
      let later = history.trials.filter { $0.state != .pending && $0.index > best.index }
      if later.count >= noImprovement {
        return "\(later.count) jobs in a row brought nothing better than \(objective)"
      }
    }
    return nil
  }
}
