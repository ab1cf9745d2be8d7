import ColophonCore
import ColophonData

/// What a table of predictions says of forecasts: which series a row belongs to, when it is, and
/// where the past stands.
struct ForecastColumns: Sendable {
  /// The column of series; without it all rows are of one.
  var series: Located<String>?
  /// The column of times; without it a series' rows follow each other as they stand.
  var time: Located<String>?
  /// A file of the training rows, with the columns of labels, series and times.
  var history: Located<String>?

  init() {}

  init(reading fields: inout FieldReader) {
    series = fields.string(
      "series",
      "Of forecasts, the column of series; by default all rows are of one."
    )
    time = fields.string(
      "time",
      "Of forecasts, the column of times; by default a series' rows follow each other as they stand."
    )
    history = fields.file(
      "history",
      "Of forecasts, a file of the training rows with the same label, series and time columns, which "
        + "`mase` measures by."
    )
  }

  /// Reports what only forecasts have, for predictions that are none.
  func refuse(_ fields: inout FieldReader) {
    for name in ["series", "time", "history"] where fields.has(name) {
      fields.report(.onlyOfForecasts(name, at: fields.position(of: name)))
    }
  }

  /// The columns that must be there.
  var named: [Located<String>] { [series, time].compactMap { $0 } }
}

extension PredictionsFile {
  /// `quantiles: {0.1: low, 0.5: middle, 0.9: high}`, by rising level.
  static func quantiles(
    _ fields: inout FieldReader
  ) -> [(level: Double, column: Located<String>)] {
    var seen: Set<Double> = []
    let read = fields.map(
      "quantiles",
      of: .string,
      "Of forecasts, for each level between 0 and 1 the column of its quantile."
    ) { fields, entry -> (level: Double, column: Located<String>)? in
      guard let level = DecimalParser().parse(entry.key), level > 0, level < 1,
        seen.insert(level).inserted
      else {
        fields.report(.quantileLevel(entry))
        return nil
      }
      guard entry.value.isScalar, !entry.value.text.isEmpty else {
        fields.report(
          .wrongType("quantiles", expected: "the name of a column", found: entry.value)
        )
        return nil
      }
      return (level, Located(entry.value.text, at: entry.value.position))
    }
    let levels = read.map { $0.value }.sorted { $0.level < $1.level }
    let hasMedian = levels.contains { $0.level == 0.5 }
    if !levels.isEmpty, !hasMedian, !fields.has("prediction") {
      fields.report(.noPointForecast(at: fields.position(of: "quantiles")))
    }
    return levels
  }

  /// A prediction that is a forecast, by its task or its past.
  static func forecasts(_ form: Form?, _ columns: ForecastColumns, _ task: Task?) -> Form? {
    guard case .prediction(let column) = form,
      task == .forecasting || task == nil && columns.history != nil
    else { return form }
    return .forecasts(point: column, quantiles: [])
  }
}
