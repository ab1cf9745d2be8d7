import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Against scikit-learn; see Fixtures/make/neighbours.py.
@Suite struct NearestNeighboursFixtures {
  static let tolerance = 1e-12

  static let cases = (try? fixture("neighbours.json")["cases"]?.asArray) ?? []

  @Test func thereAreCases() { #expect(Self.cases.count >= 15) }

  @Test(arguments: cases.indices, ["auto", "kd_tree", "brute"])
  func findsTheSameNeighbours(index: Int, search: String) throws {
    let expected = Self.cases[index]
    let metric = try need(expected["metric"]?.asString)
    if metric == "cosine", search == "kd_tree" { return }
    let task = try #require(Task(rawValue: try need(expected["task"]?.asString)))
    let data = try SampleData(try need(expected["data"]?.asString))
    var entries: [(String, Node.Content)] = [("algorithm", .string(search))]
    for key in ["n_neighbors", "weights", "metric"] {
      entries.append((key, content(try need(expected[key]))))
    }
    if metric == "minkowski" { entries.append(("p", content(try need(expected["p"])))) }
    let (recipe, diagnostics, _) = read(NearestNeighbours.self, entries)
    #expect(diagnostics.isEmpty)
    let result = try recipe.fit(data.job(task), observer: SilentObserver())
    let model = try #require(result.model as? NeighboursModel)
    let asked = try need(expected["asked"]).numbers.map { Int($0) }
    let rows = data.rows(asked, task: task).features
    let found = try model.neighbours(of: rows)
    #expect(found.flatMap { $0.map { Double($0.row) } } == (try need(expected["rows"])).numbers)
    #expect(
      relativeError(
        found.flatMap { $0.map { $0.distance } },
        try need(expected["distances"]).numbers
      ) < Self.tolerance
    )
    let said: [Double] =
      switch try model.predict(rows) {
      case .binary(let scores): scores.flatMap { [1 - $0, $0] }
      case .multiclass(let probabilities, _): probabilities
      case .regression(let values): values
      case .clusters, .forecasts: []
      }
    #expect(relativeError(said, try need(expected["predictions"]).numbers) < Self.tolerance)
  }
}

@Suite struct NearestNeighboursBehaviour {
  static let metrics = ["minkowski", "euclidean", "manhattan", "chebyshev"]

  func recipe(_ entries: [(String, Node.Content)]) -> NearestNeighbours {
    read(NearestNeighbours.self, entries).recipe
  }

  /// Rows on a coarse grid, so that many distances are equal.
  func gridRows(_ count: Int, width: Int) -> SampleData {
    var random = RandomStream(root: 3, cell: "t", purpose: "grid")
    return SampleData(
      features: FeatureMatrix(
        names: (0..<width).map { "x\($0)" },
        rows: count,
        values: (0..<count * width).map { _ in Double(random.integer(below: 4)) }
      ),
      labels: (0..<count).map { _ in Double(random.integer(below: 3)) }
    )
  }

  /// All rows sorted by distance and place, as one would write it down.
  func slowNeighbours(_ data: SampleData, _ query: Int, k: Int) -> [Int] {
    let distances = (0..<data.features.rows).map { row in
      (0..<data.features.columns).reduce(0.0) { sum, j in
        let difference = data.features[query, j] - data.features[row, j]
        return sum + difference * difference
      }
    }
    return Array(distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(k))
  }

  func fitted(_ data: SampleData, _ entries: [(String, Node.Content)], weights: [Double]? = nil)
    throws -> NeighboursModel
  {
    let rows = data.rows(Array(data.labels.indices), weights: weights, task: .multiclass)
    let job = makeJob(.multiclass, splits: [.train: rows])
    return try #require(
      try recipe(entries).fit(job, observer: SilentObserver()).model as? NeighboursModel
    )
  }

  @Test(arguments: [2, 4], ["kd_tree", "brute"])
  func breaksTiesByTheLowerRow(width: Int, search: String) throws {
    let data = gridRows(300, width: width)
    let model = try fitted(
      data,
      [("algorithm", .string(search)), ("leaf_size", .integer(5)), ("n_neighbors", .integer(9))]
    )
    for (query, found) in try model.neighbours(of: data.features).enumerated() {
      #expect(found.map { $0.row } == slowNeighbours(data, query, k: 9))
    }
  }

  /// A law: both ways of searching say the same, to the last bit.
  @Test(arguments: metrics, ["uniform", "distance"])
  func theTreeAndAllRowsAgree(metric: String, votes: String) throws {
    var data = try SampleData("cancer")
    data.features = FeatureMatrix(
      names: ["a", "b", "c", "d"],
      rows: data.labels.count,
      values: data.labels.indices.flatMap { row in (0..<4).map { data.features[row, $0] } }
    )
    for (weights, power) in [(nil, 3.0), (data.labels.indices.map { 0.25 * Double($0 % 5) }, 1.5)] {
      let said = try ["kd_tree", "brute"].map { search in
        var entries: [(String, Node.Content)] = [
          ("algorithm", .string(search)), ("metric", .string(metric)), ("weights", .string(votes)),
          ("leaf_size", .integer(3)), ("n_neighbors", .integer(7)),
        ]
        if metric == "minkowski" { entries.append(("p", .number(power))) }
        return try fitted(data, entries, weights: weights).predict(data.features)
      }
      #expect(said[0] == said[1])
    }
  }

  /// A weight of 2 is the row twice, side by side; of 0, no row.
  @Test(arguments: ["kd_tree", "brute"], ["uniform", "distance"])
  func weightsMultiplyRows(search: String, votes: String) throws {
    let data = gridRows(120, width: 3)
    let weights = data.labels.indices.map { Double($0 % 4) }
    let repeated = data.labels.indices.flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
    let twice = SampleData(
      features: data.rows(repeated, task: .multiclass).features,
      labels: repeated.map { data.labels[$0] }
    )
    let entries: [(String, Node.Content)] = [
      ("algorithm", .string(search)), ("weights", .string(votes)), ("n_neighbors", .integer(6)),
    ]
    guard
      case .multiclass(let a, _) = try fitted(data, entries, weights: weights)
        .predict(data.features),
      case .multiclass(let b, _) = try fitted(twice, entries).predict(data.features)
    else {
      Issue.record("no classes")
      return
    }
    // The votes are added in one lot or in two.
    #expect(relativeError(a, b) < 1e-15)
  }

  @Test func threadsChangeNoBit() throws {
    let data = try SampleData("cancer")
    let result = try recipe([]).fit(data.job(.binary), observer: SilentObserver())
    let said = try [1, 2, 4].map { try result.model.predict(data.features, threads: $0) }
    #expect(said[1] == said[0])
    #expect(said[2] == said[0])
  }

  /// With enough weights on fewer rows than neighbours the vote is still whole.
  @Test func refusesMoreNeighboursThanWeight() throws {
    let data = gridRows(4, width: 2)
    #expect(throws: TrainingFault.self) { try fitted(data, [("n_neighbors", .integer(5))]) }
    _ = try fitted(data, [("n_neighbors", .integer(5))], weights: [2, 1, 1, 1])
  }

  @Test func saysWhereSettingsContradict() {
    let power = read(
      NearestNeighbours.self,
      [("metric", .string("manhattan")), ("p", .integer(3))]
    ).diagnostics
    #expect(power.map { $0.position.line } == [11])
    let tree = read(
      NearestNeighbours.self,
      [("metric", .string("cosine")), ("algorithm", .string("kd_tree"))]
    ).diagnostics
    #expect(tree.map { $0.position.line } == [11])
  }
}
