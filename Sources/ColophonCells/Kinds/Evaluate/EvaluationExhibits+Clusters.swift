import ColophonCore
import ColophonEvaluation
import ColophonReport

extension EvaluationExhibits {
  /// Sizes, silhouettes, the plane of largest variance, centres, and classes beside clusters.
  static func clusters(_ evaluation: Evaluation, _ cases: ClusterCases) -> [Exhibit] {
    let names = evaluation.rows.clusters
    guard let summary = evaluation.sample.clusterSummary else { return [] }
    var pictures = [ClusterPictures.sizes(names, summary.sizes)]
    let isMeasured = evaluation.measures.contains { $0.metric.isQuadratic }
    if isMeasured, let silhouettes = evaluation.sample.silhouettes {
      pictures.append(ClusterPictures.silhouettes(names, cases, silhouettes))
    }
    if let plane = ClusterPictures.plane(names, cases) { pictures.append(plane) }
    if let grid = reference(evaluation, cases) { pictures.append(grid) }
    return [
      .group(pictures),
      .table(
        ClusterPictures.centres(
          names,
          summary.means,
          features: cases.names,
          caption: "The mean of each cluster's rows, on the features' own scale"
        )
      ),
    ]
  }

  /// How the true classes fall to the clusters.
  private static func reference(_ evaluation: Evaluation, _ cases: ClusterCases) -> Exhibit? {
    let classes = evaluation.rows.cases.classes
    guard let labels = cases.labels, classes.count <= ClusterPictures.most,
      cases.clusters <= ClusterPictures.most
    else { return nil }
    var counts = [[Double?]](
      repeating: [Double?](repeating: 0, count: cases.clusters),
      count: classes.count
    )
    for (label, cluster) in zip(labels, cases.assigned) {
      counts[Int(label)][Int(cluster)] = (counts[Int(label)][Int(cluster)] ?? 0) + 1
    }
    return .chart(
      .heatmap(
        HeatmapChart(
          ChartText(
            "Classes and clusters",
            "How many rows of each true class each cluster holds."
          ),
          rowTitle: "class",
          columnTitle: "cluster",
          rows: classes,
          columns: evaluation.rows.clusters,
          values: counts,
          format: .general(6)
        )
      )
    )
  }
}
