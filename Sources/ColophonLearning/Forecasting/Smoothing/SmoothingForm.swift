/// Which components a series is taken to have, and how they combine.
package struct SmoothingForm: Hashable, Sendable, Codable {
  package enum Part: String, Hashable, Sendable, Codable, CaseIterable {
    case none, add, mul
  }

  /// Whether errors are added, or relative to the forecast.
  package var error: Part
  package var hasTrend: Bool
  package var isDamped: Bool
  package var seasonal: Part
  /// After how many steps the season returns.
  package var season: Int

  package init(error: Part, hasTrend: Bool, isDamped: Bool, seasonal: Part, season: Int) {
    self.error = error
    self.hasTrend = hasTrend
    self.isDamped = isDamped
    self.seasonal = seasonal
    self.season = season
  }

  /// The short name of the book, such as `ETS(M,Ad,M)`.
  package var name: String {
    func letter(_ part: Part) -> String {
      switch part {
      case .none: "N"
      case .add: "A"
      case .mul: "M"
      }
    }
    let trend = hasTrend ? isDamped ? "Ad" : "A" : "N"
    return "ETS(\(letter(error)),\(trend),\(letter(seasonal)))"
  }

  /// How many numbers are found: smoothing, first states, and the errors' variance.
  package var parameterCount: Int {
    2 + (hasTrend ? 2 : 0) + (isDamped ? 1 : 0) + (seasonal == .none ? 0 : season) + 1
  }

  /// Whether the forecasts' distribution is normal with a variance that can be written down.
  package var isLinear: Bool { error == .add && seasonal != .mul }
}

/// How fast each component follows the errors.
package struct SmoothingWeights: Hashable, Sendable, Codable {
  package var level: Double
  package var trend: Double
  package var seasonal: Double
  /// What is left of the trend after a step; 1 for all of it.
  package var damping: Double

  package init(level: Double, trend: Double = 0, seasonal: Double = 0, damping: Double = 1) {
    self.level = level
    self.trend = trend
    self.seasonal = seasonal
    self.damping = damping
  }
}

/// The components at a moment.
package struct SmoothingState: Hashable, Sendable, Codable {
  package var level: Double
  package var trend: Double
  /// The next step's first; empty without a season.
  package var seasonal: [Double]
  /// Which of the seasonal numbers is the next step's.
  private var place = 0

  package init(level: Double, trend: Double = 0, seasonal: [Double] = []) {
    self.level = level
    self.trend = trend
    self.seasonal = seasonal
  }

  /// What the components say of the next step.
  package func forecast(_ form: SmoothingForm, _ weights: SmoothingWeights) -> Double {
    let base = level + weights.damping * trend
    switch form.seasonal {
    case .none: return base
    case .add: return base + seasonal[place]
    case .mul: return base * seasonal[place]
    }
  }

  /// Goes on by a step whose value was `error` above its forecast.
  ///
  /// With additive and with relative errors the components move alike (Hyndman, Koehler, Ord and
  /// Snyder, "Forecasting with exponential smoothing", 2008, tables 2.2 and 2.3: a relative error
  /// times its forecast is the additive one).
  package mutating func advance(
    by error: Double,
    _ form: SmoothingForm,
    _ weights: SmoothingWeights
  ) {
    let base = level + weights.damping * trend
    let season = form.seasonal == .none ? 0 : seasonal[place]
    let share = form.seasonal == .mul ? (season == 0 ? 0 : error / season) : error
    level = base + weights.level * share
    if form.hasTrend { trend = weights.damping * trend + weights.trend * share }
    guard form.seasonal != .none else { return }
    let own = form.seasonal == .mul ? (base == 0 ? 0 : error / base) : error
    seasonal[place] = season + weights.seasonal * own
    place = place + 1 == seasonal.count ? 0 : place + 1
  }
}
