package import ColophonCore
package import ColophonData

extension Metric {
  /// The metrics of a task, in the order in which they are shown.
  ///
  /// Those whose names hold a number or a label are left to `named`.
  package static func catalogue(for task: Task) -> Catalogue<Metric> {
    switch task {
    case .binary: binary
    case .multiclass, .text: multiclass
    case .regression: regression
    case .ranking: ranking
    case .clustering: clustering
    case .forecasting: forecasting
    }
  }

  private static let binary = Catalogue("metric", countMetrics + probabilityMetrics + orderMetrics)
  { $0.name }

  private static let multiclass = Catalogue(
    "metric",
    matrixMetrics + averagedMetrics + distributionMetrics + classOrderMetrics
  ) { $0.name }

  private static let regression = Catalogue(
    "metric",
    errorMetrics + relativeErrorMetrics + agreementMetrics
  ) { $0.name }

  private static let clustering = Catalogue(
    "metric",
    clusterShapeMetrics + clusterLabelMetrics
  ) { $0.name }
  private static let ranking = Catalogue("metric", rankingMetrics) { $0.name }

  private static let forecasting = Catalogue("metric", forecastMetrics) { $0.name }

  /// The metric of that name, plain or parametric (`quantile_0.9`, `top_3_accuracy`,
  /// `class.setosa.recall`, `ndcg_5`); nil where the task has none of that name.
  ///
  /// A name with a label needs the labels in their order, `classes`.
  package static func named(_ name: String, task: Task, classes: [String] = []) -> Metric? {
    if let plain = catalogue(for: task)[name] { return plain }
    switch task {
    case .multiclass, .text: return topAccuracy(name) ?? ofClass(name, classes: classes)
    case .regression: return quantileLoss(name)
    case .ranking: return rankingMetric(name)
    case .forecasting: return coverage(name)
    default: return nil
    }
  }

  /// Every name that can be written for a task, for suggestions.
  package static func names(for task: Task, classes: [String] = []) -> [String] {
    let plain = catalogue(for: task).names
    switch task {
    case .multiclass, .text:
      return plain + ["top_3_accuracy"]
        + classes.flatMap { label in
          classMetricNames.map { "class.\(ValuePath.quoted(label)).\($0)" }
        }
    case .regression: return plain + ["quantile_0.9"]
    case .forecasting: return plain + ["coverage_90"]
    case .ranking: return plain + rankingFamilies.map { "\($0)_3" }
    default: return plain
    }
  }
}
