import ColophonCore
import ColophonData
import ColophonLearning
import Glibc
import Testing

@Suite struct XGBoostFits {
  let silent = SilentObserver()

  /// Trees grow on as many threads as are lent; a linear booster stays on one.
  @Test(arguments: ["gbtree", "dart", "gblinear"])
  func makesTheSameBytesWithAnyNumberOfThreads(booster: String) throws {
    let data = try SampleData("cancer")
    var entries: [(String, Node.Content)] = [
      ("booster", .string(booster)), ("num_round", .integer(12)),
    ]
    if booster != "gblinear" { entries.append(("subsample", .number(0.7))) }
    if booster == "dart" { entries.append(("rate_drop", .number(0.3))) }
    let recipe = read(XGBoost.self, entries).recipe
    let bytes = try [1, 2, 4].map { threads in
      try recipe.fit(data.job(.binary, threads: threads), observer: silent).model.encoded()
    }
    #expect(bytes[0] == bytes[1])
    #expect(bytes[0] == bytes[2])
  }

  /// Cut back to its best round, the model is that of a job that was only given so many rounds.
  @Test(arguments: ["gbtree", "dart", "gblinear"])
  func restoresTheBestRound(booster: String) throws {
    let data = try SampleData("diabetes")
    var entries: [(String, Node.Content)] = [
      ("booster", .string(booster)), ("eta", .number(booster == "gblinear" ? 0.05 : 0.5)),
    ]
    if booster == "dart" { entries.append(("rate_drop", .number(0.3))) }
    let rule = EarlyStopping(split: .validation, metric: "rmse", patience: 5)
    let stopped = try read(XGBoost.self, entries + [("num_round", .integer(60))]).recipe
      .fit(data.job(.regression, early: rule), observer: silent)
    let curve = try #require(stopped.history.curve("rmse", on: .validation)).compactMap { $0 }
    #expect(curve[stopped.keptRound - 1] == curve.min())
    #expect(stopped.rounds == min(60, stopped.keptRound + 5))
    let short = try read(XGBoost.self, entries + [("num_round", .integer(stopped.keptRound))])
      .recipe.fit(data.job(.regression), observer: silent)
    let rows = try #require(data.job(.regression).splits[.validation]).features
    #expect(try stopped.model.predict(rows) == short.model.predict(rows))
  }

  /// The end of a thread lets go of the library's own table before it lets go of what others keep
  /// for the thread; a booster that was still held there would be freed twice.
  @Test func outlivesTheThreadThatAskedIt() throws {
    let data = try SampleData("cancer")
    let bytes = try read(XGBoost.self, [("num_round", .integer(3))]).recipe
      .fit(data.job(.binary), observer: silent).model.encoded()
    let rows = try #require(data.job(.binary).splits[.train]).features
    var key = pthread_key_t()
    pthread_key_create(&key) { kept in
      if let kept { Unmanaged<Errand>.fromOpaque(kept).release() }
    }
    for _ in 0..<50 {
      var thread = pthread_t()
      let errand = Unmanaged.passRetained(Errand(bytes: bytes, rows: rows, key: key))
      pthread_create(
        &thread,
        nil,
        { context in
          guard let context else { return nil }
          Unmanaged<Errand>.fromOpaque(context).takeUnretainedValue().run()
          return nil
        },
        errand.toOpaque()
      )
      pthread_join(thread, nil)
    }
    pthread_key_delete(key)
  }

  /// Asks a model, and stays with the thread until its end.
  private final class Errand {
    let bytes: [UInt8]
    let rows: FeatureMatrix
    let key: pthread_key_t
    var model: XGBoostModel?

    init(bytes: [UInt8], rows: FeatureMatrix, key: pthread_key_t) {
      self.bytes = bytes
      self.rows = rows
      self.key = key
    }

    func run() {
      model = try? XGBoostModel(decoding: bytes)
      _ = try? model?.predict(rows)
      pthread_setspecific(key, Unmanaged.passUnretained(self).toOpaque())
    }
  }

  @Test func measuresEveryRoundOnEverySplit() throws {
    let data = try SampleData("cancer")
    let result = try read(XGBoost.self, [("num_round", .integer(9))]).recipe
      .fit(data.job(.binary), observer: silent)
    #expect(result.history.rounds.count == 9)
    #expect(result.history.splits == [.train, .validation])
    let losses = try #require(result.history.curve("log_loss", on: .train)).compactMap { $0 }
    #expect(losses == losses.sorted(by: >))
  }

