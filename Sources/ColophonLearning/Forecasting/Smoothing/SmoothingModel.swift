import ColophonCore
package import ColophonData

/// The components of each series as they were fitted.
///
/// To forecast, they run over all that was observed before, without being fitted again; a series that
/// training never saw, or one that begins elsewhere, is fitted on its own past.
package struct SmoothingModel: ForecastingModel {
  package static var algorithm: String { ExponentialSmoothing.name }
  let recipe: ExponentialSmoothing
  let names: [String]
  let fits: [SmoothedSeries]
  /// Keys what is drawn where no formula gives the quantiles.
  let seed: UInt64

  package var terms: ForecastTerms { recipe.terms }
  package var parameterCount: Int { fits.reduce(0) { $0 + $1.form.parameterCount } }

  package func forecast(
    _ grid: SeriesGrid,
    _ blocks: [SeriesGrid.Block],
    threads: Int
  ) throws -> [BlockForecast] {
    try blocks.map { block in
      let series = grid.series[block.series]
      let known = names.firstIndex(of: series.name).map { fits[$0] }
      let fit: SmoothedSeries
      if let known, known.first == series.first, block.start > 0 {
        fit = known
      } else {
        fit = try recipe.smoothed(series, through: block.start)
      }
      let run = SmoothedSeries.run(
        series.values[..<block.start],
        fit.form,
        fit.weights,
        from: fit.start
      )
      var random = RandomStream(
        root: seed,
        cell: series.name,
        purpose: "forecast",
        index: series.first + block.start
      )
      return fit.forecast(
        after: run.state,
        length: block.length,
        levels: terms.levels,
        &random
      )
    }
  }
}

extension SmoothingModel {
  private struct Contents: Codable {
    var kind: String
    var terms: ForecastTerms
    var error: String?
    var trend: String?
    var seasonal: String?
    var names: [String]
    var fits: [SmoothedSeries]
    var seed: String
  }

  private static let kind = "ets/1"

  package func encoded() throws -> [UInt8] {
    let contents = Contents(
      kind: SmoothingModel.kind,
      terms: terms,
      error: recipe.error,
      trend: recipe.trend,
      seasonal: recipe.seasonal,
      names: names,
      fits: fits,
      seed: String(seed)
    )
    return HeadedBytes(header: try Value(encoding: contents), body: []).encoded()
  }

  init?(decoding bytes: [UInt8]) {
    guard let parts = HeadedBytes(decoding: bytes),
      let contents = try? parts.header.decode(Contents.self),
      contents.kind == SmoothingModel.kind, contents.names.count == contents.fits.count,
      let seed = UInt64(contents.seed)
    else { return nil }
    var blank = FieldReader()
    var recipe = ExponentialSmoothing(reading: &blank)
    recipe.terms = contents.terms
    (recipe.error, recipe.trend) = (contents.error, contents.trend)
    recipe.seasonal = contents.seasonal
    self.init(recipe: recipe, names: contents.names, fits: contents.fits, seed: seed)
  }
}
