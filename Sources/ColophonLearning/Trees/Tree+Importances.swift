extension Tree {
  /// What the splits on each feature are worth, summed over nodes in ascending order.
  ///
  /// `decrease` is the impurity's total decrease over the root's cover (Breiman, Friedman, Olshen and
  /// Stone, 1984, section 5.3.4; scikit-learn's before it is made to sum to 1).
  package struct Worth: Hashable, Sendable {
    package var decreases: [Double]
    package var covers: [Double]
    package var splits: [Double]

    package init(features: Int) {
      decreases = [Double](repeating: 0, count: features)
      covers = decreases
      splits = decreases
    }
  }

  /// The worth of each feature to this tree alone.
  package func worth(features count: Int) -> Worth {
    var worth = Worth(features: count)
    for node in features.indices where !isLeaf(node) {
      let feature = Int(features[node])
      worth.decreases[feature] += gain(node)
      worth.covers[feature] += covers[node]
      worth.splits[feature] += 1
    }
    guard let root = covers.first, root > 0 else { return worth }
    worth.decreases = worth.decreases.map { $0 / root }
    return worth
  }
}

extension FeatureImportance {
  /// The importances of some trees, whose decreases are averaged after each was made to sum to 1.
  ///
  /// Trees without a split count for nothing, as in scikit-learn. `weights`: each tree's own, 1
  /// unless given.
  static func ofTrees(
    _ trees: [Tree],
    names: [String],
    weights: [Double]? = nil
  ) -> [FeatureImportance] {
    var shares = [Double](repeating: 0, count: names.count)
    var all = Tree.Worth(features: names.count)
    for (index, tree) in trees.enumerated() where tree.count > 1 {
      let worth = tree.worth(features: names.count)
      let total = worth.decreases.reduce(0, +)
      let weight = weights?[index] ?? 1
      for j in names.indices {
        if total > 0 { shares[j] += weight * worth.decreases[j] / total }
        all.decreases[j] += worth.decreases[j]
        all.covers[j] += worth.covers[j]
        all.splits[j] += worth.splits[j]
      }
    }
    let sum = shares.reduce(0, +)
    return names.indices.map { j in
      let splits = max(1, all.splits[j])
      return FeatureImportance(
        feature: names[j],
        gain: all.decreases[j] / splits,
        cover: all.covers[j] / splits,
        splits: all.splits[j],
        share: sum > 0 ? shares[j] / sum : 0
      )
    }
  }
}
