import ColophonCore
import ColophonData
import ColophonLearning
import Testing

@Suite struct OneTree {
  /// Six rows: x ≤ 2.5 parts three zeros from a one, a zero and a one, where 3.5 and 4.5 are equal.
  func tree(_ more: [(String, Int)] = []) throws -> Tree {
    let rows = TrainingRows(
      features: FeatureMatrix(names: ["x"], rows: 6, values: [0, 1, 2, 3, 4, 5]),
      labels: .classes([0, 0, 0, 1, 0, 1])
    )
    let recipe = read(DecisionTree.self, more.map { ($0.0, .integer($0.1)) }).recipe
    let job = makeJob(.binary, splits: [.train: rows])
    return try need(try recipe.fit(job, observer: SilentObserver()).model.tree)
  }

  @Test func standsInPreorderWithItsNumbers() throws {
    let tree = try tree()
    #expect(tree.thresholds == [2.5, 0, 3.5, 0, 4.5, 0, 0])
    #expect(tree.left == [1, -1, 3, -1, 5, -1, -1])
    #expect(tree.right == [2, -1, 4, -1, 6, -1, -1])
    #expect(tree.covers == [6, 3, 3, 1, 2, 1, 1])
    // 1 − (2/3)² − (1/3)²
    #expect((tree.impurities[0] - 4.0 / 9).magnitude < 1e-15)
    #expect(tree.values[0] == 1.0 / 3)
    // 6 · 4/9 − 3 · 0 − 3 · 4/9
    #expect((tree.gain(0) - 4.0 / 3).magnitude < 1e-12)
    #expect(tree.depth == 3 && tree.leafCount == 4)
  }

  @Test func isCutBackToItsRoot() throws {
    let pruning = CostComplexityPruning(try tree())
    #expect(pruning.path.map { $0.leaves } == [4, 2, 1])
    #expect(pruning.pruned(10).count == 1)
    #expect(try pruning.pruned(0) == tree())
  }

  @Test func takesTheFirstOfEqualFeatures() throws {
    let rows = TrainingRows(
      features: FeatureMatrix(names: ["a", "b"], rows: 4, values: [0, 0, 1, 1, 2, 2, 3, 3]),
      labels: .classes([0, 1, 1, 0])
    )
    let recipe = read(DecisionTree.self, []).recipe
    let model = try recipe.fit(
      makeJob(.binary, splits: [.train: rows]),
      observer: SilentObserver()
    ).model
    let tree = try need(model.tree)
    // 0.5 and 2.5 are equally good, in both features.
    #expect(tree.features[0] == 0 && tree.thresholds[0] == 0.5)
  }
}
