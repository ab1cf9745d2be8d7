import ColophonCore
import ColophonData

/// Clustering metrics against true classes, which the clusters were not learned from.
extension Metric {
  static let clusterLabelMetrics: [Metric] = [
    adjustedRand, normalizedInformation, homogeneity, completeness, vMeasure, purity,
  ]

  private static func reference(
    _ name: String,
    range: Interval = .closed(0, 1),
    _ summary: String,
    formula: String,
    compute: @escaping @Sendable (ContingencyTable) -> Double?
  ) -> Metric {
    Metric(
      name,
      .clustering,
      .maximize,
      needs: .reference,
      range: range,
      summary,
      formula: formula,
      undefined: "the rows have no true labels"
    ) { $0.contingency.flatMap(compute) }
  }

  private static let adjustedRand = reference(
    "adjusted_rand",
    range: .closed(-1, 1),
    "The share of pairs on which classes and clusters agree, 0 by chance (Hubert and Arabie, 1985).",
    formula: "(Σ C(nᵢⱼ, 2) − E) / (½ (A + B) − E), E = A · B / C(n, 2); 1 where both are trivial alike"
  ) { table in
    let together = ContingencyTable.pairs(table.cells)
    let a = ContingencyTable.pairs(table.classes)
    let b = ContingencyTable.pairs(table.clusters)
    let all = ContingencyTable.pairs([table.total])
    if together == a, together == b { return 1 }
    let chance = all == 0 ? 0 : a * b / all
    return ratio(together - chance, (a + b) / 2 - chance)
  }

  private static let normalizedInformation = reference(
    "nmi",
    "The mutual information of classes and clusters over the mean of their entropies.",
    formula: "2 I(C, K) / (H(C) + H(K)); 1 where there is one class and one cluster"
  ) { table in
    if table.isTrivial { return 1 }
    return ratio(2 * table.mutualInformation, table.classEntropy + table.clusterEntropy)
  }

  private static let homogeneity = reference(
    "homogeneity",
    "Whether each cluster holds rows of one class alone (Rosenberg and Hirschberg, 2007).",
    formula: "I(C, K) / H(C); 1 where there is one class"
  ) { $0.homogeneity }

  private static let completeness = reference(
    "completeness",
    "Whether the rows of each class lie in one cluster (Rosenberg and Hirschberg, 2007).",
    formula: "I(C, K) / H(K); 1 where there is one cluster"
  ) { $0.completeness }

  private static let vMeasure = reference(
    "v_measure",
    "The harmonic mean of homogeneity and completeness.",
    formula: "2 h c / (h + c); 0 where both are 0"
  ) { table in
    let (h, c) = (table.homogeneity, table.completeness)
    return h + c == 0 ? 0 : 2 * h * c / (h + c)
  }

  private static let purity = reference(
    "purity",
    "The share of rows that are of their cluster's most frequent class.",
    formula: "(1/n) Σⱼ maxᵢ nᵢⱼ"
  ) { table in
    let width = table.clusters.count
    let most = table.clusters.indices.reduce(0) { sum, j in
      sum + table.classes.indices.reduce(0) { max($0, table.cells[$1 * width + j]) }
    }
    return ratio(most, table.total)
  }
}

extension ContingencyTable {
  var homogeneity: Double { classEntropy == 0 ? 1 : min(1, mutualInformation / classEntropy) }
  var completeness: Double {
    clusterEntropy == 0 ? 1 : min(1, mutualInformation / clusterEntropy)
  }
}
