import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

@Suite struct MetricNames {
  @Test(arguments: [
    "top_0_accuracy", "top__accuracy", "top_03_accuracy", "top_x_accuracy", "class.c9.recall",
    "class.c1.log_loss", "class.c1", "macro_log_loss", "auc",
  ])
  func refusesWhatIsNoMetricOfSeveralClasses(name: String) {
    #expect(Metric.named(name, task: .multiclass, classes: ["c0", "c1"]) == nil)
  }

  @Test(arguments: [
    "quantile_", "quantile_0", "quantile_1.5", "quantile_100", "quantile_nan", "quantile_-0.1",
    "quantile_1e-1", "f1",
  ])
  func refusesWhatIsNoMetricOfNumbers(name: String) {
    #expect(Metric.named(name, task: .regression) == nil)
  }

  @Test func findsClassesWhoseLabelsNeedQuotes() {
    for name in ["class.not churned.recall", "class.\"not churned\".recall"] {
      let metric = Metric.named(name, task: .multiclass, classes: ["churned", "not churned"])
      #expect(metric?.name == "class.\"not churned\".recall")
    }
  }

  @Test func readsAPercentageAsAQuantile() throws {
    let rows = numberRows(3, 50, from: 0)
    let values = ["quantile_0.9", "quantile_90"].map {
      Metric.named($0, task: .regression)?.value(labels: rows.labels, predictions: rows.predictions)
    }
    #expect(values[0] != nil)
    #expect(values[0] == values[1])
  }

  @Test func offersNamesThatAllExist() {
    for task in [Task.binary, .multiclass, .regression, .ranking, .clustering] {
      for name in Metric.names(for: task, classes: ["a", "b b"]) {
        #expect(Metric.named(name, task: task, classes: ["a", "b b"]) != nil, "\(name)")
      }
    }
  }
}
