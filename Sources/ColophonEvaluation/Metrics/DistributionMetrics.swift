import ColophonCore
import ColophonData

/// Multi-class metrics of predicted distributions over the classes.
extension Metric {
  static let distributionMetrics: [Metric] = [logLossOfClasses, brierOfClasses, calibrationOfTop]

  private static let logLossOfClasses = Metric(
    "log_loss",
    .multiclass,
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

  private static let brierOfClasses = Metric(
    "brier",
    .multiclass,
    .minimize,
    needs: .probabilities,
    range: .closed(0, 2),
    "The mean squared error of the probabilities, summed over classes (Brier, 1950).",
    formula: "(1/n) Σ Σₖ (pₖ − yₖ)²",
    undefined: "there are no rows"
  ) { sample in
    guard case .multiclass(let probabilities, let actual) = sample.cases.body else { return nil }
    let width = sample.cases.classes.count
    return sample.mean { row in
      (0..<width).reduce(0) { sum, k in
        let error = probabilities[row * width + k] - (actual[row] == k ? 1 : 0)
        return sum + error * error
      }
    }
  }

  private static let calibrationOfTop = Metric(
    "ece",
    .multiclass,
    .minimize,
    needs: .probabilities,
    "The mean distance between the predicted class's probability and its accuracy over bins.",
    formula: "Σ (n_b / n) · |mean p_b − accuracy in b|, p of the predicted class",
    undefined: "there are no rows",
    compute: expectedCalibrationError
  )

  /// `top_K_accuracy`: the actual label is among the K most probable.
  static func topAccuracy(_ name: String) -> Metric? {
    guard name.hasPrefix("top_"), name.hasSuffix("_accuracy"),
      let k = Int(name.dropFirst(4).dropLast(9)), k >= 1, name == "top_\(k)_accuracy"
    else { return nil }
    return Metric(
      name,
      .multiclass,
      .maximize,
      needs: .probabilities,
      "The share of rows whose label is among the \(k) most probable.",
      formula: "(1/n) Σ [rank of the actual label ≤ \(k)], ties in the classes' order",
      undefined: "there are no rows"
    ) { sample in
      sample.mean { sample.cases.rank(ofActualIn: $0) < k ? 1 : 0 }
    }
  }
}
