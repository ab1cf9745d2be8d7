import ColophonCore
import ColophonData

/// Binary metrics of predicted probabilities.
extension Metric {
  static let probabilityMetrics: [Metric] = [logLoss, brier, calibrationError, worstCalibration]

  private static let logLoss = Metric(
    "log_loss",
    .binary,
    .minimize,
    needs: .probabilities,
    range: .atLeast(0),
    "The mean surprise at the actual label, in nats; certain and wrong is infinite.",
    formula: "−(1/n) Σ ln p(actual label), unclipped",
    undefined: "there are no rows"
  ) { sample in
    let losses = sample.cases.losses
    return sample.mean { losses[$0] }
  }

  private static let brier = Metric(
    "brier",
    .binary,
    .minimize,
    needs: .probabilities,
    "The mean squared error of the probability (Brier, 1950).",
    formula: "(1/n) Σ (p − y)²",
    undefined: "there are no rows"
  ) { sample in
    guard case .binary(let scores, let positives) = sample.cases.body else { return nil }
    return sample.mean { row in
      let error = scores[row] - (positives[row] ? 1 : 0)
      return error * error
    }
  }

  private static let calibrationError = Metric(
    "ece",
    .binary,
    .minimize,
    needs: .probabilities,
    "The mean distance between predicted probability and observed share over bins.",
    formula: "Σ (n_b / n) · |mean p_b − share of positives in b|",
    undefined: "there are no rows",
    compute: expectedCalibrationError
  )

  private static let worstCalibration = Metric(
    "mce",
    .binary,
    .minimize,
    needs: .probabilities,
    "The largest distance between predicted probability and observed share in a bin.",
    formula: "max |mean p_b − share of positives in b|",
    undefined: "there are no rows"
  ) { sample in
    sample.reliabilityBins.filter { $0.weight > 0 }.map { $0.gap }.max()
  }

  /// The expected calibration error (Naeini, Cooper and Hauskrecht, 2015), for any classification.
  @Sendable
  static func expectedCalibrationError(_ sample: Sample) -> Double? {
    let bins = sample.reliabilityBins
    let total = sample.totalWeight
    guard total > 0 else { return nil }
    return BlockSum.sum(bins.count) { bins[$0].weight * bins[$0].gap } / total
  }
}
