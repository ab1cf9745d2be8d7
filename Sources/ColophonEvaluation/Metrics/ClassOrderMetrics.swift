import ColophonCore
import ColophonData

/// Multi-class metrics of the order of probabilities.
extension Metric {
  static let classOrderMetrics: [Metric] = [
    averagedArea("macro_roc_auc", "each counting the same") { _ in 1 },
    averagedArea("weighted_roc_auc", "by their share of rows") { $0 },
    macroPrecisionArea,
  ]

  private static let absent = "a class does not occur"

  private static func averagedArea(
    _ name: String,
    _ words: String,
    weight: @escaping @Sendable (Double) -> Double
  ) -> Metric {
    Metric(
      name,
      .multiclass,
      .maximize,
      needs: .probabilities,
      "The area under the ROC curve of each class against the rest, averaged over classes, "
        + "\(words).",
      formula: "mean over classes of roc_auc; with `multiclass_auc: ovo` over pairs of classes",
      undefined: absent
    ) { sample in
      guard let matrix = sample.matrix else { return nil }
      if sample.options.pairing == .oneVersusOne {
        return pairwiseArea(sample, matrix, weight: weight)
      }
      return mean(
        (0..<matrix.classes).map { (sample.areaUnderROC(of: $0), weight(matrix.actual($0))) }
      )
    }
  }

  private static let macroPrecisionArea = Metric(
    "macro_pr_auc",
    .multiclass,
    .maximize,
    needs: .probabilities,
    "Average precision of each class against the rest, averaged over classes.",
    formula: "mean over classes of pr_auc",
    undefined: absent
  ) { sample in
    mean(
      sample.cases.classes.indices.map {
        (sample.cases.order(of: $0)?.averagePrecision(sample.weighting), 1)
      }
    )
  }

  /// The mean over pairs of classes of the area between the two, each class's probability ordering
  /// the rows once (Hand and Till, 2001, equation 7).
  private static func pairwiseArea(
    _ sample: Sample,
    _ matrix: ConfusionMatrix,
    weight: (Double) -> Double
  ) -> Double? {
    guard case .multiclass(_, let actual) = sample.cases.body else { return nil }
    var areas: [(Double?, Double)] = []
    for a in 0..<matrix.classes {
      for b in a + 1..<max(matrix.classes, a + 1) {
        let share = weight(matrix.actual(a) + matrix.actual(b))
        let pair = Weighting(
          values: actual.indices.map {
            [a, b].contains(Int(actual[$0])) ? sample.weighting[$0] : 0
          }
        )
        let one = sample.cases.order(of: a)?.areaUnderROC(pair)
        let other = sample.cases.order(of: b)?.areaUnderROC(pair)
        guard let one, let other else { return nil }
        areas.append(((one + other) / 2, share))
      }
    }
    return mean(areas)
  }
}
