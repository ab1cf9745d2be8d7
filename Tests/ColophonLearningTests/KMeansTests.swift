import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import Testing

/// A clustering job on the rows of a public data set.
func clusteringJob(
  _ data: SampleData,
  weights: [Double]? = nil,
  early: EarlyStopping? = nil,
  threads: Int = 1
) -> TrainingJob {
  let rows = TrainingRows(
    features: data.features,
    labels: .absent(rows: data.features.rows),
    weights: weights
  )
  return TrainingJob(
    task: .clustering,
    splits: [.train: rows, .validation: rows],
    scorer: Scorer(["inertia"].compactMap { Metric.named($0, task: .clustering) }),
    earlyStopping: early,
    threads: threads
  ) { RandomStream(root: 7, cell: "model", purpose: $0) }
}

/// Against scikit-learn from the same first centres; see Fixtures/make/clusters.py.
@Suite struct KMeansFixtures {
  /// Sums are taken in another order.
  static let tolerance = 1e-12

  static let cases = (try? fixture("clusters.json")["fits"]?.asArray) ?? []

  @Test func thereAreCases() { #expect(Self.cases.count >= 15) }

  @Test(arguments: cases.indices)
  func goesTheSameWay(index: Int) throws {
    let expected = Self.cases[index]
    let data = try SampleData(try need(expected["data"]?.asString))
    let start = try need(expected["start"]).numbers.map { Int($0) }
    var recipe = read(
      KMeans.self,
      [
        ("n_clusters", content(try need(expected["k"]))),
        ("tol", content(try need(expected["tol"]))),
        ("max_iter", content(try need(expected["max_iter"]))),
      ]
    ).recipe
    recipe.startingCentres = start.flatMap { Array(data.features.row($0)) }
    let weights = expected["weights"]?.asArray.map { Value.array($0).numbers }
    let result = try recipe.fit(clusteringJob(data, weights: weights), observer: SilentObserver())
    let model = try #require(result.model as? KMeansModel)
    #expect(result.rounds == expected["n_iter"]?.asInteger)
    #expect(
      relativeError(model.centres.values, try need(expected["centres"]).numbers) < Self.tolerance
    )
    #expect(
      relativeError([model.inertia], [try need(expected["inertia"]?.asNumber)]) < Self.tolerance
    )
    if let labels = expected["labels"]?.asArray {
      guard case .clusters(let found, _, _) = try model.predict(data.features) else {
        Issue.record("no clusters")
        return
      }
      #expect(found.map { Double($0) } == Value.array(labels).numbers)
    }
  }
}

@Suite struct KMeansBehaviour {
  func recipe(_ entries: [(String, Node.Content)]) -> KMeans { read(KMeans.self, entries).recipe }

  /// Lloyd's iterations as one would write them down, all rows against all centres.
  func slowLloyd(_ data: SampleData, _ start: [Double], rounds: Int) -> [Double] {
    let width = data.features.columns
    var centres = start
    for _ in 0..<rounds {
      var sums = [Double](repeating: 0, count: centres.count)
      var counts = [Double](repeating: 0, count: centres.count / width)
      for row in 0..<data.features.rows {
        var (best, place) = (Double.infinity, 0)
        for c in counts.indices {
          var sum = 0.0
          for j in 0..<width {
            let difference = data.features[row, j] - centres[c * width + j]
            sum = sum.addingProduct(difference, difference)
          }
          if sum < best { (best, place) = (sum, c) }
        }
        counts[place] += 1
        for j in 0..<width { sums[place * width + j] += data.features[row, j] }
      }
      for i in centres.indices where counts[i / width] > 0 {
        centres[i] = sums[i] / counts[i / width]
      }
    }
    return centres
  }

  /// Fewer than 1,024 rows are one block, so the sums have the slow reference's order and the bits
  /// must be the same.
  @Test(arguments: ["iris", "cancer", "diabetes"], [2, 5, 9])
  func bitsAreThoseOfTheSlowReference(name: String, clusters: Int) throws {
    let data = try SampleData(name)
    let rows = ClusterRows(data.features.values, width: data.features.columns, weights: nil)
    let start = (0..<clusters).flatMap { Array(data.features.row($0 * 11)) }
    var lloyd = Lloyd(rows, centres: start, threads: 1)
    for round in 1...12 {
      lloyd.assign()
      _ = lloyd.update()
      #expect(lloyd.centres == slowLloyd(data, start, rounds: round))
    }
  }

  /// Made-up rows of many blocks.
  func manyRows() -> SampleData {
    var random = RandomStream(root: 5, cell: "t", purpose: "rows")
    let values = (0..<30_000).flatMap { row in
      (0..<5).map { _ in Double(row % 7) + 2 * random.uniform() }
    }
    return SampleData(
      features: FeatureMatrix(names: ["a", "b", "c", "d", "e"], rows: 30_000, values: values),
      labels: []
    )
  }

  @Test func threadsChangeNoBit() throws {
    let data = manyRows()
    for entries: [(String, Node.Content)] in [
      [("n_clusters", .integer(7))],
      [("n_clusters", .integer(4)), ("init", .string("random")), ("n_init", .integer(3))],
    ] {
      let bytes = try [1, 2, 4].map { threads in
        try recipe(entries).fit(clusteringJob(data, threads: threads), observer: SilentObserver())
          .model.encoded()
      }
      #expect(bytes[1] == bytes[0])
      #expect(bytes[2] == bytes[0])
    }
  }

