import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Ends a job from outside after a round, as Ctrl-C does, or as a machine that is taken away.
private struct Stop: TrainingInterruption {
  var leavesTime: Bool
}

/// An observer that stops a job after a round.
private struct StopAfter: TrainingObserver {
  var round: Int
  var leavesTime = true

  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws {
    if progress.round == round { throw Stop(leavesTime: leavesTime) }
  }
}

/// What holds for every algorithm of the catalogue that learns in rounds.
@Suite struct EveryIterativeAlgorithm {
  static let names = algorithms.members.filter {
    $0.isIterative && $0.reads != .text && $0.reads != .series
  }.map { $0.name }
  static let tasks = EveryAlgorithm.sizes.keys.sorted { $0.rawValue < $1.rawValue }
  /// How many of the first rounds are interrupted, each by itself.
  static let rounds = 12

  @Test func theCatalogueHasSome() { #expect(!EveryIterativeAlgorithm.names.isEmpty) }

  /// Interrupted after each round in turn, and gone on in what stands for another process.
  @Test(arguments: names, tasks)
  func endsInTheSameBytesHoweverOftenItIsInterrupted(name: String, task: Task) throws {
    let type = try #require(algorithms[name])
    guard type.tasks.contains(task) else { return }
    let recipe = readAny(type, least(name)).0
    var job = try SampleData(try #require(EveryAlgorithm.sizes[task])).job(task)
    job.roundLimit = EveryIterativeAlgorithm.rounds
    let expected = try recipe.fit(job, observer: SilentObserver())
    job.keeper = MemoryKeeper(every: 1_000_000)
    for round in 1..<expected.rounds {
      #expect(throws: Stop.self) { try recipe.fit(job, observer: StopAfter(round: round)) }
      #expect(try job.keeper?.newest()?.round == round)
    }
    let resumed = try recipe.fit(job, observer: SilentObserver())
    #expect(try resumed.model.encoded() == expected.model.encoded())
    #expect(resumed.history == expected.history)
    #expect(resumed.rounds == expected.rounds)
  }

  @Test(arguments: names)
  func goesOnFromTheLastCheckpointWhereTheMachineIsGone(name: String) throws {
    let type = try #require(algorithms[name])
    let task = try #require(EveryIterativeAlgorithm.tasks.first { type.tasks.contains($0) })
    let recipe = readAny(type, least(name)).0
    var job = try SampleData(try #require(EveryAlgorithm.sizes[task])).job(task)
    job.roundLimit = 7
    let expected = try recipe.fit(job, observer: SilentObserver())
    job.keeper = MemoryKeeper(every: 1_000_000)
    job.checkpointEvery = 3
    #expect(throws: Stop.self) {
      try recipe.fit(job, observer: StopAfter(round: 5, leavesTime: false))
    }
    #expect(try job.keeper?.newest()?.round == 3)
    let resumed = try recipe.fit(job, observer: SilentObserver())
    #expect(try resumed.model.encoded() == expected.model.encoded())
    #expect(resumed.history == expected.history)
  }
}

/// The library draws at random in these; a resume draws the same.
@Suite struct XGBoostThatDraws {
  static let settings: [[(String, Node.Content)]] = [
    [("subsample", .number(0.6))],
    [("colsample_bytree", .number(0.5))],
    [("colsample_bylevel", .number(0.5)), ("colsample_bynode", .number(0.7))],
    [("subsample", .number(0.7)), ("seed_per_iteration", .boolean(true))],
    [("booster", .string("dart")), ("rate_drop", .number(0.4))],
    [("booster", .string("gblinear")), ("updater", .string("shotgun"))],
    [("subsample", .number(0.7)), ("tree_method", .string("exact"))],
    [("subsample", .number(0.7)), ("tree_method", .string("approx"))],
    [("num_parallel_tree", .integer(3)), ("subsample", .number(0.5))],
    [("colsample_bynode", .number(0.6)), ("tree_method", .string("approx"))],
    [("colsample_bytree", .number(0.6)), ("tree_method", .string("exact"))],
    [("colsample_bytree", .number(0.6)), ("updater", .string("grow_quantile_histmaker,prune"))],
    [
      ("booster", .string("dart")), ("rate_drop", .number(0.4)), ("colsample_bytree", .number(0.5)),
    ],
    [("booster", .string("gblinear")), ("feature_selector", .string("shuffle"))],
    [("subsample", .number(0.6)), ("seed_per_iteration", .boolean(false))],
    [("colsample_bylevel", .number(0.6)), ("seed_per_iteration", .boolean(false))],
  ]

  @Test(arguments: settings.indices)
  func endsInTheSameBytesWhereverItIsInterrupted(which: Int) throws {
    let (recipe, diagnostics, _) = read(XGBoost.self, Self.settings[which])
    #expect(diagnostics.isEmpty)
    for early in [nil, EarlyStopping(split: .validation, metric: "log_loss", patience: 50)] {
      var job = try SampleData("cancer").job(.binary, early: early)
      job.roundLimit = 70
      let expected = try recipe.fit(job, observer: SilentObserver())
      for round in [1, 2, 3, 4, 31, 40, 69] {
        job.keeper = MemoryKeeper(every: 1_000_000)
        #expect(throws: Stop.self) { try recipe.fit(job, observer: StopAfter(round: round)) }
        let resumed = try recipe.fit(job, observer: SilentObserver())
        #expect(try resumed.model.encoded() == expected.model.encoded(), "round \(round)")
        #expect((resumed.history == expected.history) == true, "round \(round)")
      }
    }
  }
}
