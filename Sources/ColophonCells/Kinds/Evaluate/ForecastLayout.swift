import ColophonCore
import ColophonData
import ColophonEvaluation

/// Rows as series in the order of time.
struct ForecastLayout {
  /// The series' names, in their order; one without a name where there is no column of them.
  let names: [String]
  /// The series of each row, and its place there.
  private let series: [Int32]
  private let steps: [Int32]
  private var scales: [Double]?

  /// The rows of a table by its columns of series and times; rows of equal time stay as they stand.
  init(_ rows: [Int], series column: Column?, time: Column?) {
    let texts = rows.map { row in column.flatMap { $0.text(row) } ?? "" }
    let names = Set(texts).sorted(by: scalarOrder)
    let places = Dictionary(uniqueKeysWithValues: zip(names, Int32(0)...))
    self.names = names
    series = texts.map { places[$0] ?? 0 }
    steps = ForecastLayout.steps(rows, series, time)
  }

  private static func steps(_ rows: [Int], _ series: [Int32], _ time: Column?) -> [Int32] {
    let order = rows.indices.sorted { a, b in
      guard let time else { return a < b }
      if let numbers = time.numbers {
        let (x, y) = (numbers[rows[a]], numbers[rows[b]])
        return x == y ? a < b : x < y
      }
      let (x, y) = (time.text(rows[a]) ?? "", time.text(rows[b]) ?? "")
      return x == y ? a < b : scalarOrder(x, y)
    }
    var next: [Int32: Int32] = [:]
    var steps = [Int32](repeating: 0, count: rows.count)
    for row in order {
      steps[row] = next[series[row], default: 0]
      next[series[row], default: 0] += 1
    }
    return steps
  }

  /// The values of each series in the order of time.
  func values(_ values: [Double]) -> [String: [Double]] {
    let order = values.indices.sorted { (series[$0], steps[$0]) < (series[$1], steps[$1]) }
    var result: [String: [Double]] = [:]
    for row in order { result[names[Int(series[row])], default: []].append(values[row]) }
    return result
  }

  /// Takes the seasonal naive errors of the series' pasts as what errors are measured by.
  mutating func scale(by past: [String: [Double]], season: Int) {
    let errors = names.map { name in
      past[name].flatMap { SeasonalNaive.error($0, season: season) } ?? .nan
    }
    scales = series.map { errors[Int($0)] }
  }

  func forecasts(levels: [Double] = [], quantiles: [Double] = []) -> Forecasts {
    Forecasts(
      levels: levels,
      quantiles: quantiles,
      series: series,
      steps: steps,
      scales: scales
    )
  }
}

extension ForecastLayout {
  /// The forecasts with what a model says beside its numbers.
  func forecasts(beside predictions: Predictions) -> Forecasts {
    guard case .forecasts(_, let own) = predictions else { return forecasts() }
    return forecasts(levels: own.levels, quantiles: own.quantiles)
  }

  /// Of each series the known values before some rows, in the order of time.
  func pasts(_ dataset: Dataset, _ rows: [Int]) -> [[Double]] {
    guard let times = dataset.time.flatMap({ dataset.table[$0] })?.numbers else { return [] }
    let group = dataset.group.flatMap { dataset.table[$0] }
    func name(_ row: Int) -> String { group.flatMap { $0.text(row) } ?? "" }
    var starts: [String: Double] = [:]
    for row in rows { starts[name(row)] = min(starts[name(row)] ?? .infinity, times[row]) }
    let earlier = dataset.splits.indices.filter { row in
      dataset.splits[row] != nil && times[row] < starts[name(row)] ?? -.infinity
    }
    guard case .numbers(let values)? = dataset.labels(of: earlier) else { return [] }
    let all = ForecastLayout(
      earlier,
      series: group,
      time: dataset.time.flatMap { dataset.table[$0] }
    ).values(values)
    return names.map { all[$0] ?? [] }
  }

  /// Some rows of a dataset, measured by its training rows.
  init(_ dataset: Dataset, _ rows: [Int], season: Int) {
    let group = dataset.group.flatMap { dataset.table[$0] }
    let time = dataset.time.flatMap { dataset.table[$0] }
    self.init(rows, series: group, time: time)
    let train = dataset.rows(of: .train)
    guard case .numbers(let values)? = dataset.labels(of: train) else { return }
    scale(
      by: ForecastLayout(train, series: group, time: time).values(values),
      season: season
    )
  }
}
