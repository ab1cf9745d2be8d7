/// What happens as the threshold of a binary classification falls from above all scores to the
/// lowest: one step for each distinct score that has weight.
package struct ThresholdSweep: Hashable, Sendable {
  /// The rows predicted positive at one threshold.
  package struct Step: Hashable, Sendable {
    package var threshold: Double
    package var truePositive: Double
    package var falsePositive: Double
  }

  /// By falling threshold.
  ///
  /// The first predicts nothing positive: its threshold is the number next above the highest score.
  package let steps: [Step]
  package let positive: Double
  package let negative: Double

  /// Walks the distinct scores of a sample; nil unless it is binary and has rows.
  ///
  /// - Complexity: O(*n*) once the rows are sorted.
  package init?(_ sample: Sample) {
    guard case .binary(let scores, _) = sample.cases.body, let order = sample.cases.order,
      let highest = order.rows.first(where: { sample.weighting[$0] > 0 })
    else { return nil }
    let weighting = sample.weighting
    var (hits, alarms, tied) = (0.0, 0.0, 0.0)
    var steps = [Step(threshold: scores[highest].nextUp, truePositive: 0, falsePositive: 0)]
    order.walk { row, isLast, flag in
      let weight = weighting[row]
      tied += weight
      hits += weight * flag
      alarms += weight * (1 - flag)
      if isLast {
        if tied > 0 {
          steps.append(
            Step(threshold: scores[row], truePositive: hits, falsePositive: alarms)
          )
        }
        tied = 0
      }
    }
    self.steps = steps
    positive = hits
    negative = alarms
  }

  /// The four counts at a step.
  package func counts(at step: Step) -> BinaryCounts {
    BinaryCounts(
      truePositive: step.truePositive,
      falsePositive: step.falsePositive,
      falseNegative: positive - step.truePositive,
      trueNegative: negative - step.falsePositive
    )
  }
}
