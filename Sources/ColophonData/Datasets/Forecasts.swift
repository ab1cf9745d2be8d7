/// What forecasts say beside a number for each row, and by what their errors are measured.
package struct Forecasts: Hashable, Sendable {
  /// The quantiles that were forecast, rising, between 0 and 1; none for forecasts of numbers alone.
  package let levels: [Double]
  /// Row-major: rows × levels.
  package let quantiles: [Double]
  /// The series of each row, from 0.
  package let series: [Int32]
  /// The place of each row in its series in the order of time, from 0.
  package let steps: [Int32]
  /// For each row the mean error of the seasonal naive forecast in its series' past; NaN where the
  /// past is too short to tell, nil where no past is known.
  package let scales: [Double]?

  package init(
    levels: [Double] = [],
    quantiles: [Double] = [],
    series: [Int32],
    steps: [Int32],
    scales: [Double]? = nil
  ) {
    precondition(levels == levels.sorted(), "levels \(levels)")
    precondition(
      quantiles.count == series.count * levels.count && steps.count == series.count,
      "\(quantiles.count) quantiles of \(levels.count) levels, \(series.count) rows"
    )
    self.levels = levels
    self.quantiles = quantiles
    self.series = series
    self.steps = steps
    self.scales = scales
  }

  /// The forecast of one row for the level at a position.
  package func quantile(_ row: Int, _ level: Int) -> Double {
    quantiles[row * levels.count + level]
  }

  /// The position of a level; nil where it was not forecast.
  package func place(of level: Double) -> Int? {
    levels.firstIndex { ($0 - level).magnitude < 1e-12 }
  }

  /// The rows at some positions.
  package func rows(_ kept: [Int]) -> Forecasts {
    Forecasts(
      levels: levels,
      quantiles: kept.flatMap { quantiles[$0 * levels.count..<($0 + 1) * levels.count] },
      series: kept.map { series[$0] },
      steps: kept.map { steps[$0] },
      scales: scales.map { all in kept.map { all[$0] } }
    )
  }
}
