import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Sparse columns learn what the same columns written out learn.
@Suite struct LinearLearnersOfSparseColumns {
  static let rowCount = 240
  static let columnCount = 300

  /// Random rows of 300 columns with about 6 numbers each, and two dense columns.
  static func matrix() -> FeatureMatrix {
    var random = RandomStream(root: 4, cell: "t", purpose: "sparse")
    let rows = (0..<rowCount).map { _ in
      Set((0..<6).map { _ in random.integer(below: columnCount) * random.integer(below: 8) / 7 })
        .sorted().map { (place: Int32($0), value: random.uniform() + 0.5) }
    }
    let dense = (0..<rowCount * 2).map { _ in random.uniform() * 10 - 3 }
    return FeatureMatrix(
      names: ["d0", "d1"],
      rows: rowCount,
      values: dense,
      sparse: SparseRows(names: (0..<columnCount).map { "s\($0)" }, rows: rows)
    )
  }

  static func labels(_ task: Task, _ matrix: FeatureMatrix) -> Labels {
    var random = RandomStream(root: 5, cell: "t", purpose: "labels")
    let scores = (0..<rowCount).map {
      matrix[$0, 0] + 4 * matrix[$0, 2] - 3 * matrix[$0, 5] + 4 * random.uniform()
    }
    switch task {
    case .regression: return .numbers(scores)
    case .multiclass: return .classes(scores.map { $0 > 5 ? 2 : $0 > 2 ? 1 : 0 })
    default: return .classes(scores.map { $0 > 3 ? 1 : 0 })
    }
  }

  static let cases: [(Task, String, Double, Bool)] = [
    (.regression, "squared", 0, true), (.regression, "squared", 0.7, true),
    (.binary, "logistic", 0, true), (.binary, "logistic", 1, false),
    (.multiclass, "logistic", 0, true), (.binary, "hinge", 0, true),
    (.binary, "squared_hinge", 0, false), (.regression, "huber", 0, true),
    (.regression, "quantile", 0, true), (.regression, "quantile", 1, true),
  ]

