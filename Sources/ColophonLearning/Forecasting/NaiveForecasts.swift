package import ColophonCore
package import ColophonData
import ColophonMath

/// Forecasts that repeat what was: the yardstick of every other.
///
/// The h-th step's deviation is the root mean square of the past's own errors times the square root
/// of how many times a step was repeated (Hyndman and Athanasopoulos, "Forecasting: principles and
/// practice", 2021, section 5.5).
package protocol NaiveAlgorithm: Algorithm {
  var terms: ForecastTerms { get }
  /// After how many steps a value is repeated.
  var distance: Int { get }
  init(_ terms: ForecastTerms)
}

extension NaiveAlgorithm {
  package static var tasks: Set<Task> { [.forecasting] }
  package static var reads: FeatureForm { .series }
  package static var missing: FeatureEncoding.Missing { .mean }
  package static var isIterative: Bool { false }
  package var horizon: Int? { terms.length }

  package init(reading fields: inout FieldReader) {
    self.init(ForecastTerms(reading: &fields))
  }

  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    guard let panel = try job.trainingRows().features.series else {
      throw TrainingFault.noSeries(Self.name)
    }
    _ = try SeriesGrid(panel, terms)
    let model = NaiveModel<Self>(terms: terms)
    return TrainingResult(
      model: model,
      history: try job.measured(model),
      rounds: 1,
      keptRound: 1,
      notes: [TrainingNote("repeats", "\(distance)", note: "steps before")]
    )
  }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    guard let parts = HeadedBytes(decoding: bytes),
      let terms = try? parts.header.decode(ForecastTerms.self)
    else { throw TrainingFault.damagedModel(name) }
    return NaiveModel<Self>(terms: terms)
  }
}

/// The last value goes on.
package struct Naive: NaiveAlgorithm {
  package static let name = "naive"
  package static let summary = "The last value goes on: a baseline of forecasts."
  package var terms: ForecastTerms
  package var distance: Int { 1 }
  package init(_ terms: ForecastTerms) { self.terms = terms }
}

/// The last season goes on.
package struct SeasonalNaiveAlgorithm: NaiveAlgorithm {
  package static let name = "seasonal_naive"
  package static let summary = "The last season goes on: a baseline of forecasts."
  package var terms: ForecastTerms
  package var distance: Int { terms.season }
  package init(_ terms: ForecastTerms) { self.terms = terms }
}

/// What repeats the past.
package struct NaiveModel<Recipe: NaiveAlgorithm>: ForecastingModel {
  package static var algorithm: String { Recipe.name }
  package let terms: ForecastTerms
  package var parameterCount: Int { 0 }

  package func forecast(
    _ grid: SeriesGrid,
    _ blocks: [SeriesGrid.Block],
    threads: Int
  ) throws -> [BlockForecast] {
    try blocks.map { block in
      let series = grid.series[block.series]
      guard let first = series.values[..<block.start].firstIndex(where: { !$0.isNaN }) else {
        throw TrainingFault.nothingToRepeat(series.name)
      }
      return forecast(series.filled[first..<block.start], length: block.length)
    }
  }

  private func forecast(_ past: ArraySlice<Double>, length: Int) -> BlockForecast {
    // A past shorter than a season repeats its last value.
    let distance = min(Recipe(terms).distance, past.count)
    let (first, end) = (past.startIndex, past.endIndex)
    let errors = past.count - distance
    let squares = (0..<errors).reduce(0.0) { sum, i in
      let error = past[first + i + distance] - past[first + i]
      return sum + error * error
    }
    let deviation = errors > 0 ? (squares / Double(errors)).squareRoot() : 0
    var forecast = BlockForecast(points: [], quantiles: [])
    for step in 0..<length {
      let value = past[end - distance + step % distance]
      let spread = deviation * Double(step / distance + 1).squareRoot()
      forecast.points.append(value)
      forecast.quantiles += terms.levels.map { value + spread * NormalQuantile.exact($0) }
    }
    return forecast
  }

  package func encoded() throws -> [UInt8] {
    HeadedBytes(header: try Value(encoding: terms), body: []).encoded()
  }
}

extension TrainingFault {
  static func nothingToRepeat(_ series: String) -> TrainingFault {
    TrainingFault(
      "train.series",
      "the series '\(series)' has no value before its first forecast, and a baseline has nothing to "
        + "repeat"
    )
  }
}
