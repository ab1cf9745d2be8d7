import ColophonCore
import ColophonData
import ColophonMath

/// What the network reads at each step, learned from the training series.
struct DeepARInputs: Hashable, Sendable, Codable {
  let terms: ForecastTerms
  let lags: [Int]
  /// The covariates that are numbers, by place among all, with their means and deviations.
  let numbers: [Int]
  let means: [Double]
  let deviations: [Double]
  /// The covariates that are categories, by place among all.
  let categories: [Int]
  /// The names of the training series, where they are the category.
  let names: [String]?
  /// How many levels each category has.
  let levels: [Int]
  let isCalendar: Bool
  /// The mean scale of the training series, for one without a past.
  let usualScale: Double
  let scaleOffset: Double

  init(_ recipe: DeepAR, _ grid: SeriesGrid, scaleOffset: Double) throws {
    terms = recipe.terms
    lags = recipe.shape.lags
    isCalendar = grid.isCalendar
    self.scaleOffset = scaleOffset
    let columns = grid.covariates
    numbers = columns.indices.filter { columns[$0].levels == nil }
    let own = columns.indices.filter { columns[$0].levels != nil }
    let counts = own.map { max(1, columns[$0].levels?.count ?? 1) }
    switch recipe.shape.categories {
    case .none: (categories, names, levels) = ([], nil, [])
    case .auto where own.isEmpty && grid.series.count > 1:
      (categories, names, levels) = ([], grid.series.map { $0.name }, [grid.series.count])
    case .auto: (categories, names, levels) = (own, nil, counts)
    case .counts(let wanted):
      guard wanted == counts else { throw TrainingFault.cardinality(wanted, is: counts) }
      (categories, names, levels) = (own, nil, counts)
    }
    let width = columns.count
    var (means, deviations): ([Double], [Double]) = ([], [])
    for k in numbers {
      let all = grid.series.flatMap { series in
        (0..<series.count).map { series.covariates[$0 * width + k] }
      }
      let mean = all.reduce(0, +) / Double(max(1, all.count))
      let squares = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / Double(max(1, all.count))).squareRoot()
      means.append(mean)
      deviations.append(deviation > 8 * mean.magnitude.ulp ? deviation : 1)
    }
    (self.means, self.deviations) = (means, deviations)
    let scales = grid.series.compactMap { series in
      DeepARInputs.mean(series.values[...]).map { $0 + scaleOffset }
    }
    let usual = scales.reduce(0, +) / Double(max(1, scales.count))
    usualScale = usual > 0 ? usual : 1
  }

  /// How many numbers stand before the categories.
  var plainWidth: Int {
    let cycles = terms.frequency.cycles(of: 0, isCalendar: isCalendar, season: terms.season)
    return lags.count + cycles.count + numbers.count + 2
  }
  var width: Int { plainWidth + levels.count }

  /// The mean absolute value of what was observed; nil where nothing was.
  private static func mean(_ values: ArraySlice<Double>) -> Double? {
    var (sum, count) = (0.0, 0.0)
    for value in values where !value.isNaN {
      sum += value.magnitude
      count += 1
    }
    return count > 0 ? sum / count : nil
  }

  /// The scale of a series before a step, over the steps that are read (section 3.3): the mean
  /// absolute value, with 1 added for counts.
  func scale(_ series: SeriesGrid.Series, before start: Int, context: Int) -> Double {
    let end = max(0, min(start, series.count))
    let range = max(0, min(start - context, end))..<end
    guard let mean = DeepARInputs.mean(series.values[range]) else { return usualScale }
    let scale = mean + scaleOffset
    return scale > 0 ? scale : usualScale
  }

  /// Which level of each category a series has at a step; -1 for none that is known.
  private func level(_ k: Int, _ series: SeriesGrid.Series, _ step: Int, _ width: Int) -> Float {
    if let names { return Float(names.firstIndex(of: series.name) ?? -1) }
    let place = max(0, min(step, series.count - 1))
    return series.count > 0 ? Float(series.covariates[place * width + categories[k]]) : -1
  }

  /// Writes what is known of a step but for the lags: the calendar, the age of the series, its
  /// scale, the covariates, the categories.
  func writeKnown(
    _ series: SeriesGrid.Series,
    _ step: Int,
    scale: Double,
    covariates width: Int,
    to target: UnsafeMutablePointer<Float>
  ) {
    var place = lags.count
    func write(_ number: Double) {
      target[place] = Float(number)
      place += 1
    }
    let moment = series.first + step
    for turn in terms.frequency.cycles(of: moment, isCalendar: isCalendar, season: terms.season) {
      write(turn)
    }
    write(Elementary.log10(2 + Double(max(0, step))))
    write(Elementary.log10(scale))
    let row = max(0, min(step, series.count - 1))
    for (i, k) in numbers.enumerated() {
      let value = series.count > 0 ? series.covariates[row * width + k] : means[i]
      write((value - means[i]) / deviations[i])
    }
    for k in levels.indices {
      target[place] = level(k, series, step, width)
      place += 1
    }
  }

  /// Writes the lags of a step; steps before the series' first are 0.
  func writeLags(
    _ series: SeriesGrid.Series,
    _ step: Int,
    scale: Double,
    to target: UnsafeMutablePointer<Float>
  ) {
    for (k, lag) in lags.enumerated() {
      let place = step - lag
      target[k] =
        place >= 0 && place < series.count
        ? DeepARInputs.scaled(series.filled[place], scale) : 0
    }
  }

  /// A value in units of the scale; a path that runs away is held at a million of them.
  static func scaled(_ value: Double, _ scale: Double) -> Float {
    Float(max(-1e6, min(1e6, value / scale)))
  }
}

extension TrainingFault {
  static func cardinality(_ wanted: [Int], is counts: [Int]) -> TrainingFault {
    TrainingFault(
      "train.cardinality",
      "cardinality says \(wanted), and the data's categories have \(counts) levels",
      hint: "write auto, or \(counts)",
      field: "hyperparameters.cardinality"
    )
  }
}
