import ColophonCore
import ColophonData

/// Gathers what is wrong with some rows: one problem of a kind, with its first row.
struct InputCheck {
  private(set) var problems: [InputProblem] = []
  private var places: [String: Int] = [:]

  /// Throws if anything was found.
  func finish() throws(InputProblems) {
    if !problems.isEmpty { throw InputProblems(problems) }
  }

  /// Counts a row's problem; the first of each kind keeps its message.
  mutating func found(
    _ kind: String,
    _ place: InputProblem.Place,
    row: Int?,
    _ message: @autoclosure () -> String
  ) {
    if let known = places[kind] {
      problems[known].count += 1
    } else {
      places[kind] = problems.count
      problems.append(InputProblem(place, row: row, message()))
    }
  }

  mutating func lengths(_ labels: Labels, _ predictions: Predictions, _ weights: [Double]?) {
    let rows = labels.count
    if let count = predictions.count {
      if count != rows {
        found("lengths", .rows, row: nil, "has \(rows) labels beside \(count) predictions")
      }
    } else {
      found("shape", .rows, row: nil, "has probabilities that don't fill whole rows")
    }
    if let weights, weights.count != rows {
      found("weights", .rows, row: nil, "has \(rows) labels beside \(weights.count) weights")
    }
    if rows >= 1 << 30 { found("size", .rows, row: nil, "has more than 2^30 rows") }
  }

  mutating func weights(_ weights: [Double]) {
    for row in weights.indices where !(weights[row] >= 0 && weights[row] < .infinity) {
      found("weight", .weight, row: row, "\(shortText(weights[row])) is not a number from 0 up")
    }
    if !weights.isEmpty, weights.allSatisfy({ $0 == 0 }) {
      found("zero", .rows, row: nil, "has weights that are all 0")
    }
  }

  /// The rows in the form that metrics take, or nil where something was found.
  mutating func body(
    _ labels: Labels,
    _ predictions: Predictions,
    classes: Int,
    _ features: FeatureMatrix?
  ) -> Cases.Body? {
    switch (labels, predictions) {
    case (.classes(let actual), .binary(let scores)):
      inRange(actual, below: 2)
      finite(scores, .score)
      return .binary(scores: scores, positives: actual.map { $0 == 1 })
    case (.classes(let actual), .multiclass(let probabilities, _)):
      inRange(actual, below: classes)
      self.probabilities(probabilities, width: classes)
      return .multiclass(probabilities: probabilities, actual: actual)
    case (.numbers(let actual), .regression(let predicted)),
      (.numbers(let actual), .forecasts(let predicted, _)):
      finite(actual, .label)
      finite(predicted, .prediction)
      return .regression(predicted: predicted, actual: actual)
    case (let labels, .clusters(let assigned, let count, let centres)):
      return clusters(labels, assigned, count, centres, classes: classes, features)
    default:
      found("kind", .rows, row: nil, "has labels and predictions of different tasks")
      return nil
    }
  }

  private mutating func clusters(
    _ labels: Labels,
    _ assigned: [Int32],
    _ count: Int,
    _ centres: [Double]?,
    classes: Int,
    _ features: FeatureMatrix?
  ) -> Cases.Body? {
    guard let features, features.rows == assigned.count, features.columns > 0 else {
      found("features", .rows, row: nil, "has clusters without the features of each row")
      return nil
    }
    for row in assigned.indices where assigned[row] < 0 || Int(assigned[row]) >= count {
      let isMissing = assigned[row] < 0
      found("cluster", .prediction, row: row, isMissing ? "is missing" : "is no known cluster")
    }
    finite(features)
    var truth: [Int32]?
    switch labels {
    case .absent: break
    case .classes(let actual):
      inRange(actual, below: classes)
      truth = actual
    case .numbers: found("kind", .rows, row: nil, "has numbers where classes belong")
    }
    return .clusters(
      ClusterCases(
        features,
        assigned: assigned,
        clusters: count,
        centres: centres,
        labels: truth
      )
    )
  }

