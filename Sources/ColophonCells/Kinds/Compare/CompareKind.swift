package import ColophonCore
package import ColophonData
import ColophonEvaluation
import ColophonLearning

/// Tells whether one model is better than others on the same rows, or whether chance would do.
package struct CompareKind: CellKind, ChoosesOnSplit, UsesDataset {
  package static let name = "compare"
  package static let summary =
    "Models on the same rows: which is best, and whether chance would explain it."

  /// Trained or cross-validated cells, as written; empty where predictions are compared.
  let models: [Located<String>]
  /// Nil where models are compared.
  let file: ComparedPredictions?
  let data: Located<String>?
  let split: Split
  /// Nil for the usual one of the task.
  let metric: Located<String>?
  let metricOptions: MetricOptions
  /// Nil for the one that suits the metric.
  let test: Located<String>?
  let baseline: Located<String>?
  let settings: ComparisonSettings
  /// Where fields stand that a later finding may point at.
  let places: [String: SourcePosition]

  package init(reading fields: inout FieldReader) {
    models = fields.references(
      "models",
      to: ["model", OutOfFoldPredictions.artifactName],
      "The cells to compare: two or more that make models, or crossvalidate cells of one scheme."
    )
    file = fields.section(
      "predictions",
      "A table of several models' predictions made elsewhere, beside the true labels."
    ) { ComparedPredictions(reading: &$0) }
    data = fields.reference(
      "data",
      to: ["dataset"],
      "The data to compare on; by default what each model was trained on."
    )
    split = EvaluateKind.split(&fields)
    metric = fields.string(
      "metric",
      "What is compared; by default `roc_auc` for two classes, `accuracy` for several, `rmse` for "
        + "numbers, `ndcg_10` for rankings."
    )
    test = fields.choice(
      "test",
      of: comparisonTests.names,
      "How chance is judged; by default `paired_t` for crossvalidate cells, `delong` for `roc_auc` of "
        + "two classes, `mcnemar` for `accuracy`, else (and for rows with weights) `bootstrap`."
    )
    baseline = fields.string(
      "baseline",
      "The model that the others challenge; by default the first."
    )
    settings = ComparisonSettings(reading: &fields, test: test)
    metricOptions = MetricOptions(reading: &fields)
    var places: [String: SourcePosition] = [:]
    for name in ["models", "data", "predictions", "split", "metric", "test", "baseline"] {
      places[name] = fields.peek(name)?.position
    }
    self.places = places
    checkSource(&fields)
  }

  /// The models' names in the cell's order.
  var names: [String] { models.isEmpty ? file?.names ?? [] : models.map { $0.value } }

  package var dataCell: String? { (data ?? models.first)?.value }

  package var choiceSplit: Split? { models.isEmpty ? nil : split }
  package static var choiceField: String { "models" }

  /// Folds are made of training rows, so comparing them reads no other split.
  package func choiceSplit(beside cells: [String: any CellKind]) -> Split? {
    models.contains { cells[$0.value] is CrossValidateKind } ? nil : choiceSplit
  }

  package var values: [PathPattern] {
    let evidence = [
      "difference", "low", "high", "p_value", "raw_p_value", "significant", "statistic", "verdict",
      "non_inferior", "non_inferiority_p_value",
    ]
    var patterns: [PathPattern] = [
      "best", "baseline", "metric", "test", "rows", "fold_count", "challenger_count",
    ]
    patterns += evidence.map { PathPattern($0) }
    let own = evidence + ["value", "baseline_alone_right", "challenger_alone_right"]
    if names.isEmpty {
      patterns += ["value.*", PathPattern("challenger.*.{\(own.joined(separator: ","))}")]
    }
    for name in names {
      patterns.append(PathPattern(exactly: ["value", name]))
      patterns += own.map { PathPattern(exactly: ["challenger", name, $0]) }
    }
    return patterns
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    let subjects = try subjects(in: workshop)
    try workshop.checkCancellation()
    let comparison = try Comparison(self, subjects, in: workshop)
    return Outcome(
      values: comparison.values,
      exhibits: ComparisonExhibits.exhibits(comparison)
    )
  }
}
