import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import Testing

/// Ends a job from outside after a round.
private struct Stop: TrainingInterruption { var leavesTime: Bool }

private struct StopAfter: TrainingObserver {
  var round: Int
  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws {
    if progress.round == round { throw Stop(leavesTime: true) }
  }
}

@Suite struct DeepARForecasts {
  private func train(
    _ dataset: Dataset,
    _ more: [String: Value] = [:],
    observer: any TrainingObserver = SilentObserver(),
    keeper: (any CheckpointKeeper)? = nil,
    early: EarlyStopping? = nil
  ) throws -> Trainer.Outcome {
    var trainer = try ForecastRows.trainer("deepar", more)
    trainer.earlyStopping = early
    return try trainer.train(
      dataset,
      content: nil,
      in: ForecastRows.surroundings(observer: observer, keeper: keeper)
    )
  }

  @Test func endsInTheSameBytesHoweverOftenItIsInterrupted() throws {
    let dataset = ForecastRows.dataset()
    let early = EarlyStopping(split: .validation, metric: "wql", patience: 5)
    let more: [String: Value] = ["epochs": 6, "dropout_rate": 0.2]
    let expected = try train(dataset, more, early: early)
    let keeper = MemoryKeeper(every: 1_000_000)
    for round in 1...5 {
      #expect(throws: Stop.self) {
        try train(
          dataset,
          more,
          observer: StopAfter(round: round),
          keeper: keeper,
          early: early
        )
      }
    }
    let resumed = try train(dataset, more, keeper: keeper, early: early)
    #expect(try resumed.trained.encoded() == expected.trained.encoded())
    #expect(resumed.result.history == expected.result.history)
  }

  /// Learned well enough, it follows season and growth, which the last value does not.
  @Test(arguments: ["student-T", "gaussian", "negative-binomial"], ["lstm", "gru"])
  func beatsTheNaiveForecast(likelihood: String, cell: String) throws {
    let dataset = ForecastRows.dataset(steps: 72, counts: true)
    let more: [String: Value] = [
      "epochs": 30, "num_cells": 12, "num_layers": 1, "learning_rate": 0.02, "dropout_rate": 0,
      "likelihood": .string(likelihood), "cell_type": .string(cell), "num_eval_samples": 50,
      "weighted_sampling": false, "windows_per_epoch": 48,
    ]
    let naive = try ForecastRows.trainer("naive").train(
      dataset,
      content: nil,
      in: ForecastRows.surroundings()
    )
    let own = try train(dataset, more)
    let (mine, theirs) = (try need(own.scores[.test]?[0]), try need(naive.scores[.test]?[0]))
    #expect(mine < 0.7 * theirs, "wql \(mine) beside \(theirs)")
    let losses = try need(own.result.history.rounds.first)
    #expect(!losses.isEmpty)
  }

  @Test func takesCategoriesAsItIsTold() throws {
    let dataset = ForecastRows.dataset()
    let ignoring = try train(dataset, ["cardinality": "ignore"])
    let usual = try train(dataset)
    // Three series of three numbers each, and three numbers more at the first layer's four gates.
    #expect(
      usual.trained.model.parameterCount
        == ignoring.trained.model.parameterCount + 9 + 3 * 4 * 6
    )
    #expect(throws: TrainingFault.self) { try train(dataset, ["cardinality": [7]]) }
  }

  @Test func refusesValuesThatItsLikelihoodCannotGive() throws {
    let fault = #expect(throws: TrainingFault.self) {
      try train(ForecastRows.dataset(), ["likelihood": "negative-binomial"])
    }
    #expect(fault?.code == "train.series")
    #expect(fault?.message.contains("whole numbers") == true)
    #expect(throws: TrainingFault.self) {
      try train(ForecastRows.dataset(), ["prediction_length": 60])
    }
  }

  @Test func goesOnFromAModelOfTheSameShape() throws {
    let dataset = ForecastRows.dataset()
    let first = try train(dataset)
    var trainer = try ForecastRows.trainer("deepar")
    trainer.initial = first.trained
    let next = try trainer.train(dataset, content: nil, in: ForecastRows.surroundings())
    #expect(try next.trained.encoded() != first.trained.encoded())
    var wider = try ForecastRows.trainer("deepar", ["num_cells": 7])
    wider.initial = first.trained
    #expect(throws: TrainingFault.self) {
      try wider.train(dataset, content: nil, in: ForecastRows.surroundings())
    }
  }

  /// Every epoch tells of its layers, and a rule that looks inside may watch.
  @Test func tellsOfItsTensors() throws {
    let result = try train(ForecastRows.dataset(), ["epochs": 3]).result
    let grids = result.figures.compactMap { if case .grid(let grid) = $0 { grid } else { nil } }
    #expect(grids.first?.rows.contains("lstm_1.weight_hh_l0") == true, "\(grids.map(\.rows))")
    #expect(grids.first?.columns == ["1", "2", "3"])
    #expect(DeepAR.hasTensors)
  }

  @Test func hasItsWeightsAsModules() throws {
    let model = try train(ForecastRows.dataset()).trained
    let weights = try PortableWeights(file: SafetensorsFormat.file(of: model).bytes)
    // Gates × inputs, as PyTorch's modules have them.
    #expect(weights.tensors["lstm_2.weight_ih_l0"]?.shape == [24, 6])
    #expect(weights.tensors["categories.weight_0"]?.shape == [3, 3])
  }
}
