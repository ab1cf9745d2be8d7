/// How much worse a model does where one column's values stand in rows that they don't belong to.
///
/// - SeeAlso: Breiman, "Random forests", 2001, section 10; Fisher, Rudin and Dominici, "All models are
///   wrong, but many are useful", 2019, for models of every kind.
package struct PermutationImportance: Hashable, Sendable {
  package let feature: String
  /// What each repeat lost: above 0 where the shuffled column made the metric worse.
  package let losses: [Double]

  package init(feature: String, losses: [Double]) {
    self.feature = feature
    self.losses = losses
  }

  package var mean: Double { losses.reduce(0, +) / Double(max(1, losses.count)) }

  /// The standard deviation over the repeats (n − 1); 0 for a single one.
  package var deviation: Double {
    guard losses.count > 1 else { return 0 }
    let mean = mean
    let squares = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(losses.count - 1)).squareRoot()
  }
}
