import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import Testing

/// Texts of three topics, each with words of its own among common ones.
struct SampleTexts {
  static let topics = [
    ["sea", "boat", "sail", "wave", "harbour", "tide"],
    ["oven", "bread", "flour", "yeast", "crust", "dough"],
    ["goal", "match", "team", "score", "league", "coach"],
  ]
  static let common = ["the", "a", "of", "and", "to", "in", "it", "was", "on", "for"]

  var texts: [String?] = []
  var labels: [Int32] = []

  init(_ count: Int, classes: Int = 3) {
    var random = RandomStream(root: 11, cell: "t", purpose: "texts")
    for row in 0..<count {
      let topic = row % classes
      let words = (0..<12).map { _ in
        random.uniform() < 0.4
          ? Self.topics[topic][random.integer(below: 6)] : Self.common[random.integer(below: 10)]
      }
      texts.append(words.joined(separator: " "))
      labels.append(Int32(topic))
    }
  }

  func rows(_ chosen: [Int]) -> TrainingRows {
    TrainingRows(
      features: FeatureMatrix(texts: chosen.map { texts[$0] }),
      labels: .classes(chosen.map { labels[$0] })
    )
  }

  func job(_ task: Task, threads: Int = 1, early: EarlyStopping? = nil) -> TrainingJob {
    makeJob(
      task == .text ? .multiclass : task,
      splits: [
        .train: rows(texts.indices.filter { $0 % 5 != 0 }),
        .validation: rows(texts.indices.filter { $0 % 5 == 0 }),
      ],
      early: early,
      threads: threads
    )
  }
}

@Suite struct BlazingTextClassifiers {
  static let settings: [[(String, Node.Content)]] = [
    [],
    [("loss", .string("hierarchical_softmax"))],
    [("subwords", .boolean(true)), ("word_ngrams", .integer(1)), ("vector_dim", .integer(13))],
  ]

  func recipe(_ more: [(String, Node.Content)], epochs: Int = 6) -> BlazingText {
    read(
      BlazingText.self,
      [
        ("epochs", .integer(epochs)), ("learning_rate", .number(0.5)),
        ("buckets", .integer(5_000)),
      ] + more
    ).recipe
  }

  @Test(arguments: settings.indices, [Task.binary, .text])
  func tellTopicsApart(index: Int, task: Task) throws {
    let data = SampleTexts(600, classes: task == .binary ? 2 : 3)
    let result = try recipe(Self.settings[index]).fit(
      data.job(task),
      observer: SilentObserver()
    )
    let name = task == .binary ? "roc_auc" : "accuracy"
    let value = try #require(result.history.value(name, on: .validation, after: 6))
    #expect(value > 0.97)
    #expect(result.rounds == 6)
  }

  @Test(arguments: settings.indices)
  func giveTheSameBytesOnAnyNumberOfThreads(index: Int) throws {
    let data = SampleTexts(600)
    let results = try [1, 2, 4].map {
      try recipe(Self.settings[index]).fit(
        data.job(.text, threads: $0),
        observer: SilentObserver()
      )
    }
    for result in results.dropFirst() {
      #expect(try result.model.encoded() == results[0].model.encoded())
      #expect(result.history == results[0].history)
    }
  }

  @Test(arguments: settings.indices)
  func readTheirModelsBack(index: Int) throws {
    let data = SampleTexts(200)
    let model = try recipe(Self.settings[index]).fit(
      data.job(.text),
      observer: SilentObserver()
    ).model
    let again = try BlazingText.decodeModel(model.encoded())
    let rows = data.rows(Array(0..<50)).features
    #expect(try again.predict(rows) == model.predict(rows))
    #expect(try again.encoded() == model.encoded())
    #expect(again.parameterCount == model.parameterCount)
    guard case .multiclass(let all, let classes) = try model.predict(rows) else {
      return #expect(Bool(false))
    }
    for row in 0..<50 {
      let sum = all[row * classes..<(row + 1) * classes].reduce(0, +)
      #expect(abs(sum - 1) < 1e-12)
    }
  }

  @Test func knowNothingOfUnknownWords() throws {
    let model = try recipe([]).fit(SampleTexts(200).job(.text), observer: SilentObserver()).model
    let nothing = try model.predict(FeatureMatrix(texts: [nil, "", "zzz qqq"]))
    #expect(nothing == .multiclass(probabilities: Array(repeating: 1 / 3.0, count: 9), classes: 3))
  }

  @Test func stopEarlyAndKeepTheBestEpoch() throws {
    let data = SampleTexts(400)
    let stopping: [(String, Node.Content)] = [
      ("early_stopping", .boolean(true)), ("patience", .integer(2)), ("min_epochs", .integer(6)),
    ]
    let result = try recipe(stopping, epochs: 40).fit(
      data.job(.text),
      observer: SilentObserver()
    )
    #expect(result.stoppedEarly)
    #expect(result.rounds >= 6)
    let curve = try #require(result.history.curve("accuracy", on: .validation)).compactMap { $0 }
    #expect(curve[result.keptRound - 1] == curve.max())
    let job = data.job(.text)
    let rows = try #require(job.splits[.validation])
    let kept = try job.scorer.score(rows, result.model.predict(rows.features))
    #expect(kept[1] == curve.max())
  }

