import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonMath

extension EvaluationStudy {
  /// 95 % intervals of the difference of two models, of which one is better by a known amount.
  static func differences(_ rows: Int, _ positives: Int, _ table: inout StudyTable) {
    let root = 2.0.squareRoot()
    let normal = Normal()
    let areas = normal.cumulative(at: 1.0 / root) - normal.cumulative(at: 1.2 / root)
    let share = Double(positives) / Double(rows)
    let accuracies = share * (normal.cumulative(at: 0.4) - normal.cumulative(at: 0.6))
    let found = simulate("differences \(rows)") { stream, index -> [ConfidenceInterval?] in
      let subjects = twins(&stream, rows, positives, shifts: [1.2, 1.0])
      func interval(_ test: any ComparisonTest, _ metric: String) -> ConfidenceInterval? {
        evidence(test, subjects, metric).first?.interval
      }
      return [
        interval(DeLongTest(options(index)), "roc_auc"),
        interval(BootstrapTest(options(index, kind: .percentile)), "roc_auc"),
        interval(BootstrapTest(options(index)), "roc_auc"),
        interval(McNemarTest(options(index)), "accuracy"),
        interval(BootstrapTest(options(index)), "accuracy"),
      ]
    }
    add(
      "difference of roc_auc",
      ["delong", "bootstrap percentile", "bootstrap bca"],
      rows,
      positives,
      areas,
      found.map { Array($0[..<3]) },
      of: "two models",
      &table
    )
    add(
      "difference of accuracy",
      ["mcnemar (Tango)", "bootstrap bca"],
      rows,
      positives,
      accuracies,
      found.map { Array($0[3...]) },
      of: "two models",
      &table
    )
  }
}
