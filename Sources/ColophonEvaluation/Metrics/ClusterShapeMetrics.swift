import ColophonCore
import ColophonData

/// Clustering metrics of the rows and clusters alone.
extension Metric {
  static let clusterShapeMetrics: [Metric] = [inertia, silhouette, daviesBouldin, calinskiHarabasz]

  private static let fewClusters = "fewer than two clusters have rows"

  private static func shape(
    _ name: String,
    _ direction: Direction,
    range: Interval,
    _ summary: String,
    formula: String,
    undefined: String,
    compute: @escaping @Sendable (Sample) -> Double?
  ) -> Metric {
    Metric(
      name,
      .clustering,
      direction,
      needs: .clusters,
      range: range,
      summary,
      formula: formula,
      undefined: undefined,
      compute: compute
    )
  }

  private static let inertia = shape(
    "inertia",
    .minimize,
    range: .atLeast(0),
    "The sum of the rows' squared distances to their clusters' centres.",
    formula: "Σ w ‖x − c‖², c the model's centre, or the mean of the cluster's rows without a model",
    undefined: "there are no rows"
  ) { $0.within($0.clusterCases?.centres) }

  private static let silhouette = shape(
    "silhouette",
    .maximize,
    range: .closed(-1, 1),
    "How much nearer rows are to their own cluster than to the next (Rousseeuw, 1987).",
    formula: "mean of (b − a) / max(a, b); 0 for the row of a cluster of one",
    undefined: fewClusters
  ) { sample in
    guard let values = sample.silhouettes else { return nil }
    return sample.mean { values[$0] }
  }.quadratic()

  private static let daviesBouldin = shape(
    "davies_bouldin",
    .minimize,
    range: .atLeast(0),
    "How wide clusters are for how far apart they lie (Davies and Bouldin, 1979).",
    formula: "mean over clusters i of max over j ≠ i of (sᵢ + sⱼ) / ‖mᵢ − mⱼ‖, s the mean distance "
      + "to the mean m",
    undefined: fewClusters + ", or two of them lie in one point"
  ) { sample in
    guard let cases = sample.clusterCases, let summary = sample.clusterSummary,
      summary.filled.count > 1
    else { return nil }
    let spreads = spreads(cases, summary, sample.weighting)
    var sum = 0.0
    for i in summary.filled {
      var worst = 0.0
      for j in summary.filled where j != i {
        let apart = ClusterSummary.squaredDistance(
          summary.means,
          i,
          summary.means,
          j,
          width: summary.width
        ).squareRoot()
        let wide = spreads[i] + spreads[j]
        if apart == 0, wide == 0 { return nil }
        worst = max(worst, wide / apart)
      }
      sum += worst
    }
    return sum / Double(summary.filled.count)
  }

  /// Each cluster's weighted mean distance of rows to their mean.
  private static func spreads(
    _ cases: ClusterCases,
    _ summary: ClusterSummary,
    _ weighting: Weighting
  ) -> [Double] {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: cases.clusters)
    for (row, cluster) in cases.assigned.enumerated() {
      let square = ClusterSummary.squaredDistance(
        cases.values,
        row,
        summary.means,
        Int(cluster),
        width: summary.width
      )
      sums[Int(cluster)].add(weighting[row] * square.squareRoot())
    }
    return zip(sums, summary.sizes).map { $1 > 0 ? $0.value / $1 : 0 }
  }

  private static let calinskiHarabasz = shape(
    "calinski_harabasz",
    .maximize,
    range: .atLeast(0),
    "The variance between clusters over that within (Caliński and Harabasz, 1974).",
    formula: "(B / (k − 1)) / (W / (n − k)), k the clusters that have rows",
    undefined: fewClusters + ", there is no more than a row for each, or all rows are equal"
  ) { sample in
    guard let summary = sample.clusterSummary, summary.filled.count > 1,
      let within = sample.within(nil)
    else { return nil }
    let total = sample.totalWeight
    let clusters = Double(summary.filled.count)
    guard total > clusters else { return nil }
    let middle = (0..<summary.width).map { j in
      summary.filled.reduce(0) { $0 + summary.sizes[$1] * summary.means[$1 * summary.width + j] }
        / total
    }
    let between = summary.filled.reduce(0) { sum, c in
      sum + summary.sizes[c]
        * ClusterSummary.squaredDistance(summary.means, c, middle, 0, width: summary.width)
    }
    return between / (clusters - 1) / (within / (total - clusters))
  }
}