  @Test func refuseWhatTheyCannotLearnFrom() throws {
    let numbers = try SampleData("cancer").job(.binary)
    #expect(throws: TrainingFault.self) {
      try recipe([]).fit(numbers, observer: SilentObserver())
    }
    #expect(recipe([]).faults(for: .clustering).map { $0.field } == ["hyperparameters.mode"])
    let rare = recipe([("min_count", .integer(100_000))])
    #expect(throws: TrainingFault.self) {
      try rare.fit(SampleTexts(50).job(.text), observer: SilentObserver())
    }
  }
}

@Suite struct BlazingTextWordVectors {
  static let modes = ["skipgram", "cbow", "batch_skipgram"]

  func recipe(_ mode: String, subwords: Bool = false, epochs: Int = 8) -> BlazingText {
    read(
      BlazingText.self,
      [
        ("mode", .string(mode)), ("vector_dim", .integer(20)), ("epochs", .integer(epochs)),
        ("sampling_threshold", .number(0.01)), ("subwords", .boolean(subwords)),
        ("buckets", .integer(2_000)), ("learning_rate", .number(0.1)),
      ]
    ).recipe
  }

  /// A topic's words stand among each other, so their nearest words are of the same topic.
  @Test(arguments: modes)
  func putWordsOfATopicTogether(mode: String) throws {
    let job = SampleTexts(900).job(.text)
    let result = try recipe(mode).fit(job, observer: SilentObserver())
    let vectors = try #require(result.model as? WordVectors)
    var right = 0
    for topic in SampleTexts.topics {
      for word in topic {
        let place = try #require(vectors.words.firstIndex(of: word))
        right += vectors.nearest(to: place, count: 3).filter { topic.contains($0.word) }.count
      }
    }
    #expect(right >= 48, "\(right) of 54")
    let losses = try #require(result.history.curve("loss", on: .train)).compactMap { $0 }
    #expect(losses.count == 8)
    #expect(losses[7] < losses[0])
  }

  @Test(arguments: modes, [false, true])
  func areTheSameBytesOnAnyNumberOfThreadsAndReadBack(mode: String, subwords: Bool) throws {
    let data = SampleTexts(150)
    let models = try [1, 2, 4].map {
      try recipe(mode, subwords: subwords, epochs: 2).fit(
        data.job(.text, threads: $0),
        observer: SilentObserver()
      ).model
    }
    let bytes = try models[0].encoded()
    for model in models { #expect(try model.encoded() == bytes) }
    let again = try BlazingText.decodeModel(bytes)
    #expect(try again.encoded() == bytes)
    let vectors = try #require(again as? WordVectors)
    // Only parts of words say anything about a word that was never seen.
    #expect((vectors.vector("sailboats") != nil) == subwords)
    #expect(throws: TrainingFault.self) { try again.predict(FeatureMatrix(texts: ["sea"])) }
  }
}

/// An observer that ends a job after a round.
private struct Ending: TrainingInterruption { var leavesTime: Bool { true } }

private struct EndAfter: TrainingObserver {
  var round: Int
  func roundEnded(_ progress: TrainingProgress, metrics: MetricHistory) throws {
    if progress.round == round { throw Ending() }
  }
}

@Suite struct BlazingTextResumed {
  static let settings: [[(String, Node.Content)]] = [
    [], [("loss", .string("hierarchical_softmax")), ("subwords", .boolean(true))],
    [("early_stopping", .boolean(true)), ("patience", .integer(2)), ("min_epochs", .integer(1))],
    [("mode", .string("skipgram"))], [("mode", .string("cbow"))],
    [("mode", .string("batch_skipgram")), ("subwords", .boolean(true))],
  ]

  @Test(arguments: settings.indices)
  func endsInTheSameBytesWhereverItIsInterrupted(index: Int) throws {
    let recipe = read(
      BlazingText.self,
      [
        ("epochs", .integer(5)), ("vector_dim", .integer(10)), ("buckets", .integer(500)),
        ("learning_rate", .number(0.3)),
      ] + Self.settings[index]
    ).recipe
    var job = SampleTexts(150).job(.text)
    let expected = try recipe.fit(job, observer: SilentObserver())
    for round in 1..<expected.rounds {
      job.keeper = MemoryKeeper(every: 1_000_000)
      #expect(throws: Ending.self) { try recipe.fit(job, observer: EndAfter(round: round)) }
      let resumed = try recipe.fit(job, observer: SilentObserver())
      #expect(try resumed.model.encoded() == expected.model.encoded())
      #expect(resumed.history == expected.history)
    }
  }
}
