import ColophonCore
import ColophonData

/// Metrics of forecasts: of their numbers, of their scaled errors, of their quantiles.
extension Metric {
  static let forecastMetrics: [Metric] =
    ["rmse", "mape", "smape", "wape"].compactMap {
      catalogue(for: .regression)[$0]?.of(.forecasting)
    }
    + [scaledError, quantileLossOfForecasts, intervalCoverage, intervalWidth]

  private static let noQuantiles = "the forecasts have no quantiles"
  private static let noInterval = "the forecasts have fewer than two quantiles"

  private static let scaledError = Metric(
    "mase",
    .forecasting,
    .minimize,
    needs: .numbers,
    range: .atLeast(0),
    "The mean absolute error over that of the seasonal naive forecast in the series' past (Hyndman "
      + "and Koehler, 2006).",
    formula: "(1/n) Σ |e| / s, s = (1/(N − m)) Σ |yₜ − yₜ₋ₘ| of the series' past, m = `season`",
    undefined: "a series has no past longer than a season, or none that moves"
  ) { sample in
    guard case .regression(let predicted, let actual) = sample.cases.body,
      let scales = sample.cases.forecasts?.scales,
      scales.indices.allSatisfy({ sample.weighting[$0] == 0 || scales[$0] > 0 })
    else { return nil }
    return sample.mean { (predicted[$0] - actual[$0]).magnitude / scales[$0] }
  }

  private static let quantileLossOfForecasts = Metric(
    "wql",
    .forecasting,
    .minimize,
    needs: .numbers,
    range: .atLeast(0),
    "The weighted quantile loss, averaged over the quantiles (Salinas and others, 2020).",
    formula: "mean over q of 2 Σ max(q d, (q − 1) d) / Σ |y|, d = actual − forecast of q",
    undefined: noQuantiles + ", or every actual value is 0"
  ) { sample in
    guard case .regression(_, let actual) = sample.cases.body,
      let forecasts = sample.cases.forecasts, !forecasts.levels.isEmpty,
      let size = sample.mean({ actual[$0].magnitude })
    else { return nil }
    var sum = 0.0
    for (k, q) in forecasts.levels.enumerated() {
      let loss = sample.mean { row in
        let distance = actual[row] - forecasts.quantile(row, k)
        return max(q * distance, (q - 1) * distance)
      }
      guard let loss, let share = ratio(2 * loss, size) else { return nil }
      sum += share
    }
    return sum / Double(forecasts.levels.count)
  }

  private static let intervalCoverage = Metric(
    "interval_coverage",
    .forecasting,
    .nearZero,
    needs: .numbers,
    "The share of rows within their lowest and highest forecast quantile; it should be the distance "
      + "of the two levels.",
    formula: "(1/n) Σ [lowest ≤ y ≤ highest]",
    undefined: noInterval
  ) { sample in
    guard case .regression(_, let actual) = sample.cases.body,
      let forecasts = sample.cases.forecasts, forecasts.levels.count > 1
    else { return nil }
    let last = forecasts.levels.count - 1
    return sample.mean { row in
      forecasts.quantile(row, 0) <= actual[row] && actual[row] <= forecasts.quantile(row, last)
        ? 1 : 0
    }
  }

  private static let intervalWidth = Metric(
    "interval_width",
    .forecasting,
    .minimize,
    needs: .numbers,
    range: .finite,
    "The mean distance of the lowest and the highest forecast quantile.",
    formula: "(1/n) Σ (highest − lowest)",
    undefined: noInterval
  ) { sample in
    guard let forecasts = sample.cases.forecasts, forecasts.levels.count > 1 else { return nil }
    let last = forecasts.levels.count - 1
    return sample.mean { forecasts.quantile($0, last) - forecasts.quantile($0, 0) }
  }

  /// `coverage_Q`: the share of rows at or below the forecast of a quantile, Q a fraction or, for
  /// names without a dot, a percentage.
  static func coverage(_ name: String) -> Metric? {
    guard name.hasPrefix("coverage_"), let q = quantile(name.dropFirst(9)) else { return nil }
    return Metric(
      name,
      .forecasting,
      .nearZero,
      needs: .numbers,
      "The share of rows at or below the forecast of the quantile \(shortestText(q)), which it "
        + "should equal.",
      formula: "(1/n) Σ [y ≤ forecast of \(shortestText(q))]",
      undefined: "that quantile was not forecast"
    ) { sample in
      guard case .regression(_, let actual) = sample.cases.body,
        let forecasts = sample.cases.forecasts, let k = forecasts.place(of: q)
      else { return nil }
      return sample.mean { actual[$0] <= forecasts.quantile($0, k) ? 1 : 0 }
    }
  }

  /// The name of a level's coverage: in percent where that is a whole number.
  package static func coverageName(_ level: Double) -> String {
    let percent = (level * 100).rounded()
    return percent / 100 == level && (1...99).contains(percent)
      ? "coverage_\(Int(percent))" : "coverage_\(shortestText(level))"
  }
}
