import ColophonCore
import ColophonData

/// Regression metrics relative to the size of what is predicted.
extension Metric {
  static let relativeErrorMetrics: [Metric] = [
    percentage, symmetricPercentage, weightedPercentage, meanSquaredLogarithmic, rootLogarithmic,
  ]

  private static let percentage = Metric(
    "mape",
    .regression,
    .minimize,
    needs: .numbers,
    range: .atLeast(0),
    "The mean absolute error as a fraction of the actual value.",
    formula: "(1/n) Σ |e| / |y|",
    undefined: "an actual value is 0"
  ) { sample in
    guard let zeros = sample.regressionMean({ actual, _ in actual == 0 ? 1 : 0 }), zeros == 0
    else { return nil }
    return sample.regressionMean { ($1 - $0).magnitude / $0.magnitude }
  }

  private static let symmetricPercentage = Metric(
    "smape",
    .regression,
    .minimize,
    needs: .numbers,
    range: .closed(0, 2),
    "The mean absolute error as a fraction of the mean size of both values; of two zeros, 0.",
    formula: "(1/n) Σ 2 |e| / (|y| + |p|)",
    undefined: "there are no rows"
  ) { sample in
    sample.regressionMean { actual, predicted in
      ratio(2 * (predicted - actual).magnitude, actual.magnitude + predicted.magnitude) ?? 0
    }
  }

  private static let weightedPercentage = Metric(
    "wape",
    .regression,
    .minimize,
    needs: .numbers,
    range: .atLeast(0),
    "The sum of absolute errors as a fraction of the sum of absolute values.",
    formula: "Σ |e| / Σ |y|",
    undefined: "every actual value is 0"
  ) { sample in
    guard let errors = sample.regressionMean({ ($1 - $0).magnitude }),
      let sizes = sample.regressionMean({ actual, _ in actual.magnitude })
    else { return nil }
    return ratio(errors, sizes)
  }

  private static let meanSquaredLogarithmic = Metric(
    "msle",
    .regression,
    .minimize,
    needs: .numbers,
    range: .atLeast(0),
    "The mean squared error of ln(1 + x).",
    formula: "(1/n) Σ (ln(1 + p) − ln(1 + y))²",
    undefined: "a value is −1 or less",
    compute: logarithmicError
  )

  private static let rootLogarithmic = Metric(
    "rmsle",
    .regression,
    .minimize,
    needs: .numbers,
    range: .atLeast(0),
    "The square root of the mean squared error of ln(1 + x).",
    formula: "√((1/n) Σ (ln(1 + p) − ln(1 + y))²)",
    undefined: "a value is −1 or less"
  ) { logarithmicError($0)?.squareRoot() }

  @Sendable
  private static func logarithmicError(_ sample: Sample) -> Double? {
    let errors = sample.cases.logarithmicErrors
    return errors.exist ? sample.mean { errors.squares[$0] } : nil
  }
}