  private mutating func finite(_ features: FeatureMatrix) {
    for (place, value) in features.values.enumerated() where !value.isFinite {
      let name = features.names[place % features.columns]
      found(
        "feature",
        .rows,
        row: place / features.columns,
        "has no finite number in '\(name)'"
      )
    }
  }

  /// A ranking's rows, or nil where something was found.
  mutating func ranking(
    _ labels: Labels,
    _ predictions: Predictions,
    _ queries: [Int32],
    _ weights: [Double]?
  ) -> Cases.Body? {
    guard case .numbers(let relevance) = labels, case .regression(let scores) = predictions,
      queries.count == scores.count
    else {
      found("kind", .rows, row: nil, "has labels and predictions of different tasks")
      return nil
    }
    finite(relevance, .label)
    for row in relevance.indices where relevance[row] < 0 {
      found("relevance", .label, row: row, "is \(shortText(relevance[row])), below 0")
    }
    finite(scores, .prediction)
    if let weights {
      var first: [Int32: Double] = [:]
      for row in queries.indices {
        let known = first[queries[row]] ?? weights[row]
        first[queries[row]] = known
        if known != weights[row] {
          found("query", .weight, row: row, "is another than that of its query's first row")
        }
      }
    }
    return .ranking(scores: scores, relevance: relevance, queries: queries)
  }

  mutating func forecasts(_ forecasts: Forecasts, rows: Int) {
    if forecasts.series.count != rows {
      found(
        "forecasts",
        .rows,
        row: nil,
        "has \(rows) labels beside \(forecasts.series.count) forecasts"
      )
      return
    }
    let width = forecasts.levels.count
    for (place, value) in forecasts.quantiles.enumerated() where !value.isFinite {
      let message = value.isNaN ? "is missing or not a number" : "is infinite"
      found("quantile", .quantile(place % width), row: place / width, message)
    }
  }

  private mutating func inRange(_ actual: [Int32], below bound: Int) {
    for row in actual.indices where actual[row] < 0 || Int(actual[row]) >= bound {
      let message = actual[row] < 0 ? "is missing" : "is none of the \(bound) classes"
      found("label", .label, row: row, message)
    }
  }

  private mutating func finite(_ values: [Double], _ place: InputProblem.Place) {
    for row in values.indices where !values[row].isFinite {
      found(
        "finite \(place)",
        place,
        row: row,
        values[row].isNaN ? "is missing or not a number" : "is infinite"
      )
    }
  }

  private mutating func probabilities(_ values: [Double], width: Int) {
    guard width > 0 else { return }
    for row in 0..<values.count / width {
      var sum = 0.0
      for k in 0..<width {
        let p = values[row * width + k]
        if !(p >= 0 && p <= 1) {
          found(
            "probability",
            .probability(k),
            row: row,
            "is \(shortText(p)), outside of 0 to 1"
          )
          sum = .nan
        }
        sum += p
      }
      if (sum - 1).magnitude > 1e-6 {
        found("sum", .rows, row: row, "has probabilities that sum to \(shortText(sum)), not 1")
      }
    }
  }
}

/// A number as messages show it.
func shortText(_ value: Double) -> String {
  value.isNaN ? "NaN" : value.isInfinite ? (value > 0 ? "infinite" : "-infinite") : "\(value)"
}

extension Labels {
  /// The number of rows.
  package var count: Int {
    switch self {
    case .classes(let values): values.count
    case .numbers(let values): values.count
    case .absent(let rows): rows
    }
  }
}

extension Predictions {
  /// The number of rows; nil where probabilities don't fill whole rows.
  package var count: Int? {
    switch self {
    case .binary(let scores): scores.count
    case .multiclass(let probabilities, let classes):
      classes > 0 && probabilities.count % classes == 0 ? probabilities.count / classes : nil
    case .regression(let values): values.count
    case .clusters(let values, _, _): values.count
    case .forecasts(let values, _): values.count
    }
  }
}
