import ColophonCore
import ColophonData

/// Metrics of one class against the rest: `class.LABEL.NAME`.
extension Metric {
  /// What can stand at the end of `class.LABEL.NAME`.
  package static let classMetricNames = [
    "precision", "recall", "f1", "specificity", "roc_auc", "pr_auc",
  ]

  /// The metric of a name such as `class.setosa.recall` or `class."not churned".f1`.
  static func ofClass(_ name: String, classes: [String]) -> Metric? {
    guard name.hasPrefix("class.") else { return nil }
    for (position, label) in classes.enumerated() {
      for written in [label, ValuePath.quoted(label)] {
        for metric in classMetricNames where name == "class.\(written).\(metric)" {
          return ofClass(position, label, metric)
        }
      }
    }
    return nil
  }

  /// The metric `name` of the class at a position against the rest.
  package static func ofClass(_ position: Int, _ label: String, _ name: String) -> Metric? {
    guard let binary = catalogue(for: .binary)[name] else { return nil }
    return Metric(
      "class.\(ValuePath.quoted(label)).\(name)",
      .multiclass,
      .maximize,
      needs: binary.ofCounts == nil ? .probabilities : .labels,
      "Of the class '\(label)' against the rest: \(binary.summary.lowercasedFirst)",
      formula: binary.formula,
      undefined: binary.undefined
    ) { sample in
      if let ofCounts = binary.ofCounts {
        return sample.matrix.flatMap { ofCounts($0.counts(of: position)) }
      }
      if name == "roc_auc" { return sample.areaUnderROC(of: position) }
      return sample.cases.order(of: position)?.averagePrecision(sample.weighting)
    }
  }
}

extension String {
  /// The text with its first letter in lower case.
  var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