  @Test(arguments: ["iris", "cancer"])
  func goesOnFromEveryRoundInTheSameBits(name: String) throws {
    let data = try SampleData(name)
    let recipe = recipe([("n_clusters", .integer(6)), ("tol", .integer(0))])
    let job = clusteringJob(data)
    let whole = try recipe.fit(job, observer: SilentObserver())
    for stop in 1..<whole.rounds {
      var first = try KMeansLearner(recipe, job)
      for round in 1...stop {
        try first.train(round: round)
        _ = try first.predictions(for: .train)
      }
      var second = try KMeansLearner(recipe, job)
      try second.restore(first.checkpoint())
      var round = stop
      while !second.isFinished {
        round += 1
        try second.train(round: round)
      }
      #expect(round == whole.rounds)
      #expect(try second.model().encoded() == whole.model.encoded())
    }
  }

  /// A weight of 2 is the row twice, of 0 no row; sums of small whole numbers are exact.
  @Test func weightsMultiplyRows() throws {
    var random = RandomStream(root: 9, cell: "t", purpose: "rows")
    let rows = (0..<60).map { _ in (0..<2).map { _ in Double(random.integer(below: 16)) } }
    let weights = (0..<60).map { Double($0 % 3) }
    let repeated = rows.indices.flatMap { row in
      [[Double]](repeating: rows[row], count: Int(weights[row]))
    }
    var recipe = recipe([("n_clusters", .integer(3)), ("tol", .integer(0))])
    recipe.startingCentres = [0, 0, 8, 8, 15, 3]
    func fit(_ rows: [[Double]], _ weights: [Double]?) throws -> KMeansModel? {
      let matrix = FeatureMatrix(names: ["x", "y"], rows: rows.count, values: rows.flatMap { $0 })
      return try recipe.fit(
        clusteringJob(SampleData(features: matrix, labels: []), weights: weights),
        observer: SilentObserver()
      ).model as? KMeansModel
    }
    let once = try #require(try fit(rows, weights))
    let twice = try #require(try fit(repeated, nil))
    #expect(relativeError(once.centres.values, twice.centres.values) < 1e-14)
    #expect(once.centres.sizes == twice.centres.sizes)
    #expect(relativeError([once.inertia], [twice.inertia]) < 1e-13)
  }

  @Test func everyRowEqualGivesEqualCentres() throws {
    let matrix = FeatureMatrix(names: ["x"], rows: 5, values: [2, 2, 2, 2, 2])
    let result = try recipe([("n_clusters", .integer(3))])
      .fit(clusteringJob(SampleData(features: matrix, labels: [])), observer: SilentObserver())
    let model = try #require(result.model as? KMeansModel)
    #expect(model.centres.values == [2, 2, 2])
    #expect(model.centres.sizes == [5, 0, 0])
    #expect(model.inertia == 0)
  }

  /// Both first centres lie left of all rows but one; the second gets none and takes the farthest.
  @Test func anEmptyClusterTakesTheFarthestRow() throws {
    let matrix = FeatureMatrix(names: ["x"], rows: 4, values: [0, 1, 2, 10])
    var recipe = recipe([("n_clusters", .integer(2))])
    recipe.startingCentres = [1, -50]
    let result = try recipe.fit(
      clusteringJob(SampleData(features: matrix, labels: [])),
      observer: SilentObserver()
    )
    #expect((result.model as? KMeansModel)?.centres.values == [1, 10])
  }

  @Test func refusesMoreClustersThanRows() throws {
    let matrix = FeatureMatrix(names: ["x"], rows: 2, values: [0, 1])
    #expect(throws: TrainingFault.self) {
      try recipe([]).fit(
        clusteringJob(SampleData(features: matrix, labels: [])),
        observer: SilentObserver()
      )
    }
  }

  @Test func theElbowFalls() throws {
    let data = try SampleData("iris")
    let recipe = recipe([
      ("n_clusters", .integer(3)),
      (
        "elbow",
        .sequence(
          [1, 6].map {
            Node(.integer($0), at: SourcePosition(path: "a.md", line: 11, column: 5))
          }
        )
      ),
    ])
    let curve = try #require(
      try recipe.fit(clusteringJob(data), observer: SilentObserver()).curves.first
    )
    #expect(curve.x == [1, 2, 3, 4, 5, 6])
    #expect(zip(curve.y, curve.y.dropFirst()).allSatisfy { $0 > $1 })
    #expect(curve.chosen == 2)
  }

  /// Inertia never rises from round to round.
  @Test func everyRoundIsAtLeastAsGood() throws {
    let result = try recipe([("n_clusters", .integer(5))])
      .fit(clusteringJob(try SampleData("cancer")), observer: SilentObserver())
    let curve = try #require(result.history.curve("inertia", on: .train)).compactMap { $0 }
    #expect(curve.count == result.rounds)
    #expect(zip(curve, curve.dropFirst()).allSatisfy { $1 <= $0 * (1 + 1e-12) })
  }
}
