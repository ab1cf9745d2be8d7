package import ColophonData
package import ColophonEvaluation

/// What one fold came to.
package struct FoldOutcome: Sendable {
  /// Rows that were learned from, as the preparation left them.
  package var trainRows: Int
  /// Rows that early stopping watched.
  package var watchedRows: Int
  package var heldRows: Int
  package var result: TrainingResult
  package var rules: [RuleReport]
  /// What the fold's model says of its held-out rows, ascending.
  package var predictions: Predictions
  /// The metrics of the held-out rows; nil where undefined.
  package var scores: [Double?]
}

/// What cross-validation came to.
package struct CrossValidationResult: Sendable {
  /// A metric over the folds.
  package struct Summary: Hashable, Sendable {
    package var metric: String
    /// By fold; nil where the metric is undefined.
    package var folds: [Double?]
    /// The mean of the folds where it is defined, added in the folds' order.
    package var mean: Double?
    /// The sample standard deviation of those folds (divided by one less than their number); nil
    /// for fewer than two.
    package var deviation: Double?
    /// The metric of all held-out rows taken together; nil where undefined.
    package var pooled: Double?
  }

  package let folds: [FoldOutcome]
  /// One for each metric, in their order.
  package let summaries: [Summary]
  /// What was predicted of every row that some fold held out.
  package let outOfFold: OutOfFoldPredictions

  init(_ folds: [FoldOutcome], metrics: [Metric], labels dataset: Dataset, held: [[Int]]) {
    self.folds = folds
    let outOfFold = OutOfFoldPredictions(dataset, held: held, folds.map { $0.predictions })
    self.outOfFold = outOfFold
    let weights = dataset.weights(of: outOfFold.rows)
    summaries = metrics.indices.map { place in
      let pooled = metrics[place].value(
        labels: outOfFold.labels,
        predictions: outOfFold.predictions,
        weights: weights,
        classes: dataset.classes
      )
      return Summary(metrics[place].name, folds.map { $0.scores[place] }, pooled: pooled)
    }
  }
}

extension CrossValidationResult.Summary {
  package init(_ metric: String, _ folds: [Double?], pooled: Double?) {
    self.metric = metric
    self.folds = folds
    self.pooled = pooled
    let known = folds.compactMap { $0 }
    guard !known.isEmpty else {
      (mean, deviation) = (nil, nil)
      return
    }
    let mean = known.reduce(0, +) / Double(known.count)
    self.mean = mean
    let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation = known.count > 1 ? (squares / Double(known.count - 1)).squareRoot() : nil
  }
}
