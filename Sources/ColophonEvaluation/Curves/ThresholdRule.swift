import ColophonData

/// How the threshold of a binary classification is set.
package enum ThresholdRule: Hashable, Sendable {
  case fixed(Double)
  /// The best value of a metric of the four counts.
  case maximize(String)
  /// The lowest total cost of wrong predictions.
  case cost(falsePositive: Double, falseNegative: Double)
}

/// The threshold that a rule led to.
package struct ThresholdChoice: Hashable, Sendable {
  package var threshold: Double
  /// The metric's value there, or the mean cost of a row; nil for a fixed threshold.
  package var value: Double?
}

extension ThresholdSweep {
  /// The threshold that follows a rule; nil where the metric is undefined at every one, or is no
  /// metric of the four counts.
  ///
  /// Every distinct score is tried, and the number next above the highest, where nothing is
  /// predicted positive. Of equally good thresholds the highest is taken: the fewest alarms.
  package func choose(_ rule: ThresholdRule) -> ThresholdChoice? {
    switch rule {
    case .fixed(let threshold): return ThresholdChoice(threshold: threshold, value: nil)
    case .maximize(let name):
      guard let metric = Metric.named(name, task: .binary)?.ofCounts else { return nil }
      return best(metric)
    case .cost(let falsePositive, let falseNegative):
      let total = positive + negative
      let choice = best { counts in
        -(counts.falsePositive * falsePositive + counts.falseNegative * falseNegative)
      }
      return choice.map {
        ThresholdChoice(threshold: $0.threshold, value: $0.value.map { (0 - $0) / total })
      }
    }
  }

  private func best(_ value: (BinaryCounts) -> Double?) -> ThresholdChoice? {
    var best: ThresholdChoice?
    for step in steps {
      guard let value = value(counts(at: step)), value > best?.value ?? -.infinity else { continue }
      best = ThresholdChoice(threshold: step.threshold, value: value)
    }
    return best
  }
}