  @Test(arguments: cases.indices)
  func findTheSameOptimum(index: Int) throws {
    let (task, loss, ratio, standardize) = Self.cases[index]
    let sparse = Self.matrix()
    let dense = try #require(sparse.densified)
    let labels = Self.labels(task, sparse)
    let recipe = read(
      LinearLearner.self,
      [
        ("loss", .string(loss)), ("alpha", .number(0.05)), ("l1_ratio", .number(ratio)),
        ("standardize", .boolean(standardize)), ("tol", .number(1e-9)),
      ]
    ).recipe
    let found = try [sparse, dense].map { features in
      try recipe.fit(
        makeJob(task, splits: [.train: TrainingRows(features: features, labels: labels)]),
        observer: SilentObserver()
      )
    }
    for result in found { #expect(result.notes.allSatisfy { !$0.isWarning }, "\(result.notes)") }
    let numbers = try found.map { try #require($0.model.coefficients).values }
    #expect(relativeError(numbers[0], numbers[1]) < 1e-5, "\(loss) \(ratio)")
    #expect(try found[0].model.predict(sparse) == found[0].model.predict(dense))
  }

  @Test(arguments: cases.indices)
  func giveTheSameBytesOnAnyNumberOfThreads(index: Int) throws {
    let (task, loss, ratio, _) = Self.cases[index]
    let sparse = Self.matrix()
    let recipe = read(
      LinearLearner.self,
      [("loss", .string(loss)), ("alpha", .number(0.05)), ("l1_ratio", .number(ratio))]
    ).recipe
    let bytes = try [1, 2, 4].map { threads in
      let rows = TrainingRows(features: sparse, labels: Self.labels(task, sparse))
      return try recipe.fit(
        makeJob(task, splits: [.train: rows], threads: threads),
        observer: SilentObserver()
      ).model.encoded()
    }
    #expect(bytes[1] == bytes[0])
    #expect(bytes[2] == bytes[0])
  }

  @Test func refusesTextsAloneWithAHint() throws {
    let data = Dataset(
      table: Table(
        columns: [
          Column(name: "t", type: .text, storage: .texts(["a", "b"])),
          Column(
            name: "y",
            type: .category,
            storage: .categories(codes: [0, 1], levels: ["n", "p"])
          ),
        ],
        rowCount: 2
      ),
      task: .text,
      target: "y",
      classes: ["n", "p"],
      splits: [.train, .train]
    )
    let trainer = Trainer(read(LinearLearner.self, []).recipe, roundMetrics: [], metrics: [])
    let surroundings = Trainer.Surroundings { RandomStream(root: 1, cell: "m", purpose: $0) }
    do {
      _ = try trainer.train(data, content: nil, in: surroundings)
      Issue.record("it learned from nothing")
    } catch let fault as TrainingFault {
      #expect(fault.code == "train.only-texts")
      #expect(fault.hint?.contains("tfidf") == true)
    }
  }
}

/// Going on from an earlier model.
@Suite struct LinearLearnersGoingOn {
  func fit(
    _ entries: [(String, Node.Content)],
    _ rows: TrainingRows,
    _ task: Task,
    from initial: (any Model)? = nil
  ) throws -> LinearCoefficients {
    var job = makeJob(task, splits: [.train: rows])
    job.initial = initial
    let result = try read(LinearLearner.self, entries).recipe.fit(job, observer: SilentObserver())
    return try #require(result.model.coefficients)
  }

  func model(_ rows: TrainingRows, _ task: Task) throws -> any Model {
    try read(LinearLearner.self, []).recipe.fit(
      makeJob(task, splits: [.train: rows]),
      observer: SilentObserver()
    ).model
  }

  /// Without a pull the optimum is the same from wherever one starts; the stronger the pull, the
  /// nearer the coefficients stay.
  @Test(arguments: [Task.binary, .regression])
  func staysNearerTheStrongerThePull(task: Task) throws {
    let data = try SampleData(task == .binary ? "cancer" : "diabetes")
    let old = data.rows(data.labels.indices.filter { $0 % 2 == 0 }, task: task)
    let new = data.rows(data.labels.indices.filter { $0 % 2 == 1 }, task: task)
    let earlier = try model(old, task)
    let start = try #require(earlier.coefficients)
    let fresh = try fit([], new, task)
    let free = try fit([("anchor", .integer(0))], new, task, from: earlier)
    #expect(relativeError(free.values, fresh.values) < 1e-7)
    let distances = try [0.01, 1, 100, 1e6].map { pull in
      let found = try fit([("anchor", .number(pull))], new, task, from: earlier)
      return zip(found.values, zip(start.values, start.deviations)).reduce(0.0) {
        $0 + (($1.0 - $1.1.0) * $1.1.1).magnitude
      }
    }
    #expect(distances == distances.sorted(by: >))
    #expect(distances[3] < 1e-3 * distances[0])
  }

  /// What does not vary in the new rows keeps what was learned of it.
  @Test func keepsWhatTheNewRowsSayNothingAbout() throws {
    let data = try SampleData("diabetes")
    let earlier = try model(data.rows(Array(data.labels.indices), task: .regression), .regression)
    var rows = data.rows(Array(0..<100), task: .regression)
    for row in 0..<100 { rows.features.values[row * rows.features.columns] = 50 }
    let found = try fit([], rows, .regression, from: earlier)
    #expect(found.values[0] == earlier.coefficients?.values[0])
  }

  @Test func refusesOtherFeaturesClassesAndTasks() throws {
    let data = try SampleData("cancer")
    let rows = data.rows(Array(data.labels.indices), task: .binary)
    let earlier = try model(rows, .binary)
    var other = rows
    other.features.names[3] = "other"
    #expect(throws: TrainingFault.self) { try fit([], other, .binary, from: earlier) }
    let iris = try SampleData("iris")
    let flowers = iris.rows(Array(iris.labels.indices), task: .multiclass)
    #expect(throws: TrainingFault.self) { try fit([], flowers, .multiclass, from: earlier) }
    var job = makeJob(.binary, classes: ["a", "b"], splits: [.train: rows])
    job.initial = earlier
    #expect(throws: TrainingFault.self) {
      try read(LinearLearner.self, []).recipe.fit(job, observer: SilentObserver())
    }
  }
}
