import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Going on from a model, changing its trees, ranking, and threads.
@Suite struct XGBoostContinuation {
  private let silent = SilentObserver()

  private func recipe(_ entries: [(String, Node.Content)]) -> XGBoost {
    read(XGBoost.self, entries).recipe
  }

  /// Without draws, rounds in two jobs on the same rows are the rounds of one.
  @Test(arguments: ["gbtree", "gblinear"])
  func goesOnAsIfItHadNotStopped(booster: String) throws {
    var entries: [(String, Node.Content)] = [("booster", .string(booster))]
    if booster == "gblinear" { entries.append(("updater", .string("coord_descent"))) }
    let whole = recipe(entries + [("num_round", .integer(9))])
    let (first, second) = (
      recipe(entries + [("num_round", .integer(5))]), recipe(entries + [("num_round", .integer(4))])
    )
    var job = try SampleData("cancer").job(.binary)
    let expected = try whole.fit(job, observer: silent).model
    job.initial = try first.fit(job, observer: silent).model
    let found = try second.fit(job, observer: silent).model
    #expect(try found.encoded() == expected.encoded())
  }

  @Test func keepsTheBestRoundOfThoseThatItAdds() throws {
    let data = try SampleData("diabetes")
    let rule = EarlyStopping(split: .validation, metric: "rmse", patience: 3)
    var job = data.job(.regression, early: rule)
    job.initial = try recipe([("num_round", .integer(3))])
      .fit(data.job(.regression), observer: silent).model
    let result = try recipe([("num_round", .integer(60)), ("eta", .number(0.5))])
      .fit(job, observer: silent)
    let model = try #require(result.model as? XGBoostModel)
    #expect(model.rounds == 3 + result.keptRound)
    let rows = try #require(job.splits[.validation])
    let value = try job.scorer.score(rows, model.predict(rows.features))[0]
    #expect(value == result.history.value("rmse", on: .validation, after: result.keptRound))
  }

