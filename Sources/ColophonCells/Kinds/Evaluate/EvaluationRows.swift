import ColophonCore
import ColophonData
import ColophonEvaluation

/// Rows to evaluate, wherever their predictions come from.
struct EvaluationRows: Sendable {
  /// One column that rows are sliced by.
  struct Slicing: Sendable {
    var column: String
    /// The values, in their order, each with the positions of its rows in the cases.
    var values: [(label: String, rows: [Int])]
  }

  var cases: Cases
  /// Whether predictions are classes alone, without scores.
  var isHard: Bool
  /// The clusters' names, where the rows are clustered.
  var clusters: [String]
  var slicings: [Slicing]
  /// The names of the series that forecasts belong to.
  var series: [String] = []
  /// Of each series the values before the first forecast, where they are known.
  var pasts: [[Double]] = []
  /// The columns that values stand in, for messages.
  var columns: [InputProblem.Place: String]
  /// Where the rows come from, for the report: "the test split of 'churn'".
  var origin: String

  init(
    labels: Labels,
    predictions: Predictions,
    weights: [Double]?,
    classes: [String],
    queries: [Int32]? = nil,
    isHard: Bool = false,
    features: FeatureMatrix? = nil,
    clusters: [String] = [],
    forecasts: Forecasts? = nil,
    series: [String] = [],
    slices: [Column],
    at places: [Int]? = nil,
    columns: [InputProblem.Place: String],
    origin: String,
    field: (InputProblem.Place) -> String
  ) throws {
    do {
      cases = try Cases(
        labels: labels,
        predictions: predictions,
        weights: weights,
        classes: classes,
        queries: queries,
        features: features,
        forecasts: forecasts
      )
    } catch {
      throw CellFailure(
        "\(origin) can't be evaluated: "
          + error.problems.map { $0.text(classes: classes) { columns[$0] } }.joined(separator: "; "),
        field: error.problems.first.map { field($0.place) }
      )
    }
    guard cases.count > 0 else {
      throw CellFailure("\(origin) has no rows to evaluate", field: field(.rows))
    }
    self.isHard = isHard
    self.clusters = clusters
    self.series = series
    self.columns = columns
    self.origin = origin
    slicings = []
    for column in slices { slicings.append(try slicing(column, at: places)) }
  }

  /// Whether a metric can be asked of these predictions.
  func allows(_ metric: Metric) -> Bool {
    switch metric.need {
    case .labels, .numbers: true
    case .clusters: !metric.isQuadratic || cases.count <= Metric.quadraticLimit
    case .reference: hasReference
    case .scores: !isHard
    case .probabilities: !isHard && cases.probabilityProblem == nil
    }
  }

  /// Whether clusters have true classes beside them.
  var hasReference: Bool {
    if case .clusters(let cases) = cases.body { cases.labels != nil } else { false }
  }

  /// Throws where an author asks for a metric that these predictions can't give.
  func require(_ metric: Metric) throws {
    if metric.need == .reference, !hasReference {
      throw CellFailure(
        "'\(metric.name)' compares clusters with true labels, and \(origin) has none",
        hint: "name the label's column as the dataset's 'target', or as 'label'",
        field: "metrics"
      )
    }
    if isHard, metric.need == .scores || metric.need == .probabilities {
      throw CellFailure(
        "'\(metric.name)' needs scores or probabilities, and \(origin) has predicted labels alone",
        field: "metrics"
      )
    }
    if metric.need == .probabilities, let problem = cases.probabilityProblem {
      throw CellFailure(
        "'\(metric.name)' needs probabilities: "
          + problem.text(classes: cases.classes) { columns[$0] },
        field: "metrics"
      )
    }
  }

  /// The most values that a column may be sliced by.
  private static let most = 100

  /// `places` are the rows of the column's table; nil where it holds the given rows alone.
  private func slicing(_ column: Column, at places: [Int]?) throws -> Slicing {
    let origins = cases.origins ?? Array(0..<cases.count)
    var positions: [String: [Int]] = [:]
    for (position, row) in origins.enumerated() {
      positions[column.text(places?[row] ?? row) ?? "missing", default: []].append(position)
    }
    guard positions.count <= EvaluationRows.most else {
      throw CellFailure(
        "the column '\(column.name)' has \(positions.count) values, too many to slice by",
        hint: "slice by a column of at most \(EvaluationRows.most) values",
        field: "slices"
      )
    }
    let labels =
      column.type == .numeric ? numeric(positions.keys) : positions.keys.sorted(by: scalarOrder)
    return Slicing(
      column: column.name,
      values: labels.map { ($0, positions[$0] ?? []) }
    )
  }

  /// Labels of numbers in the numbers' order, what is missing last.
  private func numeric(_ labels: some Sequence<String>) -> [String] {
    let parser = DecimalParser()
    return labels.sorted { a, b in
      let (x, y) = (parser.parse(a) ?? .infinity, parser.parse(b) ?? .infinity)
      return x == y ? scalarOrder(a, b) : x < y
    }
  }
}
