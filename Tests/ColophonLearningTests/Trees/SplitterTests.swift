import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// The obvious way to find the best split, beside which the fast one stands.
struct SlowSplitter {
  var rows: LawRows
  var classes: Int

  struct Split: Equatable {
    var feature: Int
    var threshold: Double
    var missingGoesLeft: Bool?
    var merit: Double
  }

  private func weight(_ row: Int) -> Double { rows.weights?[row] ?? 1 }

  /// The Gini merit, or the squared sum of centred targets, of some rows.
  private func merit(_ kept: [Int]) -> Double {
    let whole = kept.reduce(0) { $0 + weight($1) }
    guard whole > 0 else { return 0 }
    switch rows.labels {
    case .classes(let codes):
      return (0..<classes).reduce(0.0) { sum, k in
        let part = kept.filter { codes[$0] == k }.reduce(0) { $0 + weight($1) }
        return sum + part * part
      } / whole
    case .numbers(let numbers):
      let sum = kept.reduce(0) { $0 + weight($1) * numbers[$1] }
      return sum * sum / whole
    case .absent: return 0
    }
  }

  /// Every split of some rows, features and thresholds ascending.
  func splits(_ kept: [Int]) -> [Split] {
    (0..<rows.features.columns).flatMap { feature -> [Split] in
      func value(_ row: Int) -> Double { rows.features[row, feature] }
      let missing = kept.filter { value($0).isNaN }
      let present = kept.filter { !value($0).isNaN }
      let values = Set(present.map { value($0) }).sorted()
      return (missing.isEmpty ? [false] : [false, true]).flatMap { goesLeft in
        values.indices.compactMap { i -> Split? in
          if i == values.count - 1, missing.isEmpty || goesLeft { return nil }
          let low = present.filter { value($0) <= values[i] }
          let high = present.filter { value($0) > values[i] }
          return Split(
            feature: feature,
            threshold: i == values.count - 1 ? .infinity : (values[i] + values[i + 1]) / 2,
            missingGoesLeft: missing.isEmpty ? nil : goesLeft,
            merit: merit(low + (goesLeft ? missing : [])) + merit(high + (goesLeft ? [] : missing))
          )
        }
      }
    }
  }
}

@Suite struct TheSplitter {
  /// Rows with ties, a constant column, weights and missing values, by seed.
  static func rows(_ seed: Int, _ task: Task) -> LawRows {
    var random = RandomStream(root: UInt64(seed), cell: "splitter", purpose: "rows")
    let count = 2 + random.integer(below: 60)
    let levels = [2, 5, 40, 1_000_000][seed % 4]
    let hasMissing = seed % 3 == 0
    let values = (0..<count * 4).map { i -> Double in
      if i % 4 == 2 { return 7 }
      if hasMissing, i % 4 == 1, random.integer(below: 4) == 0 { return .nan }
      return Double(random.integer(below: levels)) / 8
    }
    let labels: Labels =
      task == .regression
      ? .numbers((0..<count).map { _ in Double(random.integer(below: 64)) / 4 })
      : .classes(
        (0..<count).map { _ in Int32(random.integer(below: task == .binary ? 2 : 3)) }
      )
    let weights = (0..<count).map { _ in Double(random.integer(below: 9)) / 2 }
    return LawRows(
      features: FeatureMatrix(names: ["a", "b", "c", "d"], rows: count, values: values),
      labels: labels,
      weights: seed % 2 == 0 || !weights.contains { $0 > 0 } ? nil : weights
    )
  }

  /// Every split of a fully grown tree is as good as the best of all splits of its rows.
  @Test(arguments: 0..<120, [Task.binary, .multiclass, .regression])
  func takesTheBestSplitOfAll(seed: Int, task: Task) throws {
    let rows = TheSplitter.rows(seed, task)
    let recipe = read(DecisionTree.self, []).recipe
    let job = makeJob(task, splits: [.train: rows.rows])
    let tree = try need(try recipe.fit(job, observer: SilentObserver()).model.tree)
    let slow = SlowSplitter(rows: rows, classes: task == .binary ? 2 : 3)
    let kept = (0..<rows.count).filter { (rows.weights?[$0] ?? 1) > 0 }
    check(tree, 0, kept, rows, slow)
  }

