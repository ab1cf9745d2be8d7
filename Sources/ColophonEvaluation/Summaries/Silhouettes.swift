import ColophonMath

/// How much nearer each row is to its own cluster than to the next.
///
/// For a row, a is its mean distance to the others of its cluster and b the least mean distance to
/// another cluster's rows; its silhouette is (b − a) / max(a, b), 0 where both are 0 or the cluster
/// has no other row. A row of weight w is w rows in one place.
///
/// - Complexity: O(*n*² · *d*).
/// - SeeAlso: Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of
///   cluster analysis", 1987.
enum Silhouettes {
  /// Rows that are measured at once, and panels of points between them.
  private static let block = (rows: 16, panels: 64)

  /// Each row's silhouette; nil where fewer than two clusters have rows.
  static func values(
    _ cases: ClusterCases,
    _ summary: ClusterSummary,
    _ weighting: Weighting
  ) -> [Double]? {
    guard summary.filled.count > 1 else { return nil }
    let sums = distanceSums(cases, weighting)
    return cases.assigned.indices.map { row in
      let own = Int(cases.assigned[row])
      guard summary.sizes[own] > 1 else { return 0 }
      let start = row * cases.clusters
      let inside = sums[start + own] / (summary.sizes[own] - 1)
      var outside = Double.infinity
      for c in summary.filled where c != own {
        outside = min(outside, sums[start + c] / summary.sizes[c])
      }
      let larger = max(inside, outside)
      return larger > 0 ? (outside - inside) / larger : 0
    }
  }

  /// For each row and cluster the weighted sum of distances to the cluster's rows, ascending.
  private static func distanceSums(_ cases: ClusterCases, _ weighting: Weighting) -> [Double] {
    let width = cases.width
    let count = cases.assigned.count
    let points = PackedPoints(cases.values, width: width)
    var sums = [Double](repeating: 0, count: count * cases.clusters)
    let stride = block.panels * PackedPoints.panel
    var distances = [Double](repeating: 0, count: block.rows * stride)
    cases.values.withUnsafeBufferPointer { values in
      distances.withUnsafeMutableBufferPointer { distances in
        guard let base = values.baseAddress, let target = distances.baseAddress else { return }
        for start in Swift.stride(from: 0, to: count, by: block.rows) {
          let rows = min(block.rows, count - start)
          for first in Swift.stride(from: 0, to: points.panels, by: block.panels) {
            let last = min(first + block.panels, points.panels)
            points.measure(
              .squaredDifferences,
              from: base + start * width,
              count: rows,
              stride: width,
              panels: first..<last,
              into: target,
              targetStride: stride
            )
            let others = first * PackedPoints.panel..<min(count, last * PackedPoints.panel)
            for row in 0..<rows {
              let place = (start + row) * cases.clusters
              for (i, other) in others.enumerated() {
                let distance = target[row * stride + i].squareRoot()
                sums[place + Int(cases.assigned[other])] += weighting[other] * distance
              }
            }
          }
        }
      }
    }
    return sums
  }
}

extension Sample {
  /// Each row's silhouette; nil for another task and where fewer than two clusters have rows.
  package var silhouettes: [Double]? {
    guard let cases = clusterCases, let summary = clusterSummary else { return nil }
    return cached(\.silhouettes) { Silhouettes.values(cases, summary, weighting) }
  }
}
