import ColophonData
import ColophonEvaluation
import Testing

/// Where a metric has no value, it is missing; where it is infinite, it says so.
@Suite struct UndefinedMetrics {
  private func value(
    _ name: String,
    _ labels: [Int32],
    _ scores: [Double],
    threshold: Double = 0.5
  ) -> Double? {
    Metric.named(name, task: .binary)?.value(
      labels: .classes(labels),
      predictions: .binary(scores: scores),
      threshold: threshold
    )
  }

  @Test(arguments: ["roc_auc", "gini", "ks", "balanced_accuracy", "specificity", "fpr", "mcc"])
  func areMissingWithoutNegatives(name: String) {
    #expect(value(name, [1, 1, 1], [0.2, 0.7, 0.9]) == nil)
  }

  @Test(arguments: [
    "roc_auc", "gini", "ks", "pr_auc", "pr_auc_trapezoid", "balanced_accuracy", "recall", "fnr",
    "mcc",
  ])
  func areMissingWithoutPositives(name: String) {
    #expect(value(name, [0, 0, 0], [0.2, 0.7, 0.9]) == nil)
  }

  @Test(arguments: ["precision", "mcc"])
  func areMissingWithoutAlarms(name: String) {
    #expect(value(name, [0, 1, 0], [0.2, 0.3, 0.1]) == nil)
  }

  @Test func keepWhatIsDefinedWithoutAlarms() {
    // Nothing is found: recall and F are 0, not missing.
    #expect(value("recall", [0, 1, 0], [0.2, 0.3, 0.1]) == 0)
    #expect(value("f1", [0, 1, 0], [0.2, 0.3, 0.1]) == 0)
    #expect(value("jaccard", [0, 0], [0.2, 0.3]) == nil)
    #expect(value("kappa", [0, 0], [0.2, 0.3]) == nil)
  }

  @Test func areInfiniteForCertaintyThatIsWrong() {
    #expect(value("log_loss", [1, 0], [0, 0.5]) == .infinity)
    #expect(value("log_loss", [0, 0], [1, 0.5]) == .infinity)
    #expect(value("log_loss", [1, 0], [1, 0]) == 0)
  }

  @Test(arguments: ["log_loss", "brier", "ece", "mce"])
  func areMissingWhereScoresAreNoProbabilities(name: String) {
    #expect(value(name, [1, 0], [3.5, -2]) == nil)
    #expect(value("roc_auc", [1, 0], [3.5, -2]) == 1)
  }

  @Test func areMissingForConstantNumbers() {
    for name in ["r2", "explained_variance", "pearson", "spearman"] {
      let metric = Metric.named(name, task: .regression)
      // A third of 0.1 + 0.1 + 0.1 is not 0.1, yet the numbers are all equal.
      let found = metric?.value(
        labels: .numbers([0.1, 0.1, 0.1]),
        predictions: .regression([0.1, 0.2, 0.3])
      )
      #expect(found == nil, "\(name)")
    }
  }

  @Test func areMissingForRelativeErrorsOfZero() {
    func value(_ name: String, _ labels: [Double], _ predictions: [Double]) -> Double? {
      Metric.named(name, task: .regression)?.value(
        labels: .numbers(labels),
        predictions: .regression(predictions)
      )
    }
    #expect(value("mape", [0, 1], [0, 1]) == nil)
    #expect(value("wape", [0, 0], [0, 1]) == nil)
    // Two zeros agree: that term is 0; the other is 2 · 1 / 3.
    #expect(agree(value("smape", [0, 1], [0, 2]), 1.0 / 3))
    #expect(value("msle", [-1, 1], [0, 2]) == nil)
    #expect(value("rmsle", [1, 1], [0, -2]) == nil)
  }

  @Test func areMissingForAClassThatIsNeverPredicted() {
    // Three classes; the third occurs and is never predicted, so its precision has no value.
    let labels = Labels.classes([0, 1, 2])
    let predictions = Predictions.multiclass(
      probabilities: [0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.8, 0.1, 0.1],
      classes: 3
    )
    func value(_ name: String) -> Double? {
      Metric.named(name, task: .multiclass, classes: ["a", "b", "c"])?.value(
        labels: labels,
        predictions: predictions,
        classes: ["a", "b", "c"]
      )
    }
    #expect(value("macro_precision") == nil)
    #expect(value("class.c.precision") == nil)
    #expect(value("class.c.recall") == 0)
    // F1 of the classes: 2/3, 1, 0.
    #expect(agree(value("macro_f1"), 5.0 / 9))
  }
}
