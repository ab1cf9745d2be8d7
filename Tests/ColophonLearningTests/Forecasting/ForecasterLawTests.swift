import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import Testing

/// What holds for every algorithm that forecasts.
@Suite struct EveryForecaster {
  static let names = algorithms.members.filter { $0.reads == .series }.map { $0.name }

  private func train(
    _ name: String,
    _ dataset: Dataset = ForecastRows.dataset(),
    _ more: [String: Value] = [:],
    threads: Int = 1
  ) throws -> Trainer.Outcome {
    try ForecastRows.trainer(name, more).train(
      dataset,
      content: nil,
      in: ForecastRows.surroundings(threads: threads)
    )
  }

  private func test(_ model: TrainedModel, _ dataset: Dataset) throws -> (
    numbers: [Double], beside: Forecasts
  ) {
    guard
      case .forecasts(let numbers, let beside) = try model.predict(
        dataset,
        rows: dataset.rows(of: .test)
      )
    else { throw TrainingFault("test", "no forecasts") }
    return (numbers, beside)
  }

  @Test func thereAreFour() { #expect(Self.names.count == 4) }

  @Test(arguments: names)
  func makesTheSameBytesOnAnyNumberOfThreadsAndReadsThemBack(name: String) throws {
    let dataset = ForecastRows.dataset()
    let first = try train(name)
    let bytes = try first.trained.encoded()
    #expect(try train(name, threads: 4).trained.encoded() == bytes)
    let again = try TrainedModel(decoding: bytes)
    #expect(try again.encoded() == bytes)
    #expect(try test(again, dataset) == test(first.trained, dataset))
    let features = try again.features(of: dataset, rows: dataset.rows(of: .test))
    #expect(
      try again.model.predict(features, threads: 3) == first.trained.model.predict(features)
    )
  }

  /// What comes later must not tell of what came before: values of a block and after it are changed.
  @Test(arguments: names)
  func neverLooksAhead(name: String) throws {
    let dataset = ForecastRows.dataset()
    let model = try train(name).trained
    let (numbers, beside) = try test(model, dataset)
    var changed = dataset
    guard case .numbers(var values) = changed.table.columns[3].storage else { return }
    let times = try need(dataset.table["month"]?.numbers)
    let start = Double(TimeFrequency(.month).start(of: ForecastRows.origin + 54))
    // The second block of the test rows begins at step 54.
    for row in values.indices where times[row] >= start { values[row] = 1e5 }
    changed.table.columns[3].storage = .numbers(values)
    let after = try test(model, changed)
    #expect(numbers == after.numbers)
    #expect(beside.quantiles == after.beside.quantiles)
    // And what came before is looked at.
    for row in values.indices where times[row] < start { values[row] += 40 }
    changed.table.columns[3].storage = .numbers(values)
    #expect(try numbers != test(model, changed).numbers)
  }

  /// What is forecast of a series hangs on that series alone, once the model is made.
  @Test(arguments: names)
  func forecastsASeriesTheSameAloneAndAmongOthers(name: String) throws {
    let dataset = ForecastRows.dataset()
    let model = try train(name).trained
    let shop = try need(dataset.table["shop"])
    let rows = dataset.rows(of: .test)
    let alone = rows.filter { shop.text($0) == "s1" }
    guard case .forecasts(let all, _) = try model.predict(dataset, rows: rows),
      case .forecasts(let own, _) = try model.predict(dataset, rows: alone)
    else { return }
    let among = rows.indices.filter { alone.contains(rows[$0]) }.map { all[$0] }
    #expect(own == among)
  }

  @Test(arguments: names)
  func quantilesRiseAndHoldTheForecast(name: String) throws {
    let dataset = ForecastRows.dataset(leaving: 20...23)
    let (numbers, beside) = try test(train(name, dataset).trained, dataset)
    #expect(numbers.count == 36 && beside.levels.count == 9)
    for row in numbers.indices {
      let own = (0..<9).map { beside.quantile(row, $0) }
      #expect(own == own.sorted())
      #expect((own[4] - numbers[row]).magnitude <= 1e-9 * numbers[row].magnitude)
    }
    #expect(Set(beside.steps).count == 12 && Set(beside.series).count == 3)
  }

  @Test(arguments: names)
  func measuresItselfOnEverySplit(name: String) throws {
    let outcome = try train(name)
    for split in Split.allCases {
      let scores = try need(outcome.scores[split])
      #expect(scores.allSatisfy { $0?.isFinite == true }, "\(split)")
    }
    // Of the training rows all count, and the last block of each series is measured.
    #expect(outcome.rowCounts[.train] == 3 * 42)
  }

  @Test(arguments: names)
  func saysWhatIsWrongWithSeries(name: String) throws {
    var twice = ForecastRows.dataset()
    twice.group = nil
    #expect(throws: DataFaults.self) { try train(name, twice) }
    var timeless = ForecastRows.dataset()
    timeless.time = nil
    #expect(throws: DataFaults.self) { try train(name, timeless) }
    #expect(throws: TrainingFault.self) {
      try train(name, ForecastRows.dataset(), ["time_freq": "Y"])
    }
    let model = try train(name).trained.model
    #expect(throws: TrainingFault.self) {
      try model.predict(FeatureMatrix(names: ["a"], rows: 1, values: [1]))
    }
  }

  @Test(arguments: names)
  func readsItsOwnWordsForSteps(name: String) throws {
    let type = try need(algorithms[name])
    let (_, wrong) = readAny(type, ForecastRows.settings(name, ["time_freq": "monthly"]))
    #expect(wrong.diagnostics.map { $0.code } == ["train.time-freq"])
  }

  /// Walking forward: each fold is learned from what was before it.
  @Test(arguments: names)
  func standsInCrossValidation(name: String) throws {
    let dataset = ForecastRows.dataset()
    let times = try need(dataset.table["month"]?.numbers)
    let rows = dataset.rows(of: .train).sorted { (times[$0], $0) < (times[$1], $1) }
    let folds = [60, 90].map { end in
      Fold(train: rows[..<end].sorted(), held: rows[end..<end + 18].sorted())
    }
    let metrics = ["wql", "mase"].compactMap { Metric.named($0, task: .forecasting) }
    let result = try CrossValidation(
      ForecastRows.trainer(name),
      metrics: metrics,
      walksForward: true
    ).run(
      dataset,
      folds,
      in: CrossValidation.Surroundings { RandomStream(root: 1, cell: "f", purpose: $0, index: $1) }
    )
    #expect(result.summaries.allSatisfy { $0.folds.allSatisfy { $0?.isFinite == true } })
    let bytes = try result.outOfFold.encoded()
    #expect(try OutOfFoldPredictions(decoding: bytes).encoded() == bytes)
  }
}
