package import ColophonData

/// The rows that metrics are computed from: true answers beside predictions, checked.
///
/// Rows of weight 0 are left out on the way in, so a weight of 0 equals no row everywhere, in the
/// order statistics as in the sums. What is costly and depends on the rows alone (orders, losses)
/// is computed once and shared by all metrics, thresholds and resamples.
package final class Cases: Sendable {
  /// Answers and predictions, each array in the rows' order.
  package enum Body: Sendable {
    case binary(scores: [Double], positives: [Bool])
    /// Row-major probabilities, rows × classes.
    case multiclass(probabilities: [Double], actual: [Int32])
    case regression(predicted: [Double], actual: [Double])
    case clusters(ClusterCases)
    /// Scores that order the rows of each query, and how relevant each row is.
    case ranking(scores: [Double], relevance: [Double], queries: [Int32])
  }

  package let body: Body
  /// The number of rows of a weight above 0.
  package let count: Int
  /// The labels in their order; for binary tasks [negative, positive].
  package let classes: [String]
  /// Each row's weight; nil where all weigh 1.
  package let weights: [Double]?
  /// For each row that is kept, which of the given rows it was; nil where all are kept.
  package let origins: [Int]?
  /// What forecasts say beside the regression's numbers; nil for all other tasks.
  package let forecasts: Forecasts?

  let scoreOrder = Memo<ScoreOrder>()
  let topClasses = Memo<TopClasses>()
  let logLosses = Memo<[Double]>()
  let binPlaces = Memo<BinPlaces>()
  let probabilityOrder = Memo<ScoreOrder>()
  let classOrders: [Memo<ScoreOrder>]
  let errorOrder = Memo<ScoreOrder>()
  let logErrors = Memo<LogErrors>()
  let rankOrders = Memo<RankOrders>()
  let rankedQueries = Memo<[RankedQuery]>()

  init(
    body: Body,
    count: Int,
    classes: [String],
    weights: [Double]?,
    origins: [Int]?,
    forecasts: Forecasts? = nil
  ) {
    self.forecasts = forecasts
    self.body = body
    self.count = count
    self.classes = classes
    self.weights = weights
    self.origins = origins
    if case .multiclass = body {
      classOrders = classes.map { _ in Memo() }
    } else {
      classOrders = []
    }
  }

  /// The task that the rows belong to.
  package var task: Task {
    switch body {
    case .binary: .binary
    case .multiclass: .multiclass
    case .regression: forecasts == nil ? .regression : .forecasting
    case .clusters: .clustering
    case .ranking: .ranking
    }
  }
}

extension Cases {
  /// Checks and takes up some rows.
  ///
  /// Refused, with the row: numbers that are not finite, labels outside the classes, probabilities
  /// of several classes outside [0, 1] or not summing to 1 within 1e-6, negative weights; and
  /// weights that are all zero. A binary score may be any finite number; metrics that need a
  /// probability check for one with `probabilityProblem`.
  ///
  /// Without `classes` they are called by their positions; without `weights` all rows weigh 1. With
  /// `queries`, one number a row and equal within a query, the rows are those of a ranking, whose
  /// labels say how relevant each is (0 or more) and whose weights belong to whole queries.
  /// Clusters need the `features` that they were made of. With `forecasts` the numbers are those of
  /// a forecast.
  package convenience init(
    labels: Labels,
    predictions: Predictions,
    weights: [Double]? = nil,
    classes: [String] = [],
    queries: [Int32]? = nil,
    features: FeatureMatrix? = nil,
    forecasts: Forecasts? = nil
  ) throws(InputProblems) {
    var check = InputCheck()
    check.lengths(labels, predictions, weights)
    try check.finish()
    if let weights { check.weights(weights) }
    var forecasts = forecasts
    if forecasts == nil, case .forecasts(_, let own) = predictions { forecasts = own }
    let names = Cases.names(classes, for: predictions)
    let body =
      queries.map { check.ranking(labels, predictions, $0, weights) }
      ?? check.body(labels, predictions, classes: names.count, features)
    if let forecasts { check.forecasts(forecasts, rows: labels.count) }
    try check.finish()
    guard let body else { throw InputProblems([]) }
    guard let weights else {
      self.init(
        body: body,
        count: body.count,
        classes: names,
        weights: nil,
        origins: nil,
        forecasts: forecasts
      )
      return
    }
    guard weights.contains(0) else {
      self.init(
        body: body,
        count: body.count,
        classes: names,
        weights: weights,
        origins: nil,
        forecasts: forecasts
      )
      return
    }
    let kept = weights.indices.filter { weights[$0] != 0 }
    self.init(
      body: body.rows(kept),
      count: kept.count,
      classes: names,
      weights: kept.map { weights[$0] },
      origins: kept,
      forecasts: forecasts?.rows(kept)
    )
  }

  private static func names(_ classes: [String], for predictions: Predictions) -> [String] {
    switch predictions {
    case .binary: classes.count == 2 ? classes : ["negative", "positive"]
    case .multiclass(_, let count):
      classes.count == count ? classes : (0..<max(count, 0)).map { String($0) }
    case .regression, .forecasts: []
    case .clusters: classes
    }
  }

  /// The first score that is no probability, for binary rows.
  package var probabilityProblem: InputProblem? {
    guard case .binary(let scores, _) = body else { return nil }
    var first: Int?
    var count = 0
    for row in scores.indices where !(0...1).contains(scores[row]) {
      first = first ?? row
      count += 1
    }
    guard let first else { return nil }
    return InputProblem(
      .score,
      row: origins?[first] ?? first,
      count: count,
      "\(shortText(scores[first])) is no probability from 0 to 1"
    )
  }

  /// The rows at some positions, as cases of their own.
  package func rows(_ positions: [Int]) -> Cases {
    Cases(
      body: body.rows(positions),
      count: positions.count,
      classes: classes,
      weights: weights.map { all in positions.map { all[$0] } },
      origins: positions.map { origins?[$0] ?? $0 },
      forecasts: forecasts?.rows(positions)
    )
  }
}

extension Cases.Body {
  var count: Int {
    switch self {
    case .binary(let scores, _): scores.count
    case .multiclass(_, let actual): actual.count
    case .regression(let predicted, _): predicted.count
    case .clusters(let cases): cases.assigned.count
    case .ranking(let scores, _, _): scores.count
    }
  }

  func rows(_ kept: [Int]) -> Cases.Body {
    switch self {
    case .binary(let scores, let positives):
      return .binary(scores: kept.map { scores[$0] }, positives: kept.map { positives[$0] })
    case .multiclass(let probabilities, let actual):
      let width = actual.isEmpty ? 0 : probabilities.count / actual.count
      return .multiclass(
        probabilities: kept.flatMap { probabilities[$0 * width..<($0 + 1) * width] },
        actual: kept.map { actual[$0] }
      )
    case .regression(let predicted, let actual):
      return .regression(predicted: kept.map { predicted[$0] }, actual: kept.map { actual[$0] })
    case .clusters(let cases): return .clusters(cases.rows(kept))
    case .ranking(let scores, let relevance, let queries):
      return .ranking(
        scores: kept.map { scores[$0] },
        relevance: kept.map { relevance[$0] },
        queries: kept.map { queries[$0] }
      )
    }
  }
}
