package import ColophonData

/// The rows of an audit: who belongs to the disadvantaged group, and what was and is said of each.
package struct BiasRows: Sendable {
  /// Whether each row belongs to the disadvantaged group.
  package var isDisadvantaged: [Bool]
  /// Whether each row's label is a positive one.
  package var labels: [Bool]
  /// Whether each row was predicted a positive label; nil where nothing was predicted.
  package var predictions: [Bool]?
  /// Each row's position in the values of the group variable; nil without one.
  package var groups: [Int32]?
  /// Nil where every row counts alike.
  package var weights: [Double]?
  /// What neighbours are found by, the facet left out; nil where there are no features.
  package var features: FeatureMatrix?

  package init(
    isDisadvantaged: [Bool],
    labels: [Bool],
    predictions: [Bool]? = nil,
    groups: [Int32]? = nil,
    weights: [Double]? = nil,
    features: FeatureMatrix? = nil
  ) {
    precondition(
      [labels.count, predictions?.count, groups?.count, weights?.count, features?.rows]
        .allSatisfy { $0 == nil || $0 == isDisadvantaged.count },
      "columns of different lengths"
    )
    self.isDisadvantaged = isDisadvantaged
    self.labels = labels
    self.predictions = predictions
    self.groups = groups
    self.weights = weights
    self.features = features
  }

  package var count: Int { labels.count }

  /// The rows' counts; `weights` stand for the rows' own.
  package func counts(weights other: [Double]? = nil) -> BiasCounts {
    let weights = other ?? weights
    let groupCount = groups.map { Int(($0.max() ?? -1) + 1) } ?? 1
    var strata = [BiasCounts.Stratum](repeating: .init(), count: groupCount)
    for row in labels.indices {
      let weight = weights?[row] ?? 1
      let place = groups.map { Int($0[row]) } ?? 0
      let prediction = predictions?[row] ?? false
      if isDisadvantaged[row] {
        strata[place].disadvantaged.add(label: labels[row], prediction: prediction, weight)
      } else {
        strata[place].others.add(label: labels[row], prediction: prediction, weight)
      }
    }
    return BiasCounts(strata, hasPredictions: predictions != nil, hasGroups: groups != nil)
  }
}
