import ColophonCore
import ColophonData

/// Multi-class averages of what a binary metric says of each class against the rest.
extension Metric {
  static let averagedMetrics: [Metric] = [Average.macro, .micro, .weighted].flatMap { average in
    [precision, recall, fScore("f1", beta: 1), fScore("f05", beta: 0.5), fScore("f2", beta: 2)]
      .map { averaged($0, average) }
  }

  /// How classes are joined.
  private enum Average: String {
    case macro
    case micro
    case weighted

    var words: String {
      switch self {
      case .macro: "averaged over classes, each counting the same"
      case .micro: "with the counts of all classes added up first"
      case .weighted: "averaged over classes by their share of rows"
      }
    }
  }

  private static func averaged(_ metric: Metric, _ average: Average) -> Metric {
    Metric(
      "\(average.rawValue)_\(metric.name)",
      .multiclass,
      .maximize,
      needs: .labels,
      "\(metric.summary.dropLast()), \(average.words).",
      formula: average == .micro
        ? "\(metric.formula), each count summed over classes"
        : "mean over classes of \(metric.formula)",
      undefined: average == .micro ? "there are no rows" : "it is for a class that occurs"
    ) { sample in
      guard let matrix = sample.matrix, let ofCounts = metric.ofCounts else { return nil }
      return join(matrix, average, ofCounts)
    }
  }

  /// Classes that neither occur nor are predicted are left out; one that is there, but for which
  /// the metric is undefined, leaves the average undefined.
  private static func join(
    _ matrix: ConfusionMatrix,
    _ average: Average,
    _ metric: (BinaryCounts) -> Double?
  ) -> Double? {
    let counts = (0..<matrix.classes).map { matrix.counts(of: $0) }
    switch average {
    case .micro:
      return metric(
        BinaryCounts(
          truePositive: matrix.correct,
          falsePositive: counts.reduce(0) { $0 + $1.falsePositive },
          falseNegative: counts.reduce(0) { $0 + $1.falseNegative },
          trueNegative: counts.reduce(0) { $0 + $1.trueNegative }
        )
      )
    case .macro:
      return mean(
        counts.filter { $0.positive + $0.predictedPositive > 0 }.map { (metric($0), 1) }
      )
    case .weighted:
      return mean(counts.filter { $0.positive > 0 }.map { (metric($0), $0.positive) })
    }
  }

  /// The weighted mean of values; nil where there is none or one is undefined.
  static func mean(_ values: [(value: Double?, weight: Double)]) -> Double? {
    var (sum, total) = (0.0, 0.0)
    for (value, weight) in values {
      guard let value else { return nil }
      sum += value * weight
      total += weight
    }
    return ratio(sum, total)
  }
}
