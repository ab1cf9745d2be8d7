import ColophonCore
package import ColophonData
import ColophonEvaluation

/// What a model says of the steps of one block.
package struct BlockForecast: Hashable, Sendable {
  /// The median of each step.
  package var points: [Double]
  /// Steps × levels.
  package var quantiles: [Double]
}

/// A model that forecasts series.
///
/// Rows that are asked for are forecast `prediction_length` steps at a time, each such block from all
/// that was observed before it: an evaluation of many rows is a back-test with a rolling origin.
/// What was observed in the block itself or after it is never looked at.
package protocol ForecastingModel: Model {
  var terms: ForecastTerms { get }
  /// The forecasts of some blocks, in their order.
  func forecast(
    _ grid: SeriesGrid,
    _ blocks: [SeriesGrid.Block],
    threads: Int
  ) throws -> [BlockForecast]
}

extension ForecastingModel {
  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    try predict(features, threads: 1)
  }

  package func predict(_ features: FeatureMatrix, threads: Int) throws -> Predictions {
    guard let panel = features.series else { throw TrainingFault.noSeries(Self.algorithm) }
    let grid = try SeriesGrid(panel, terms)
    return try predictions(grid, threads: threads)
  }

  /// The predictions of the rows that a grid is asked for.
  func predictions(_ grid: SeriesGrid, threads: Int) throws -> Predictions {
    let blocks = grid.blocks(length: terms.length)
    let forecasts = try forecast(grid, blocks, threads: threads)
    let width = terms.levels.count
    var points = [Double](repeating: .nan, count: grid.rows)
    var quantiles = [Double](repeating: .nan, count: grid.rows * width)
    var series = [Int32](repeating: 0, count: grid.rows)
    var steps = series
    var scales = points
    var (current, scale, next) = (-1, Double.nan, Int32(0))
    for (block, forecast) in zip(blocks, forecasts) {
      if block.series != current {
        let past = grid.series[block.series].values[..<block.start].filter { !$0.isNaN }
        scale = SeasonalNaive.error(past, season: terms.season) ?? .nan
        (current, next) = (block.series, 0)
      }
      for (row, step) in block.rows {
        points[row] = forecast.points[step]
        for k in 0..<width { quantiles[row * width + k] = forecast.quantiles[step * width + k] }
        series[row] = Int32(block.series)
        steps[row] = next
        next += 1
        scales[row] = scale
      }
    }
    return .forecasts(
      points,
      Forecasts(
        levels: terms.levels,
        quantiles: quantiles,
        series: series,
        steps: steps,
        scales: scales
      )
    )
  }
}

/// Quantiles of samples: straight lines between the ordered samples (Hyndman and Fan, 1996, type 7).
enum SampleQuantiles {
  /// Of samples in rising order.
  static func quantile(_ sorted: [Double], _ level: Double) -> Double {
    let place = Double(sorted.count - 1) * level
    let low = Int(place)
    guard low + 1 < sorted.count else { return sorted[sorted.count - 1] }
    let share = place - Double(low)
    return share == 0 ? sorted[low] : sorted[low] + share * (sorted[low + 1] - sorted[low])
  }

  /// The forecast of a block from samples, steps × paths.
  static func forecast(_ paths: [[Double]], levels: [Double]) -> BlockForecast {
    var forecast = BlockForecast(points: [], quantiles: [])
    for samples in paths {
      let sorted = samples.sorted()
      forecast.points.append(quantile(sorted, 0.5))
      forecast.quantiles += levels.map { quantile(sorted, $0) }
    }
    return forecast
  }
}

extension TrainingFault {
  static func noSeries(_ algorithm: String) -> TrainingFault {
    TrainingFault(
      "train.series",
      "\(algorithm) forecasts series, and these rows come without their past"
    )
  }

  /// A training row that can't be learned from, told by series and time.
  static func seriesValue(_ series: String, _ value: Double, _ why: String) -> TrainingFault {
    TrainingFault(
      "train.series",
      "the series \(series.isEmpty ? "" : "'\(series)' ")holds \(value), and \(why)",
      field: "hyperparameters.likelihood"
    )
  }
}
