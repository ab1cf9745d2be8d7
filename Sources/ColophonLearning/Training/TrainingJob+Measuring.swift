extension TrainingJob {
  /// The metrics of a model that was made in one go: a history of one round.
  func measured(_ model: some Model) throws -> MetricHistory {
    let splits = filledSplits
    var history = MetricHistory(metrics: scorer.names, splits: splits)
    history.append(
      try splits.map { split in
        guard let rows = self.splits[split] else { return [] }
        return try scorer.score(rows, model.predict(rows.features))
      }
    )
    return history
  }
}
