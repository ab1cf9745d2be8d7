import ColophonData
import ColophonEvaluation

/// The generator that the script of the fixture uses too, so that rows need not be stored.
struct Congruential {
  var state: UInt64

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }
}

/// Rows as metrics take them.
struct Rows: Sendable {
  var labels: Labels
  var predictions: Predictions
  var weights: [Double]?
  var classes: [String]
  /// What clusters were made of.
  var features: FeatureMatrix?

  func cases() throws -> Cases {
    try Cases(
      labels: labels,
      predictions: predictions,
      weights: weights,
      classes: classes,
      features: features
    )
  }

  /// The rows at some positions, in that order.
  func picked(_ rows: [Int], weights: [Double]? = nil) -> Rows {
    var picked = self
    switch labels {
    case .classes(let values): picked.labels = .classes(rows.map { values[$0] })
    case .numbers(let values): picked.labels = .numbers(rows.map { values[$0] })
    case .absent: picked.labels = .absent(rows: rows.count)
    }
    switch predictions {
    case .binary(let scores): picked.predictions = .binary(scores: rows.map { scores[$0] })
    case .regression(let values): picked.predictions = .regression(rows.map { values[$0] })
    case .forecasts(let values, let beside):
      picked.predictions = .forecasts(rows.map { values[$0] }, beside.rows(rows))
    case .clusters(let values, let count, let centres):
      picked.predictions = .clusters(rows.map { values[$0] }, count: count, centres: centres)
    case .multiclass(let p, let k):
      picked.predictions = .multiclass(
        probabilities: rows.flatMap { p[$0 * k..<($0 + 1) * k] },
        classes: k
      )
    }
    picked.features = features.map { all in
      FeatureMatrix(
        names: all.names,
        rows: rows.count,
        values: rows.flatMap { Array(all.row($0)) }
      )
    }
    picked.weights = weights ?? self.weights.map { all in rows.map { all[$0] } }
    return picked
  }
}

/// Rows of a binary task; `levels` above 0 makes ties.
func binaryRows(
  _ seed: UInt64,
  _ count: Int,
  share: Double,
  levels: Double = 0,
  weighted: Bool = false
) -> Rows {
  var u = Congruential(state: seed)
  var (labels, scores, weights): ([Int32], [Double], [Double]) = ([], [], [])
  for _ in 0..<count {
    let label: Int32 = u.next() < share ? 1 : 0
    var score = 0.25 * Double(label) + 0.7 * u.next() + 0.02
    if levels > 0 { score = ((score * levels).rounded(.down) + 0.5) / levels }
    labels.append(label)
    scores.append(score)
    weights.append(weighted ? 0.5 * (u.next() * 4).rounded(.down) : 1)
  }
  return Rows(
    labels: .classes(labels),
    predictions: .binary(scores: scores),
    weights: weighted ? weights : nil,
    classes: ["no", "yes"]
  )
}

/// Rows of a task with several classes; `levels` above 0 makes ties.
func classRows(
  _ seed: UInt64,
  _ count: Int,
  classes: Int,
  levels: Double = 0,
  weighted: Bool = false
) -> Rows {
  var u = Congruential(state: seed)
  var (labels, probabilities, weights): ([Int32], [Double], [Double]) = ([], [], [])
  for _ in 0..<count {
    let label = min(Int(u.next() * Double(classes)), classes - 1)
    var raw: [Double] = []
    for c in 0..<classes { raw.append(u.next() + (c == label ? 0.6 : 0)) }
    if levels > 0 { raw = raw.map { ($0 * levels).rounded(.down) + 1 } }
    let total = raw.reduce(0, +)
    labels.append(Int32(label))
    probabilities += raw.map { $0 / total }
    weights.append(weighted ? 0.5 * (u.next() * 4).rounded(.down) : 1)
  }
  return Rows(
    labels: .classes(labels),
    predictions: .multiclass(probabilities: probabilities, classes: classes),
    weights: weighted ? weights : nil,
    classes: (0..<classes).map { "c\($0)" }
  )
}