  @Test func endsWhereTheObserverThrows() throws {
    struct Stop: Error {}
    struct Impatient: TrainingObserver {
      func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws {
        if progress.round == 3 { throw Stop() }
      }
    }
    let data = try SampleData("cancer")
    #expect(throws: Stop.self) {
      try read(XGBoost.self, []).recipe.fit(data.job(.binary), observer: Impatient())
    }
  }

  @Test func saysWhatTheFeaturesGain() throws {
    let data = try SampleData("iris")
    let result = try read(XGBoost.self, [("num_round", .integer(5))]).recipe
      .fit(data.job(.multiclass), observer: silent)
    let importances = try result.model.importances
    #expect(importances.map { $0.feature } == data.features.names)
    // Petals tell the kinds of iris apart; sepals hardly do.
    #expect(importances[2].gain > importances[0].gain)
  }

  @Test func throwsTheLibrarysWordsWithoutItsClock() throws {
    let data = try SampleData("diabetes")
    let recipe = read(
      XGBoost.self,
      [("objective", .string("reg:logistic")), ("num_round", .integer(1))]
    ).recipe
    do {
      _ = try recipe.fit(data.job(.regression), observer: silent)
      Issue.record("labels above 1 were taken")
    } catch let fault as TrainingFault {
      #expect(fault.message.contains("from 0 to 1"))
    }
    do {
      _ = try XGBoost.decodeModel(
        HeadedBytes(
          header: .object([
            "objective": "binary:logistic", "task": "binary", "classCount": 2, "features": ["a"],
            "rounds": 1, "booster": "gbtree",
          ]),
          body: [1, 2, 3]
        ).encoded()
      ).predict(FeatureMatrix(names: ["a"], rows: 1, values: [1]))
      Issue.record("read damaged bytes")
    } catch let fault as TrainingFault {
      #expect(!fault.message.contains("src/"))
      #expect(!fault.message.contains("Stack"))
    }
  }

  @Test func survivesHostileRows() throws {
    let names = ["a", "b"]
    let hostile: [(FeatureMatrix, [Double])] = [
      (FeatureMatrix(names: names, rows: 1, values: [1, 2]), [3]),
      (FeatureMatrix(names: names, rows: 3, values: [.nan, 1, .nan, 2, .nan, 3]), [1, 2, 3]),
      (FeatureMatrix(names: names, rows: 3, values: [1, 1, 1, 1, 1, 1]), [5, 5, 5]),
    ]
    for (features, labels) in hostile {
      let rows = TrainingRows(features: features, labels: .numbers(labels))
      let result = try read(XGBoost.self, [("num_round", .integer(3))]).recipe
        .fit(makeJob(.regression, splits: [.train: rows]), observer: silent)
      #expect(try result.model.predict(features).numbers.allSatisfy { $0.isFinite })
    }
    let none = TrainingRows(
      features: FeatureMatrix(names: [], rows: 2, values: []),
      labels: .numbers([1, 2])
    )
    #expect(throws: TrainingFault.self) {
      try read(XGBoost.self, []).recipe.fit(
        makeJob(.regression, splits: [.train: none]),
        observer: silent
      )
    }
    let huge = TrainingRows(
      features: FeatureMatrix(names: ["a"], rows: 2, values: [1e300, 1]),
      labels: .numbers([1, 2])
    )
    #expect(throws: TrainingFault.self) {
      try read(XGBoost.self, []).recipe.fit(
        makeJob(.regression, splits: [.train: huge]),
        observer: silent
      )
    }
    let oneClass = TrainingRows(
      features: FeatureMatrix(names: ["a"], rows: 2, values: [3, 1]),
      labels: .classes([1, 1])
    )
    _ = try read(XGBoost.self, [("num_round", .integer(3))]).recipe.fit(
      makeJob(.binary, splits: [.train: oneClass]),
      observer: silent
    )
  }

  @Test func takesConstraintsByName() throws {
    let data = try SampleData("diabetes")
    let job = data.job(.regression)
    let byOrder = read(
      XGBoost.self,
      [("monotone_constraints", .string("(0,0,1,0,0,0,-1,0,0,0)"))]
    ).recipe
    let place = SourcePosition(path: "a.md", line: 1, column: 1)
    func entry(_ name: String, _ sign: Int) -> Node.Entry {
      Node.Entry(
        key: name,
        keyPosition: place,
        value: Node(.integer(sign), text: "\(sign)", at: place)
      )
    }
    let byName = read(
      XGBoost.self,
      [("monotone_constraints", .mapping([entry("x6", -1), entry("x2", 1)]))]
    ).recipe
    #expect(
      try byOrder.fit(job, observer: silent).model.encoded()
        == byName.fit(job, observer: silent).model.encoded()
    )
    let wrong = read(XGBoost.self, [("monotone_constraints", .mapping([entry("x66", 1)]))]).recipe
    #expect(throws: TrainingFault.self) { try wrong.fit(job, observer: silent) }
  }
}

