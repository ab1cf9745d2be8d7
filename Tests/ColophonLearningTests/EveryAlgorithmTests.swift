import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import Testing

/// What holds for every algorithm of the catalogue.
@Suite struct EveryAlgorithm {
  static let sizes: [Task: String] = [
    .binary: "cancer", .multiclass: "iris", .regression: "diabetes", .clustering: "iris",
  ]

  /// Every algorithm that learns from numbers, with each of its tasks that there are rows for; the
  /// others have suites of their own.
  static let pairs = algorithms.members.filter { $0.reads != .text && $0.reads != .series }.flatMap
  { type in
    Task.allCases.filter { type.tasks.contains($0) && sizes[$0] != nil }.map { (type.name, $0) }
  }
  static let classifiers = pairs.filter { $0.1.isClassification }
  /// Every algorithm with the first of its tasks.
  static let firsts = algorithms.names.compactMap { name in pairs.first { $0.0 == name } }

  func fit(_ name: String, _ task: Task) throws -> TrainingResult {
    let data = try SampleData(try #require(Self.sizes[task]))
    let (recipe, fields) = readAny(try #require(algorithms[name]), least(name))
    #expect(fields.diagnostics.isEmpty)
    let job = task == .clustering ? clusteringJob(data) : data.job(task)
    return try recipe.fit(job, observer: SilentObserver())
  }

  @Test func theCatalogueIsNotEmpty() { #expect(algorithms.names.count >= 2) }

  @Test(arguments: pairs)
  func makesTheSameBytesTwice(name: String, task: Task) throws {
    #expect(try fit(name, task).model.encoded() == fit(name, task).model.encoded())
  }

  @Test(arguments: pairs)
  func readsItsModelsBack(name: String, task: Task) throws {
    let result = try fit(name, task)
    let rows = try SampleData(try #require(Self.sizes[task])).features
    let type = try #require(algorithms[name])
    let again = try type.decodeModel(try result.model.encoded())
    #expect(try again.predict(rows) == result.model.predict(rows))
    #expect(try again.encoded() == result.model.encoded())
    #expect(again.parameterCount == result.model.parameterCount)
  }

  /// Learning beats guessing: a law no algorithm may break on easy data.
  ///
  /// Ranks and classes are measured, not log loss: a fully grown tree is certain and sometimes wrong.
  @Test(arguments: classifiers)
  func learnsSomething(name: String, task: Task) throws {
    let result = try fit(name, task)
    let metric = task == .binary ? "roc_auc" : "accuracy"
    let found = try #require(
      result.history.value(metric, on: .validation, after: result.history.rounds.count)
    )
    #expect(found > 0.85)
  }

  @Test(arguments: algorithms.names)
  func reportsEachFieldOutOfRangeWhereItStands(name: String) throws {
    let type = try #require(algorithms[name])
    var blank = FieldReader()
    _ = type.init(reading: &blank)
    #expect(blank.diagnostics.isEmpty)
    for field in blank.fields {
      let (_, fields) = readAny(
        type,
        [
          (
            field.name,
            .sequence([
              Node(
                .mapping([]),
                at: SourcePosition(path: "a.md", line: 10, column: 5)
              )
            ])
          )
        ] + least(name).filter { $0.0 != field.name }
      )
      let errors = fields.diagnostics.filter { $0.severity == .error }
      #expect(!errors.isEmpty, "\(field.name)")
      #expect(errors.allSatisfy { $0.position.line == 10 }, "\(field.name)")
      #expect(!field.documentation.isEmpty)
    }
  }

  @Test(arguments: algorithms.names)
  func refusesBytesThatAreNoModel(name: String) throws {
    let type = try #require(algorithms[name])
    var random = RandomStream(root: 3, cell: "t", purpose: "bytes")
    for length in [0, 1, 8, 9, 40, 400] {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      #expect(throws: TrainingFault.self) { try type.decodeModel(bytes) }
    }
  }

  @Test(arguments: firsts)
  func refusesRowsOfAnotherWidth(name: String, task: Task) throws {
    let model = try fit(name, task).model
    #expect(throws: TrainingFault.self) {
      try model.predict(FeatureMatrix(names: ["a"], rows: 1, values: [1]))
    }
  }

  @Test(arguments: firsts)
  func predictsNoRows(name: String, task: Task) throws {
    let data = try SampleData(try #require(Self.sizes[task]))
    let model = try fit(name, task).model
    let none = FeatureMatrix(names: data.features.names, rows: 0, values: [])
    #expect(try model.predict(none).count == 0)
  }

  /// What a model says must not hang on how many threads say it.
  @Test(arguments: pairs)
  func threadsChangeNoPrediction(name: String, task: Task) throws {
    let data = try SampleData(try #require(Self.sizes[task]))
    let model = try fit(name, task).model
    let alone = try model.predict(data.features)
    for threads in [2, 4] {
      #expect(try model.predict(data.features, threads: threads) == alone)
    }
  }
}
