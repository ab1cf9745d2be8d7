import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// A bagging job interrupted at any round and restored ends in the same bytes.
@Suite struct BaggingResume {
  @Test(arguments: 1...5)
  func endsInTheSameBytesWhereverItWasStopped(stop: Int) throws {
    let data = try SampleData("cancer")
    let bagging = recipe(
      Bagging.self,
      [
        "estimator": ["algorithm": "xgboost", "hyperparameters": ["num_round": 2]],
        "n_estimators": 6, "oob_score": true, "max_features": 0.5,
      ]
    )
    let whole = try bagging.fit(data.job(.binary), observer: SilentObserver())
    var first = try BaggingLearner(bagging, data.job(.binary, threads: 4))
    for round in 1...stop { try first.train(round: round) }
    let kept = try first.checkpoint()
    var second = try BaggingLearner(bagging, data.job(.binary, threads: 2))
    // What was trained before the restore must not show.
    try second.train(round: 1)
    try second.restore(kept)
    #expect(try second.checkpoint() == kept)
    for round in stop + 1...6 { try second.train(round: round) }
    #expect(try second.model(rounds: 6).encoded() == whole.model.encoded())
    #expect(
      try second.outOfBag?.history.last
        == first.outOfBag.map { _ in try need(whole.values["oob"]?["log_loss"]?.asNumber) }.map {
          [$0, whole.values["oob"]?["roc_auc"]?.asNumber]
        }
    )
  }
}
