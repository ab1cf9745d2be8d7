import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonReport

extension EvaluationExhibits {
  /// How many series are drawn.
  private static let drawn = 3

  /// Series beside their forecasts, and whether quantiles hold as often as they promise.
  static func forecasts(_ evaluation: Evaluation, _ forecasts: Forecasts) -> [Exhibit] {
    guard case .regression(let predicted, let actual) = evaluation.rows.cases.body else {
      return []
    }
    var charts = (0..<min(drawn, evaluation.rows.series.count)).compactMap { place in
      series(evaluation, forecasts, place, predicted, actual)
    }
    if let chart = coverage(evaluation, forecasts) { charts.append(chart) }
    return charts.isEmpty ? [] : [.group(charts)]
  }

  private static func series(
    _ evaluation: Evaluation,
    _ forecasts: Forecasts,
    _ place: Int,
    _ predicted: [Double],
    _ actual: [Double]
  ) -> Exhibit? {
    let rows = forecasts.series.indices.filter { forecasts.series[$0] == Int32(place) }
      .sorted { forecasts.steps[$0] < forecasts.steps[$1] }
    guard rows.count > 1 else { return nil }
    let x = rows.map { Double(forecasts.steps[$0] + 1) }
    let name = evaluation.rows.series[place]
    let levels = forecasts.levels
    // What came before, two and a half times as long as what is forecast, so that it can be judged.
    let pasts = evaluation.rows.pasts
    let past = pasts.indices.contains(place) ? pasts[place].suffix(rows.count * 5 / 2) : []
    let before = past.indices.map { Double($0 - past.endIndex + 1) }
    return .chart(
      .line(
        LineChart(
          ChartText(
            name.isEmpty ? "Forecast and what came" : "Forecast of \(name)",
            words(levels),
            note: place == 0 && evaluation.rows.series.count > drawn
              ? "The first \(drawn) of \(evaluation.rows.series.count) series are drawn." : nil
          ),
          x: ChartAxis(
            past.isEmpty ? "step" : "step, 0 the last before the forecasts",
            format: .thousands
          ),
          y: ChartAxis(evaluation.rows.columns[.label] ?? "value"),
          series: [
            LineChart.Series(
              "actual",
              x: before + x,
              y: Array(past) + rows.map { actual[$0] },
              shape: past.isEmpty ? .markedLine : .line
            ),
            LineChart.Series("forecast", x: x, y: rows.map { predicted[$0] }),
          ],
          bands: bands(forecasts, rows, x),
          rules: past.isEmpty ? [] : [ChartRule(.vertical, at: 0.5)]
        )
      )
    )
  }

  /// A fan: a band for each pair of quantiles as far from the middle, the outer ones first.
  private static func bands(
    _ forecasts: Forecasts,
    _ rows: [Int],
    _ x: [Double]
  ) -> [LineChart.Band] {
    let count = forecasts.levels.count
    return (0..<min(count / 2, fan)).map { k in
      LineChart.Band(
        range([forecasts.levels[k], forecasts.levels[count - 1 - k]]),
        x: x,
        low: rows.map { forecasts.quantile($0, k) },
        high: rows.map { forecasts.quantile($0, count - 1 - k) },
        series: 1
      )
    }
  }

  /// How many bands a fan has at most.
  private static let fan = 4

  private static func words(_ levels: [Double]) -> String {
    switch levels.count {
    case 0, 1: "The forecast beside what came."
    case 2, 3: "The line is the forecast, the band reaches over the \(range(levels))."
    default:
      "The line is the forecast, the widest band reaches over the \(range(levels)), the others over "
        + "the quantiles between."
    }
  }

  /// "quantiles 0.1 to 0.9".
  private static func range(_ levels: [Double]) -> String {
    let ends = [levels.first, levels.last].compactMap { $0 }
    return "quantiles " + ends.map { NumberFormat.standard(.number($0)) }.joined(separator: " to ")
  }

  private static func coverage(_ evaluation: Evaluation, _ forecasts: Forecasts) -> Exhibit? {
    let points = forecasts.levels.compactMap { level -> (Double, Double)? in
      Metric.named(Metric.coverageName(level), task: .forecasting)?.value(evaluation.sample)
        .map { (level, $0) }
    }
    guard points.count > 1 else { return nil }
    let worst = points.max { ($0.1 - $0.0).magnitude < ($1.1 - $1.0).magnitude }
    let words = worst.map {
      "The quantile \(NumberFormat.standard(.number($0.0))) holds for "
        + "\(NumberFormat.percent(1).written($0.1)) of the rows."
    }
    return .chart(
      .line(
        LineChart(
          ChartText(
            "Coverage of the quantiles",
            words ?? "",
            note: "On the diagonal, quantiles hold as often as they say."
          ),
          x: .fraction("quantile"),
          y: .fraction("share at or below it"),
          series: [
            LineChart.Series(
              "observed",
              x: points.map { $0.0 },
              y: points.map { $0.1 },
              shape: .markedLine
            )
          ],
          diagonal: "nominal"
        )
      )
    )
  }
}
