package import ColophonCore

/// Series in the order of time, and the places of the rows that are asked for.
///
/// What a forecaster reads in the place of a matrix: to forecast a row it needs the past of the
/// row's series, which stands in other rows.
package struct SeriesPanel: Hashable, Sendable {
  /// One series; its arrays have a number for each of its rows.
  package struct Series: Hashable, Sendable {
    package var name: String
    /// Rising; seconds since 1970 or plain numbers.
    package var times: [Double]
    /// The target; NaN where it is unknown.
    package var values: [Double]
    /// Rows × covariates.
    package var covariates: [Double]

    package init(name: String, times: [Double], values: [Double], covariates: [Double]) {
      self.name = name
      self.times = times
      self.values = values
      self.covariates = covariates
    }
  }

  /// Where a row stands.
  package struct Place: Hashable, Sendable {
    package var series: Int
    package var row: Int

    package init(series: Int, row: Int) {
      self.series = series
      self.row = row
    }
  }

  /// A column that is known beside the target.
  package struct Covariate: Hashable, Sendable, Codable {
    package var name: String
    /// The levels of a category, whose numbers are their positions (-1 for none of them); nil for a
    /// number.
    package var levels: [String]?

    package init(name: String, levels: [String]? = nil) {
      self.name = name
      self.levels = levels
    }
  }

  /// Whether times are moments of the calendar.
  package var isCalendar: Bool
  package var covariates: [Covariate]
  /// By name.
  package var series: [Series]
  /// Of each row that is asked for.
  package var places: [Place]

  package init(
    isCalendar: Bool,
    covariates: [Covariate] = [],
    series: [Series],
    places: [Place]
  ) {
    self.isCalendar = isCalendar
    self.covariates = covariates
    self.series = series
    self.places = places
  }

  /// All rows, series by series.
  package static func allPlaces(_ series: [Series]) -> [Place] {
    series.indices.flatMap { s in series[s].times.indices.map { Place(series: s, row: $0) } }
  }
}

extension SeriesPanel {
  /// Some rows of a dataset with what is known around them.
  ///
  /// - Parameters:
  ///   - dataset: Whose time orders the rows and whose group names their series.
  ///   - rows: The rows that are asked for.
  ///   - known: The rows beside them.
  ///   - encoding: How columns become covariates.
  /// - Throws: `DataFaults` where there are no times, or two rows of a series have one.
  package init(
    _ dataset: Dataset,
    rows: [Int],
    known: [Int],
    _ encoding: FeatureEncoding
  ) throws(DataFaults) {
    guard let column = dataset.time.flatMap({ dataset.table[$0] }), let times = column.numbers
    else { throw DataFaults(.noTimes) }
    let all = Set(known).union(rows).filter { !times[$0].isNaN }.sorted()
    let group = dataset.group.flatMap { dataset.table[$0] }
    func name(_ row: Int) -> String { group.flatMap { $0.text(row) } ?? "" }
    let matrix = try encoding.encode(dataset, rows: all)
    let encoded = Dictionary(uniqueKeysWithValues: zip(all, 0...))
    var values = [Double](repeating: .nan, count: all.count)
    if case .numbers(let numbers)? = dataset.labels(of: all) { values = numbers }
    let byName = Dictionary(grouping: all) { name($0) }
    var places: [Int: Place] = [:]
    var series: [Series] = []
    for name in byName.keys.sorted(by: scalarOrder) {
      let order = (byName[name] ?? []).sorted { (times[$0], $0) < (times[$1], $1) }
      for (a, b) in zip(order, order.dropFirst()) where times[a] == times[b] {
        throw DataFaults(.sameTime(column, a, b, series: name))
      }
      for (place, row) in order.enumerated() {
        places[row] = Place(series: series.count, row: place)
      }
      let own = order.compactMap { encoded[$0] }
      series.append(
        Series(
          name: name,
          times: order.map { times[$0] },
          values: own.map { values[$0] },
          covariates: own.flatMap { matrix.row($0) }
        )
      )
    }
    if let row = rows.first(where: { places[$0] == nil }) {
      throw DataFaults(.timeMissing(row, column.name))
    }
    self.init(
      isCalendar: column.type == .time && column.isCalendar,
      covariates: zip(matrix.names, encoding.parts).map {
        Covariate(name: $0, levels: $1.levels)
      },
      series: series,
      places: rows.compactMap { places[$0] }
    )
  }
}

extension DataFault {
  package static let noTimes = DataFault(
    "data.series",
    "forecasts need rows that have a time",
    hint: "name the dataset's 'time' column",
    field: "time"
  )

  static func sameTime(_ column: Column, _ a: Int, _ b: Int, series: String) -> DataFault {
    DataFault(
      "data.series",
      "the rows \(a + 1) and \(b + 1)\(series.isEmpty ? "" : " of the series '\(series)'") have one "
        + "time, \(column.text(a) ?? "")",
      hint: series.isEmpty
        ? "name the column that tells the series apart in the dataset's 'group'" : nil,
      field: "time"
    )
  }

  static func timeMissing(_ row: Int, _ column: String) -> DataFault {
    DataFault(
      "data.series",
      "row \(row + 1) has no time in '\(column)'",
      field: "time"
    )
  }
}