@Suite struct XGBoostReading {
  @Test(arguments: [
    ("rate_drop", Node.Content.number(0.1), "booster is dart"),
    ("top_k", .integer(2), "booster is gblinear"),
    ("tweedie_variance_power", .number(1.2), "objective is reg:tweedie"),
    ("huber_slope", .number(2), "objective is reg:pseudohubererror"),
  ])
  func saysWhatAParameterNeeds(name: String, value: Node.Content, words: String) throws {
    let found = read(XGBoost.self, [(name, value)]).diagnostics
    #expect(found.map { $0.code } == ["train.parameter-unused"])
    #expect(found.first?.message.hasSuffix(words) == true)
    #expect(found.first?.position == SourcePosition(path: "a.md", line: 10, column: 5))
  }

  @Test(arguments: [
    ("tree_method", "gpu_hist"), ("predictor", "gpu_predictor"),
    ("sampling_method", "gradient_based"), ("process_type", "update"),
    ("updater", "grow_gpu_hist"), ("eval_metric", "ndgc@5"), ("eval_metric", "auc@5"),
    ("eval_metric", "ndcg@-1"), ("updater", "grow_tree"),
  ])
  func saysWhatCantBeHad(name: String, value: String) throws {
    let found = read(XGBoost.self, [(name, .string(value))]).diagnostics
    #expect(found.map { $0.code } == ["train.parameter"])
    #expect(found.first?.message.contains("not in this version") == false)
  }

  @Test func takesEveryAlias() throws {
    #expect(read(XGBoost.self, [("random_state", .integer(4))]).recipe.seed == 4)
    #expect(read(XGBoost.self, [("n_jobs", .integer(4))]).recipe.threadLimit == 4)
    let aliases = ["learning_rate", "min_split_loss", "reg_lambda", "reg_alpha"]
    let names = ["eta", "gamma", "lambda", "alpha"]
    let byAlias = read(XGBoost.self, aliases.map { ($0, .number(0.25)) })
    let byName = read(XGBoost.self, names.map { ($0, .number(0.25)) })
    #expect(byAlias.diagnostics.isEmpty)
    #expect(byAlias.recipe == byName.recipe)
    #expect(Value.object(byAlias.configuration) == .object(byName.configuration))
    let both = read(XGBoost.self, [("eta", .number(0.1)), ("learning_rate", .number(0.1))])
    #expect(both.diagnostics.map { $0.code } == ["train.parameter-twice"])
  }

  @Test func suggestsTheNearestName() throws {
    let found = read(XGBoost.self, [("max_dept", .integer(3))]).diagnostics
    #expect(found.first?.hint == "did you mean 'max_depth'?")
  }

  @Test func writesOutTheLibrarysDefaults() throws {
    let plain = read(XGBoost.self, []).configuration
    #expect(plain["eta"] == 0.3)
    #expect(plain["lambda"] == .number(1))
    #expect(plain["tree_method"] == "hist")
    #expect(plain["nthread"] == nil)
    let linear = read(XGBoost.self, [("booster", .string("gblinear"))]).configuration
    #expect(linear["eta"] == 0.5)
    #expect(linear["lambda"] == .number(0))
    let poisson = read(XGBoost.self, [("objective", .string("count:poisson"))]).configuration
    #expect(poisson["max_delta_step"] == 0.7)
  }

  @Test func refusesNoDepthForExactTrees() throws {
    let found = read(
      XGBoost.self,
      [("max_depth", .integer(0)), ("tree_method", .string("exact"))]
    ).diagnostics
    #expect(found.map { $0.code } == ["train.parameter"])
  }

  @Test func refusesAnObjectiveThatDoesNotFitTheTask() throws {
    let recipe = read(XGBoost.self, [("objective", .string("binary:logistic"))]).recipe
    #expect(recipe.faults(for: .regression).map { $0.field } == ["hyperparameters.objective"])
    #expect(recipe.faults(for: .binary).isEmpty)
  }
}
