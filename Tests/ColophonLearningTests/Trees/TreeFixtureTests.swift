import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Trees as scikit-learn grows them.
@Suite struct TreesBesideScikitLearn {
  /// Sums and shares of 240 rows, rounded in another order.
  static let tolerance = 1e-9

  static let names: [String] =
    (try? TreeFixture().cases("cases").compactMap { entry -> String? in
      guard case .string(let name)? = entry["name"] else { return nil }
      return name
    }) ?? []

  @Test func thereAreCases() { #expect(Self.names.count > 25) }

  @Test(arguments: names)
  func growsTheSameTree(name: String) throws {
    let fixture = try TreeFixture()
    let entry = try fixture.named(name, in: "cases")
    let model = try fixture.fit(DecisionTree.self, entry).model
    let tree = try need(model.tree)
    try compare(tree, 0, try need(entry["tree"]), "")
    let shares = try model.importances.map { $0.share ?? -1 }
    #expect(relativeError(shares, try need(entry["importances"]).numbers) < Self.tolerance)
  }

  private func compare(_ tree: Tree, _ node: Int, _ expected: Value, _ path: String) throws {
    let values = try need(expected["value"]).numbers
    let found = Array(tree.value(node))
    // Of two classes we keep the share of the second.
    let same = found.count == 1 ? [try need(values.last)] : values
    #expect(relativeError(found, same) < Self.tolerance, "value at \(path)")
    let cover = try need(expected["cover"]?.asNumber)
    #expect((tree.covers[node] - cover).magnitude < Self.tolerance * cover, "cover at \(path)")
    let impurity = try need(expected["impurity"]?.asNumber)
    #expect((tree.impurities[node] - impurity).magnitude < Self.tolerance, "impurity at \(path)")
    guard let left = expected["left"], let right = expected["right"] else {
      #expect(tree.isLeaf(node), "leaf at \(path)")
      return
    }
    #expect(Int(tree.features[node]) == expected["feature"]?.asInteger, "feature at \(path)")
    // Both are the middle of the same two numbers, of which the peer has single precision.
    let threshold = expected["threshold"]?.asNumber ?? .infinity
    #expect(
      tree.thresholds[node] == threshold
        || (tree.thresholds[node] - threshold).magnitude < Self.tolerance,
      "threshold at \(path)"
    )
    #expect(
      Value.boolean(tree.missingGoesLeft[node]) == expected["missing_left"],
      "missing values at \(path)"
    )
    guard !tree.isLeaf(node) else { return }
    try compare(tree, Int(tree.left[node]), left, path + "l")
    try compare(tree, Int(tree.right[node]), right, path + "r")
  }

  @Test(arguments: 0..<3)
  func findsTheSamePruningPath(index: Int) throws {
    let fixture = try TreeFixture()
    let entry = try fixture.cases("paths")[index]
    let task = try fixture.task(entry)
    let least = try need(entry["min_samples_leaf"]?.asInteger)
    let recipe = read(DecisionTree.self, [("min_samples_leaf", .integer(least))]).recipe
    let job = fixture.job(task, try fixture.rows(task))
    let tree = try need(try recipe.fit(job, observer: SilentObserver()).model.tree)
    // Branches that fall at one alpha are one step of the peer's.
    var steps: [CostComplexityPruning.Step] = []
    for step in CostComplexityPruning(tree).path {
      if let last = steps.last, (last.alpha - step.alpha).magnitude < 1e-12 { steps.removeLast() }
      steps.append(step)
    }
    let alphas = try need(entry["alphas"]).numbers
    #expect(relativeError(steps.map { $0.alpha }, alphas) < Self.tolerance)
    #expect(
      relativeError(steps.map { $0.impurity }, try need(entry["impurities"]).numbers)
        < Self.tolerance
    )
    #expect(steps.last?.leaves == 1)
  }

  @Test(arguments: 0..<8)
  func boostsClassesTheSame(index: Int) throws {
    let fixture = try TreeFixture()
    let entry = try fixture.cases("boosted")[index]
    let model = try need(try fixture.fit(AdaBoost.self, entry).model as? AdaBoostModel)
    let weights = try need(entry["estimator_weights"]).numbers.filter { $0 != 0 }
    #expect(relativeError(model.ensemble.weights, weights) < Self.tolerance)
    let said = try model.predict(fixture.features(missing: false))
    let expected = try need(entry["predictions"]).numbers
    let task = try fixture.task(entry)
    let positive = expected.indices.filter { $0 % 2 == 1 }.map { expected[$0] }
    let shown = task == .binary ? positive : expected
    #expect(relativeError(said.allNumbers, shown) < Self.tolerance)
  }

  @Test func growsTheSameForestWhereNothingIsDrawn() throws {
    let fixture = try TreeFixture()
    var entry = try need(fixture.value["same"])
    guard case .object(var members) = entry else { return }
    members["task"] = .string("multiclass")
    entry = .object(members)
    let said = try fixture.fit(RandomForest.self, entry).model
      .predict(fixture.features(missing: false))
    #expect(
      relativeError(said.allNumbers, try need(entry["predictions"]).numbers) < Self.tolerance
    )
  }

  /// The mean error of 60 forests lies within four standard errors of the peer's.
  @Test(arguments: 0..<4)
  func growsForestsAsGoodAsThePeers(index: Int) throws {
    let fixture = try TreeFixture()
    let entry = try fixture.cases("forests")[index]
    let task = try fixture.task(entry)
    let rows = try fixture.rows(task)
    let test = rows.taking((0..<rows.count).filter { $0 % 4 == 0 })
    let train = rows.taking((0..<rows.count).filter { $0 % 4 != 0 })
    let recipe = read(RandomForest.self, try fixture.entries(entry)).recipe
    let errors = try (0..<60).map { seed -> Double in
      var job = fixture.job(task, train)
      job.random = { RandomStream(root: UInt64(seed), cell: "forest", purpose: $0) }
      let model = try recipe.fit(job, observer: SilentObserver()).model
      return error(try model.predict(test.features), test.labels)
    }
    let mean = errors.reduce(0, +) / 60
    let variance = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59
    let peer = try need(entry["mean"]?.asNumber)
    let deviation = try need(entry["deviation"]?.asNumber)
    let noise = ((variance + deviation * deviation) / 60).squareRoot()
    #expect((mean - peer).magnitude < 4 * noise, "\(mean) beside \(peer)")
    // And they vary about as much.
    #expect(variance.squareRoot() < 1.6 * deviation && variance.squareRoot() > deviation / 1.6)
  }

  /// The fixture's: root mean square, or the mean squared distance of all classes' shares.
  private func error(_ said: Predictions, _ labels: Labels) -> Double {
    switch (said, labels) {
    case (.regression(let values), .numbers(let numbers)):
      let sum = zip(values, numbers).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return (sum / Double(values.count)).squareRoot()
    case (.binary(let scores), .classes(let codes)):
      let sum = zip(scores, codes).reduce(0.0) {
        $0 + ($1.0 - Double($1.1)) * ($1.0 - Double($1.1))
      }
      return sum / Double(scores.count)
    case (.multiclass(let shares, let count), .classes(let codes)):
      let sum = shares.indices.reduce(0.0) { sum, i in
        let distance = shares[i] - (Int(codes[i / count]) == i % count ? 1 : 0)
        return sum + distance * distance
      }
      return sum / Double(shares.count)
    default: return .nan
    }
  }
}
