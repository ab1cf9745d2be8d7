import ColophonCore
import ColophonEvaluation
import ColophonLearning

/// What each column adds to what the model says of each row.
enum ShapMethod: ExplainMethod {
  static let name = "shap"
  static let summary = "what each feature adds to each prediction, as Shapley values that add up."
  static let fields: Set<String> = [
    "rows", "sample", "explainer", "perturbation", "background", "samples", "interactions", "class",
  ]
  static let values: [PathPattern] = [
    "rows", "explainer", "scale", "additivity", "base_value", "base_value.*", "importance.*",
    "importance_by_class.*.*", "shap[*].*", "shap[*].*.*", "row[*]", "explained[*]",
    "explained[*].*", "interaction.*.*",
  ]

  /// The algorithms whose models may be explained exactly.
  static let exactAlgorithms: [String: [String]] = [
    Explainer.tree.name: [
      DecisionTree.name, RandomForest.name, AdaBoost.name, XGBoost.name, Bagging.name,
    ],
    Explainer.linear.name: [LinearLearner.name, XGBoost.name, Bagging.name],
  ]

  static func run(
    _ subject: ExplainSubject,
    _ request: ExplainRequest,
    in workshop: Workshop
  ) throws -> Outcome {
    let place = try subject.classPlace(request.label)
    let values = try ShapWork(subject: subject, request: request, workshop: workshop).values()
    var output: Int?
    if let place, !values.labels.isEmpty {
      guard let found = values.labels.firstIndex(of: subject.trained.classes[place]) else {
        throw CellFailure(
          "the model never saw '\(subject.trained.classes[place])', so nothing adds to it",
          field: "class"
        )
      }
      output = found
    } else if values.labels.isEmpty {
      output = 0
    }
    let report = ShapReport(subject: subject, request: request, shap: values, output: output)
    return Outcome(values: report.values, exhibits: try report.exhibits())
  }
}
