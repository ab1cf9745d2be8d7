import ColophonCore
import ColophonData

/// Regression metrics on the target's own scale; e = prediction − actual.
extension Metric {
  static let errorMetrics: [Metric] = [
    meanSquared, rootMeanSquared, meanAbsolute, medianAbsolute, largest, bias, huber,
  ]

  /// A metric that is a mean of a term of (actual, predicted).
  static func mean(
    _ name: String,
    _ summary: String,
    formula: String,
    term: @escaping @Sendable (_ actual: Double, _ predicted: Double) -> Double
  ) -> Metric {
    Metric(
      name,
      .regression,
      .minimize,
      needs: .numbers,
      range: .atLeast(0),
      summary,
      formula: formula,
      undefined: "there are no rows"
    ) { $0.regressionMean(term) }
  }

  @Sendable
  static func squaredError(_ actual: Double, _ predicted: Double) -> Double {
    (predicted - actual) * (predicted - actual)
  }

  private static let meanSquared = mean(
    "mse",
    "The mean squared error.",
    formula: "(1/n) Σ e²",
    term: squaredError
  )

  private static let rootMeanSquared = Metric(
    "rmse",
    .regression,
    .minimize,
    needs: .numbers,
    range: .atLeast(0),
    "The square root of the mean squared error.",
    formula: "√((1/n) Σ e²)",
    undefined: "there are no rows"
  ) { sample in sample.regressionMean(squaredError)?.squareRoot() }

  private static let meanAbsolute = mean(
    "mae",
    "The mean absolute error.",
    formula: "(1/n) Σ |e|"
  ) { ($1 - $0).magnitude }

  private static let medianAbsolute = Metric(
    "median_absolute_error",
    .regression,
    .minimize,
    needs: .numbers,
    range: .atLeast(0),
    "The median of the absolute errors.",
    formula: "median |e|; the mean of the middle two where there are two",
    undefined: "there are no rows"
  ) { sample in
    guard case .regression(let predicted, let actual) = sample.cases.body,
      let order = sample.errorOrder
    else { return nil }
    return sample.median({ (predicted[$0] - actual[$0]).magnitude }, in: order)
  }

  private static let largest = Metric(
    "max_error",
    .regression,
    .minimize,
    needs: .numbers,
    range: .atLeast(0),
    "The largest absolute error.",
    formula: "max |e|",
    undefined: "there are no rows"
  ) { sample in
    guard case .regression(let predicted, let actual) = sample.cases.body else { return nil }
    return actual.indices.reduce(nil as Double?) { largest, row in
      sample.weighting[row] > 0
        ? max(largest ?? 0, (predicted[row] - actual[row]).magnitude) : largest
    }
  }

  private static let bias = Metric(
    "bias",
    .regression,
    .nearZero,
    needs: .numbers,
    range: .finite,
    "The mean error: above 0 where predictions are too high.",
    formula: "(1/n) Σ e",
    undefined: "there are no rows"
  ) { $0.regressionMean { $1 - $0 } }

  private static let huber = Metric(
    "huber",
    .regression,
    .minimize,
    needs: .numbers,
    range: .atLeast(0),
    "The mean loss of Huber (1964): square up to δ, a line beyond.",
    formula: "(1/n) Σ (|e| ≤ δ ? ½ e² : δ (|e| − ½ δ)), δ = `delta`",
    undefined: "there are no rows"
  ) { sample in
    let delta = sample.options.delta
    return sample.regressionMean { actual, predicted in
      let error = (predicted - actual).magnitude
      return error <= delta ? error * error / 2 : delta * (error - delta / 2)
    }
  }

  /// `quantile_Q`: the pinball loss of a quantile, Q a fraction (`quantile_0.9`) or, for names
  /// without a dot, a percentage (`quantile_90`).
  static func quantileLoss(_ name: String) -> Metric? {
    guard name.hasPrefix("quantile_"), let q = quantile(name.dropFirst(9)) else { return nil }
    return mean(
      name,
      "The pinball loss of the quantile \(shortestText(q)) (Koenker and Bassett, 1978).",
      formula: "(1/n) Σ max(q · d, (q − 1) · d), d = actual − prediction, q = \(shortestText(q))"
    ) { max(q * ($0 - $1), (q - 1) * ($0 - $1)) }
  }

  static func quantile(_ text: Substring) -> Double? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }), let q = Double(text)
    else { return nil }
    if q > 0, q < 1 { return q }
    if let percent = Int(text), (1...99).contains(percent) { return Double(percent) / 100 }
    return nil
  }
}
