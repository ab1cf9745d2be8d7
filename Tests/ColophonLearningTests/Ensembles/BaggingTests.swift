import ColophonCore
import ColophonData
import ColophonLearning
import ColophonMath
import Testing

@Suite struct BaggingTests {
  static let trees: Value = ["algorithm": "xgboost", "hyperparameters": ["num_round": 3]]
  static let lines: Value = ["algorithm": "linear_learner"]

  func fit(
    _ hyperparameters: Value,
    _ task: Task = .binary,
    _ data: String = "cancer",
    threads: Int = 1,
    early: EarlyStopping? = nil
  ) throws -> TrainingResult {
    try recipe(Bagging.self, hyperparameters).fit(
      try SampleData(data).job(task, early: early, threads: threads),
      observer: SilentObserver()
    )
  }

  @Test(arguments: [1, 2, 4])
  func makesTheSameBytesOnAnyNumberOfThreads(threads: Int) throws {
    for estimator in [Self.trees, Self.lines] {
      let settings: Value = ["estimator": estimator, "n_estimators": 7, "max_features": 0.5]
      let one = try fit(settings, .multiclass, "wine")
      let many = try fit(settings, .multiclass, "wine", threads: threads)
      #expect(try one.model.encoded() == many.model.encoded())
      #expect(one.history == many.history)
    }
  }

  /// A slow reference: draw by the same streams, fit, average.
  @Test func averagesMembersThatAreFittedToTheirDraws() throws {
    let data = try SampleData("diabetes")
    let job = data.job(.regression)
    let rows = try job.trainingRows()
    let result = try recipe(
      Bagging.self,
      ["estimator": Self.lines, "n_estimators": 4, "max_samples": 0.6, "bootstrap": false]
    ).fit(job, observer: SilentObserver())
    let count = rows.features.rows
    var sums = [Double](repeating: 0, count: data.labels.count)
    for member in 0..<4 {
      var stream = job.random("member \(member) rows")
      let drawn = stream.sample(Int(0.6 * Double(count)), of: count).sorted()
      #expect(Set(drawn).count == drawn.count)
      let part = makeJob(.regression, splits: [.train: rows.taking(drawn)])
      let single = try recipe(LinearLearner.self, [:]).fit(part, observer: SilentObserver())
      guard case .regression(let numbers) = try single.model.predict(data.features) else { return }
      for i in sums.indices { sums[i] += numbers[i] }
    }
    #expect(try result.model.predict(data.features) == .regression(sums.map { $0 / 4 }))
  }

  @Test func aLongerEnsembleBeginsWithTheShorterOne() throws {
    let short = try fit(["estimator": Self.trees, "n_estimators": 3])
    let long = try fit(["estimator": Self.trees, "n_estimators": 6])
    let (a, b) = try #require((short.model as? BaggingModel, long.model as? BaggingModel))
    let firsts = try zip(a?.members ?? [], b?.members ?? []).map {
      try $0.model.encoded() == $1.model.encoded()
    }
    #expect(firsts == [true, true, true])
    #expect(short.history.rounds == Array(long.history.rounds.prefix(3)))
  }

  /// Left alone, the mean of members overfits less than one: the out-of-bag figure is near the one
  /// of rows that no member saw.
  @Test func theOutOfBagMetricForetellsTheValidationMetric() throws {
    let result = try fit([
      "estimator": ["algorithm": "xgboost", "hyperparameters": ["num_round": 5]],
      "n_estimators": 40, "oob_score": true,
    ])
    let told = try #require(result.values["oob"]?["log_loss"]?.asNumber)
    let found = try #require(result.history.value("log_loss", on: .validation, after: 40))
    let train = try #require(result.history.value("log_loss", on: .train, after: 40))
    #expect((told - found).magnitude < 0.06)
    #expect(train < told)
    #expect(result.figures.count == 3)
  }

  @Test func stopsEarlyAndKeepsTheBestMembers() throws {
    let rule = EarlyStopping(split: .validation, metric: "log_loss", patience: 2)
    let result = try fit(["estimator": Self.trees, "n_estimators": 30], early: rule)
    let model = try #require(result.model as? BaggingModel)
    #expect(model.members.count == result.keptRound)
    let data = try SampleData("cancer")
    let rows = try #require(data.job(.binary).splits[.validation])
    let scorer = data.job(.binary).scorer
    let score = try scorer.score(rows, model.predict(rows.features))
    #expect(score[0] == result.history.value("log_loss", on: .validation, after: result.keptRound))
  }

  @Test func drawsFeaturesForEachMember() throws {
    let result = try fit(["estimator": Self.trees, "max_features": 4, "n_estimators": 5])
    let model = try #require(result.model as? BaggingModel)
    let columns = try model.members.map { try #require($0.columns) }
    #expect(columns.allSatisfy { $0.count == 4 && Set($0).count == 4 && $0 == $0.sorted() })
    #expect(Set(columns).count > 1)
    let again = try fit([
      "estimator": Self.trees, "max_features": 1.0, "n_estimators": 5, "bootstrap_features": true,
    ])
    let repeated = try #require((again.model as? BaggingModel)?.members.first?.columns)
    #expect(Set(repeated).count < repeated.count)
  }

  @Test func tellsACountAboveTheRowsOrFeatures() throws {
    for (name, field) in [("max_samples", "training rows"), ("max_features", "features")] {
      let fault = #expect(throws: TrainingFault.self) {
        try self.fit(.object([name: 5_000, "estimator": Self.lines]))
      }
      #expect(fault?.field == "hyperparameters.\(name)")
      #expect(fault?.message.hasSuffix(field) == true)
    }
  }

  /// A member's own fault names the member, at its place among the hyperparameters.
  @Test func tellsAMembersFaultAtTheMembersPlace() throws {
    let separable: Value = [
      "estimator": ["algorithm": "linear_learner", "hyperparameters": ["alpha": 0]],
      "n_estimators": 2,
    ]
    let fault = #expect(throws: TrainingFault.self) { try self.fit(separable) }
    #expect(fault?.field == "hyperparameters.estimator.hyperparameters.alpha")
    #expect(fault?.message.hasPrefix("member 1: ") == true)
  }
}
