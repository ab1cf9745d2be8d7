/// Weights, means and spreads of clusters.
package struct ClusterSummary: Hashable, Sendable {
  /// The weight of each cluster's rows.
  package let sizes: [Double]
  /// Row-major: clusters × features; 0 for a cluster without rows.
  package let means: [Double]
  /// The clusters that have rows.
  package let filled: [Int]
  let width: Int

  init(_ cases: ClusterCases, _ weighting: Weighting) {
    let width = cases.width
    self.width = width
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: cases.clusters * width)
    var weights = [CompensatedSum](repeating: CompensatedSum(), count: cases.clusters)
    for (row, cluster) in cases.assigned.enumerated() {
      let weight = weighting[row]
      weights[Int(cluster)].add(weight)
      for j in 0..<width {
        sums[Int(cluster) * width + j].add(weight * cases.values[row * width + j])
      }
    }
    let sizes = weights.map { $0.value }
    self.sizes = sizes
    means = sums.indices.map { i in
      let size = sizes[i / max(width, 1)]
      return size > 0 ? sums[i].value / size : 0
    }
    filled = sizes.indices.filter { sizes[$0] > 0 }
  }

  /// The squared distance between a row of one matrix and one of another, features ascending.
  @inline(__always)
  static func squaredDistance(
    _ x: [Double],
    _ row: Int,
    _ y: [Double],
    _ other: Int,
    width: Int
  ) -> Double {
    var sum = 0.0
    for j in 0..<width {
      let difference = x[row * width + j] - y[other * width + j]
      sum += difference * difference
    }
    return sum
  }
}

extension Sample {
  /// The rows with their clusters; nil for another task.
  package var clusterCases: ClusterCases? {
    guard case .clusters(let cases) = cases.body else { return nil }
    return cases
  }

  /// Weights and means of the clusters.
  package var clusterSummary: ClusterSummary? {
    guard let cases = clusterCases else { return nil }
    return cached(\.clusters) { ClusterSummary(cases, weighting) }
  }

  /// The weighted sum of the rows' squared distances to their clusters' middles: the model's
  /// centres where `centres` are given, else the means.
  func within(_ centres: [Double]?) -> Double? {
    guard let cases = clusterCases, let summary = clusterSummary else { return nil }
    let middles = centres ?? summary.means
    return weighting.sum(cases.assigned.count) { row in
      ClusterSummary.squaredDistance(
        cases.values,
        row,
        middles,
        Int(cases.assigned[row]),
        width: summary.width
      )
    }
  }
}
