import ColophonData

extension TrainingJob {
  /// The result of a job without rounds: its model, measured once on every split.
  func finished(
    _ model: any Model,
    rounds: Int = 1,
    notes: [TrainingNote] = [],
    observer: any TrainingObserver
  ) throws -> TrainingResult {
    let splits = filledSplits
    var history = MetricHistory(metrics: scorer.names, splits: splits)
    history.append(
      try splits.map { split in
        guard let rows = self.splits[split], !scorer.measures.isEmpty else { return [] }
        return try scorer.score(rows, model.predict(rows.features, threads: threads))
      }
    )
    try observer.roundEnded(TrainingProgress(round: 1, rounds: 1, reading: ""), metrics: history)
    return TrainingResult(
      model: model,
      history: history,
      rounds: rounds,
      keptRound: rounds,
      notes: notes
    )
  }
}
