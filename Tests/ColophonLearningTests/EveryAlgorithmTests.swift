import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// What holds for every algorithm of the catalogue.
@Suite struct EveryAlgorithm {
  static let sizes: [Task: String] = [
    .binary: "cancer", .multiclass: "iris", .regression: "diabetes",
  ]

  func fit(_ name: String, _ task: Task) throws -> TrainingResult {
    let data = try SampleData(try #require(Self.sizes[task]))
    let (recipe, fields) = readAny(try #require(algorithms[name]), least(name))
    #expect(fields.diagnostics.isEmpty)
    return try recipe.fit(data.job(task), observer: SilentObserver())
  }

  @Test func theCatalogueIsNotEmpty() { #expect(algorithms.names.count >= 2) }

  @Test(arguments: algorithms.names, [Task.binary, .multiclass, .regression])
  func makesTheSameBytesTwice(name: String, task: Task) throws {
    #expect(try fit(name, task).model.encoded() == fit(name, task).model.encoded())
  }

  @Test(arguments: algorithms.names, [Task.binary, .multiclass, .regression])
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
  @Test(arguments: algorithms.names, [Task.binary, .multiclass])
  func learnsSomething(name: String, task: Task) throws {
    let result = try fit(name, task)
    let loss = try #require(
      result.history.value("log_loss", on: .validation, after: result.history.rounds.count)
    )
    #expect(loss < 0.35)
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

  @Test(arguments: algorithms.names)
  func refusesRowsOfAnotherWidth(name: String) throws {
    let model = try fit(name, .binary).model
    #expect(throws: TrainingFault.self) {
      try model.predict(FeatureMatrix(names: ["a"], rows: 1, values: [1]))
    }
  }

  @Test(arguments: algorithms.names)
  func predictsNoRows(name: String) throws {
    let data = try SampleData("cancer")
    let model = try fit(name, .binary).model
    let none = FeatureMatrix(names: data.features.names, rows: 0, values: [])
    #expect(try model.predict(none) == .binary(scores: []))
  }
}
