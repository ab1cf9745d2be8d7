package import ColophonData

/// Rows and the clusters that they were put in.
package struct ClusterCases: Hashable, Sendable {
  /// The features' names.
  package var names: [String]
  /// Row-major: rows × features.
  package var values: [Double]
  /// The cluster of each row, from 0.
  package var assigned: [Int32]
  /// How many clusters there are, those without rows included.
  package var clusters: Int
  /// The clusters' centres as a model has them, row-major: clusters × features; nil where the
  /// middle of a cluster is the mean of its rows.
  package var centres: [Double]?
  /// Each row's true class, where it is known.
  package var labels: [Int32]?

  package init(
    _ features: FeatureMatrix,
    assigned: [Int32],
    clusters: Int,
    centres: [Double]? = nil,
    labels: [Int32]? = nil
  ) {
    names = features.names
    values = features.values
    self.assigned = assigned
    self.clusters = clusters
    self.centres = centres
    self.labels = labels
  }

  package var width: Int { names.count }

  /// The rows at some positions.
  func rows(_ kept: [Int]) -> ClusterCases {
    var chosen = self
    chosen.values = kept.flatMap { values[$0 * width..<($0 + 1) * width] }
    chosen.assigned = kept.map { assigned[$0] }
    chosen.labels = labels.map { all in kept.map { all[$0] } }
    return chosen
  }
}