  private func check(
    _ tree: Tree,
    _ node: Int,
    _ kept: [Int],
    _ rows: LawRows,
    _ slow: SlowSplitter
  ) {
    let weight = kept.reduce(0) { $0 + (rows.weights?[$1] ?? 1) }
    #expect((tree.covers[node] - weight).magnitude < 1e-9)
    let splits = slow.splits(kept)
    guard !tree.isLeaf(node) else {
      #expect(splits.isEmpty || tree.impurities[node] == 0)
      return
    }
    let feature = Int(tree.features[node])
    let best = splits.map { $0.merit }.max() ?? .nan
    let slack = 1e-9 * max(1, best.magnitude)
    let taken = splits.first {
      $0.feature == feature && $0.threshold == tree.thresholds[node]
        && ($0.missingGoesLeft ?? tree.missingGoesLeft[node]) == tree.missingGoesLeft[node]
    }
    #expect(taken.map { $0.merit > best - slack } == true, "node \(node)")
    // No split that stands before it is clearly better, or as good beyond all rounding.
    let ties = splits.filter { $0.merit == best }
    if taken?.merit == best, let first = ties.first, case .classes = rows.labels,
      rows.weights == nil
    {
      #expect(first.feature <= feature)
    }
    let left = kept.filter {
      let value = rows.features[$0, feature]
      return value.isNaN ? tree.missingGoesLeft[node] : value <= tree.thresholds[node]
    }
    let right = kept.filter { !left.contains($0) }
    check(tree, Int(tree.left[node]), left, rows, slow)
    check(tree, Int(tree.right[node]), right, rows, slow)
  }

  /// A row of weight 2 gives the bytes of the row twice, one of weight 0 those of no row.
  @Test(arguments: 0..<30, [Task.binary, .multiclass, .regression])
  func countsWeightsExactly(seed: Int, task: Task) throws {
    var rows = TheSplitter.rows(4 * seed + 1, task)
    let weights = (0..<rows.count).map { Double([1, 3, 0, 2, 1][$0 % 5]) }
    let repeated = LawRows(features: rows.features, labels: rows.labels)
      .taking((0..<rows.count).flatMap { Array(repeating: $0, count: Int(weights[$0])) })
    rows.weights = weights
    let criterion = task == .regression ? "squared_error" : "entropy"
    let recipe = read(
      DecisionTree.self,
      [
        ("criterion", .string(criterion)), ("min_samples_leaf", .integer(2)),
        ("ccp_alpha", .number(0.001)),
      ]
    ).recipe
    let bytes = try [rows, repeated].map {
      try recipe.fit(makeJob(task, splits: [.train: $0.rows]), observer: SilentObserver())
        .model.encoded()
    }
    #expect(bytes[0] == bytes[1])
  }

  @Test(arguments: [Task.binary, .multiclass, .regression])
  func drawsThresholdsBetweenTheValues(task: Task) throws {
    let rows = LawRows(task)
    let recipe = read(DecisionTree.self, [("splitter", .string("random"))]).recipe
    func tree(_ root: UInt64) throws -> Tree {
      var job = makeJob(task, splits: [.train: rows.rows])
      job.random = { RandomStream(root: root, cell: "t", purpose: $0) }
      return try need(try recipe.fit(job, observer: SilentObserver()).model.tree)
    }
    #expect(try tree(1) == tree(1))
    #expect(try tree(1) != tree(2))
    let covers = try tree(1).covers
    #expect(covers.allSatisfy { $0 > 0 })
  }
}