/// Rows of a regression; `levels` above 0 makes ties.
func numberRows(
  _ seed: UInt64,
  _ count: Int,
  from low: Double,
  levels: Double = 0,
  weighted: Bool = false
) -> Rows {
  var u = Congruential(state: seed)
  var (labels, values, weights): ([Double], [Double], [Double]) = ([], [], [])
  for _ in 0..<count {
    var actual = 10 * u.next() + low
    var predicted = actual + 3 * (u.next() - 0.45)
    if levels > 0 {
      actual = (actual * levels).rounded(.towardZero) / levels
      predicted = (predicted * levels).rounded(.towardZero) / levels
    }
    labels.append(actual)
    values.append(predicted)
    weights.append(weighted ? 0.5 * (u.next() * 4).rounded(.down) : 1)
  }
  return Rows(
    labels: .numbers(labels),
    predictions: .regression(values),
    weights: weighted ? weights : nil,
    classes: []
  )
}

/// Rows of two features in four overlapping clusters, with three classes beside them.
func clusterRows(_ seed: UInt64, _ count: Int) -> Rows {
  var u = Congruential(state: seed)
  var (labels, assigned, values): ([Int32], [Int32], [Double]) = ([], [], [])
  for _ in 0..<count {
    let cluster = Int32(u.next() * 4)
    assigned.append(cluster)
    labels.append(u.next() < 0.3 ? Int32(u.next() * 3) : cluster % 3)
    values.append(Double(cluster) + 1.5 * u.next())
    values.append(2 * u.next() - Double(cluster % 2))
  }
  return Rows(
    labels: .classes(labels),
    predictions: .clusters(assigned, count: 4),
    weights: nil,
    classes: ["c0", "c1", "c2"],
    features: FeatureMatrix(names: ["x", "y"], rows: count, values: values)
  )
}

/// Rows of a score that tells nothing.
func constantRows(_ count: Int) -> Rows {
  Rows(
    labels: .classes((0..<count).map { Int32($0 % 4 == 0 ? 1 : 0) }),
    predictions: .binary(scores: Array(repeating: 0.5, count: count)),
    weights: nil,
    classes: ["no", "yes"]
  )
}

/// Rows of a score that tells everything.
func apartRows(_ count: Int) -> Rows {
  let labels = (0..<count).map { Int32($0 % 3 == 0 ? 1 : 0) }
  let scores = (0..<count).map { row -> Double in
    let level: Double = labels[row] == 1 ? 0.9 : 0.1
    return level + 0.05 * Double(row % 2)
  }
  return Rows(
    labels: .classes(labels),
    predictions: .binary(scores: scores),
    weights: nil,
    classes: ["no", "yes"]
  )
}

extension Rows {
  /// The same rows with other predictions, made of the true numbers.
  func predicting(_ value: (Double) -> Double) -> Rows {
    var rows = self
    if case .numbers(let actual) = labels { rows.predictions = .regression(actual.map(value)) }
    return rows
  }
}

/// Forecasts of series that repeat after four steps, with three quantiles.
struct ForecastRows: Sendable {
  private(set) var actual: [Double] = []
  private(set) var predicted: [Double] = []
  private(set) var quantiles: [Double] = []
  private(set) var series: [Int32] = []
  private(set) var steps: [Int32] = []
  private(set) var scales: [Double] = []
  private(set) var weights: [Double]?

  init(
    _ seed: UInt64,
    series count: Int,
    steps: Int,
    past: Int,
    season: Int,
    weighted: Bool = false
  ) {
    var u = Congruential(state: seed)
    var drawn: [Double] = []
    for place in 0..<count {
      let level = 10 * Double(place + 1)
      func value(_ step: Int) -> Double {
        let season = Double(step % 4)
        return level + 3 * season + 2 * u.next()
      }
      let history = (0..<past).map { value($0) }
      let scale = SeasonalNaive.error(history, season: season) ?? .nan
      for step in 0..<steps {
        actual.append(value(past + step))
        let middle = value(past + step)
        let width = 0.5 + u.next()
        predicted.append(middle)
        quantiles.append(middle - width)
        quantiles.append(middle)
        quantiles.append(middle + 1.5 * width)
        drawn.append(0.5 * (u.next() * 4).rounded(.down))
        series.append(Int32(place))
        self.steps.append(Int32(step))
        scales.append(scale)
      }
    }
    weights = weighted ? drawn : nil
  }

  func cases() throws -> Cases {
    try Cases(
      labels: .numbers(actual),
      predictions: .regression(predicted),
      weights: weights,
      forecasts: Forecasts(
        levels: [0.1, 0.5, 0.9],
        quantiles: quantiles,
        series: series,
        steps: steps,
        scales: scales
      )
    )
  }
}