  /// The trees stay where they split; their leaves are those of the new rows.
  @Test func changesTheTreesOfAnEarlierModel() throws {
    let data = try SampleData("diabetes")
    var job = data.job(.regression)
    let initial = try recipe([("num_round", .integer(6))]).fit(job, observer: silent).model
    job.initial = initial
    let count = try #require(job.splits[.train]).features.rows
    job.splits[.train]?.labels = .numbers((0..<count).map { Double($0 % 5) })
    let update: [(String, Node.Content)] = [
      ("process_type", .string("update")), ("updater", .string("refresh")),
    ]
    let changed = try recipe(update + [("num_round", .integer(6))]).fit(job, observer: silent).model
    #expect(changed.parameterCount == initial.parameterCount)
    #expect(try changed.encoded() != initial.encoded())
    let kept = try recipe(update + [("num_round", .integer(6)), ("refresh_leaf", .boolean(false))])
      .fit(job, observer: silent).model
    #expect(try kept.predict(data.features) == initial.predict(data.features))
    #expect(throws: TrainingFault.self) {
      try recipe(update + [("num_round", .integer(7))]).fit(job, observer: silent)
    }
    job.initial = nil
    #expect(throws: TrainingFault.self) {
      try recipe(update + [("num_round", .integer(2))]).fit(job, observer: silent)
    }
  }

  @Test(arguments: [
    ("objective", Node.Content.string("binary:hinge"), "the objective"),
    ("booster", .string("dart"), "the booster"),
    ("num_parallel_tree", .integer(2), "num_parallel_tree"),
    ("base_score", .number(0.3), "base_score"),
  ])
  func refusesAModelOfAnotherKind(name: String, value: Node.Content, words: String) throws {
    var job = try SampleData("cancer").job(.binary)
    job.initial = try recipe([("num_round", .integer(2))]).fit(job, observer: silent).model
    do {
      _ = try recipe([(name, value), ("num_round", .integer(2))]).fit(job, observer: silent)
      Issue.record("went on from another model")
    } catch let fault as TrainingFault { #expect(fault.message.contains(words)) }
  }

  @Test func refusesAModelOfOtherFeaturesOrAnotherAlgorithm() throws {
    var job = try SampleData("cancer").job(.binary)
    job.initial = try recipe([("num_round", .integer(2))]).fit(job, observer: silent).model
    job.splits[.train]?.features.names[3] = "another"
    #expect(throws: TrainingFault.self) { try recipe([]).fit(job, observer: silent) }
    let linear = try SampleData("cancer").job(.binary)
    job.initial = try read(LinearLearner.self, []).recipe.fit(linear, observer: silent).model
    #expect(throws: TrainingFault.self) { try recipe([]).fit(job, observer: silent) }
  }

  /// Queries whose rows stand between each other are learned as if they stood together.
  @Test(arguments: ["rank:pairwise", "rank:ndcg", "rank:map"])
  func ranksWhereverTheRowsOfAQueryStand(objective: String) throws {
    let job = try ParameterJob.ranking()
    let rows = try #require(job.splits[.train])
    let groups = try #require(rows.groups)
    var first: [Int32] = []
    for group in groups where !first.contains(group) { first.append(group) }
    let order = first.flatMap { group in groups.indices.filter { groups[$0] == group } }
    guard case .numbers(let labels) = rows.labels else { return }
    var sorted = job
    sorted.splits[.train] = TrainingRows(
      features: FeatureMatrix(
        names: rows.features.names,
        rows: order.count,
        values: order.flatMap { Array(rows.features.row($0)) }
      ),
      labels: .numbers(order.map { labels[$0] }),
      groups: order.map { groups[$0] }
    )
    let recipe = recipe([("objective", .string(objective)), ("num_round", .integer(5))])
    let result = try recipe.fit(job, observer: silent)
    #expect(
      try result.model.encoded() == recipe.fit(sorted, observer: silent).model.encoded()
    )
    guard case .regression(let scores) = try result.model.predict(rows.features) else { return }
    #expect(Set(scores).count > 10)
  }

  @Test func refusesARankingWithoutQueriesOrWithWeightsOfRows() throws {
    var job = try ParameterJob.ranking()
    let recipe = recipe([("num_round", .integer(2))])
    let groups = try #require(job.splits[.train]?.groups)
    job.splits[.train]?.weights = groups.map { Double($0 % 3 + 1) }
    _ = try recipe.fit(job, observer: silent)
    job.splits[.train]?.weights?[5] = 77
    #expect(throws: TrainingFault.self) { try recipe.fit(job, observer: silent) }
    job.splits[.train]?.weights = nil
    job.splits[.train]?.groups = nil
    #expect(throws: TrainingFault.self) { try recipe.fit(job, observer: silent) }
  }

  /// On rows enough that the library's threads all have some, and whose sums are not exact.
  @Test(arguments: ["hist", "approx", "exact"])
  func growsTheSameTreesOnAnyNumberOfThreads(method: String) throws {
    var random = RandomStream(root: 8, cell: "t", purpose: "rows")
    let rows = 20_000
    let values = (0..<rows * 8).map { _ in random.uniform() * 2 - 1 }
    let labels = (0..<rows).map { row in
      1 / (0.01 + values[row * 8].magnitude) + values[row * 8 + 1] * random.uniform()
    }
    let train = TrainingRows(
      features: FeatureMatrix(names: (0..<8).map { "x\($0)" }, rows: rows, values: values),
      labels: .numbers(labels)
    )
    let recipe = recipe([
      ("tree_method", .string(method)), ("num_round", .integer(8)), ("subsample", .number(0.8)),
    ])
    let bytes = try [1, 2, 3, 4].map { threads in
      try recipe.fit(
        makeJob(.regression, splits: [.train: train], threads: threads),
        observer: silent
      ).model.encoded()
    }
    #expect(bytes.allSatisfy { $0 == bytes[0] })
  }
}
