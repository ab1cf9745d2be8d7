/// What a model says about some rows, in the rows' order.
package enum Predictions: Hashable, Sendable {
  /// The probability (or score) of the positive class for each row.
  case binary(scores: [Double])
  /// Row-major probabilities: rows × classes, in the dataset's order of classes.
  case multiclass(probabilities: [Double], classes: Int)
  /// The predicted number for each row; for rankings the score that a query's rows are sorted by.
  case regression([Double])
  /// The cluster of each row, from 0, and the clusters' centres (row-major: clusters × features)
  /// where they are known.
  case clusters([Int32], count: Int, centres: [Double]? = nil)
  /// The forecast number of each row, and what stands beside it.
  case forecasts([Double], Forecasts)
}

/// The true answers for some rows, in the rows' order.
package enum Labels: Hashable, Sendable {
  /// Positions in the dataset's classes; for binary tasks 1 is the positive class.
  case classes([Int32])
  /// Numbers to predict.
  case numbers([Double])
  /// No answers are known, as for clustering.
  case absent(rows: Int)
}
