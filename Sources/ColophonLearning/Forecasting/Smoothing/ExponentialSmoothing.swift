package import ColophonCore
package import ColophonData
import ColophonMath

/// Exponential smoothing of each series by itself: level, trend and season follow the errors.
///
/// - SeeAlso: Hyndman, Koehler, Ord and Snyder, "Forecasting with exponential smoothing", 2008.
package struct ExponentialSmoothing: Algorithm {
  package static let name = "ets"
  package static let summary =
    "Exponential smoothing of each series by itself, in state space form: a strong baseline."
  package static let tasks: Set<Task> = [.forecasting]
  package static let reads = FeatureForm.series
  package static let missing = FeatureEncoding.Missing.mean
  package static let isIterative = false

  package var terms: ForecastTerms
  /// Nil chooses.
  var error: String?
  var trend: String?
  var seasonal: String?

  package var horizon: Int? { terms.length }

  package init(reading fields: inout FieldReader) {
    terms = ForecastTerms(reading: &fields)
    func part(_ name: String, _ choices: [String], _ words: String) -> String? {
      let choice = fields.choice(name, of: ["auto"] + choices, default: "auto", words)
      return choice == "auto" ? nil : choice
    }
    let auto = "auto takes what the corrected Akaike criterion prefers for each series."
    error = part("error", ["add", "mul"], "Whether errors are added or relative; \(auto)")
    trend = part(
      "trend",
      ["none", "add", "damped"],
      "Whether the level grows, and whether its growth fades; \(auto)"
    )
    seasonal = part(
      "seasonal",
      ["none", "add", "mul"],
      "Whether what a season adds or multiplies is followed; \(auto)"
    )
    if seasonal == "add" || seasonal == "mul", terms.season < 2 {
      fields.report(.noSeason(at: fields.position(of: "seasonal")))
    }
  }

  /// The forms that are tried on a series of so many values.
  func forms(count: Int) -> [SmoothingForm] {
    var forms: [SmoothingForm] = []
    let hasSeasons = terms.season > 1 && count >= 2 * terms.season
    for seasonal in SmoothingForm.Part.allCases {
      if let own = self.seasonal, own != seasonal.rawValue { continue }
      if self.seasonal == nil, seasonal != .none, !hasSeasons { continue }
      for error in [SmoothingForm.Part.add, .mul] {
        if let own = self.error, own != error.rawValue { continue }
        // Added errors on a multiplied season have no stable forecasts (section 2.5).
        if self.error == nil, self.seasonal == nil, error == .add, seasonal == .mul { continue }
        for trend in ["none", "add", "damped"] {
          if let own = self.trend, own != trend { continue }
          forms.append(
            SmoothingForm(
              error: error,
              hasTrend: trend != "none",
              isDamped: trend == "damped",
              seasonal: seasonal,
              season: seasonal == .none ? 1 : terms.season
            )
          )
        }
      }
    }
    return forms
  }

  /// The best form of one series by the corrected Akaike criterion, of equal ones the first.
  func smoothed(_ series: SeriesGrid.Series, through count: Int) throws -> SmoothedSeries {
    let values = Array(series.values[..<count])
    let known = values.filter { !$0.isNaN }.count
    var best: SmoothedSeries?
    for form in forms(count: known) {
      guard let found = SmoothingFit(form, values).best(first: series.first) else { continue }
      if best == nil || found.criterion(count: known) < best?.criterion(count: known) ?? .infinity {
        best = found
      }
    }
    guard let best, known > 2 else { throw TrainingFault.notSmoothed(series.name, known) }
    return best
  }

  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    guard let panel = try job.trainingRows().features.series else {
      throw TrainingFault.noSeries(Self.name)
    }
    let grid = try SeriesGrid(panel, terms)
    let fits = try grid.series.map { try smoothed($0, through: $0.count) }
    var stream = job.random("forecasts")
    let model = SmoothingModel(
      recipe: self,
      names: grid.series.map { $0.name },
      fits: fits,
      seed: stream.next()
    )
    return TrainingResult(
      model: model,
      history: try job.measured(model),
      rounds: 1,
      keptRound: 1,
      figures: [.table(table(grid, fits))]
    )
  }

  private func table(_ grid: SeriesGrid, _ fits: [SmoothedSeries]) -> TrainingFigure.Table {
    TrainingFigure.Table(
      caption: "What each series is taken for, and how fast its components follow the errors",
      columns: ["series", "form", "α", "β", "γ", "φ", "log likelihood"],
      rows: zip(grid.series, fits).map { series, fit in
        [
          .name(series.name.isEmpty ? "all rows" : series.name), .text(fit.form.name),
          .number(fit.weights.level), .number(fit.form.hasTrend ? fit.weights.trend : nil),
          .number(fit.form.seasonal == .none ? nil : fit.weights.seasonal),
          .number(fit.form.isDamped ? fit.weights.damping : nil), .number(fit.logLikelihood),
        ]
      }
    )
  }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    guard let model = SmoothingModel(decoding: bytes) else {
      throw TrainingFault.damagedModel(name)
    }
    return model
  }
}

extension TrainingFault {
  static func notSmoothed(_ series: String, _ count: Int) -> TrainingFault {
    TrainingFault(
      "train.series",
      "no form of exponential smoothing fits the \(count) values of the series '\(series)'",
      hint: "multiplied components need values above 0, and every component some values",
      field: "hyperparameters"
    )
  }
}

extension Diagnostic {
  static func noSeason(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.no-season",
      at: position,
      "the series have a season of one step, which repeats nothing",
      hint: "write 'season', or 'seasonal: none'"
    )
  }
}
