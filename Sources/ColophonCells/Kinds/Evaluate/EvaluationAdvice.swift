import ColophonCore
import ColophonEvaluation

/// The traps that an evaluation shows, in words.
enum EvaluationAdvice {
  /// The share below which a class is rare.
  static let rare = 0.2

  static func advice(
    _ evaluation: Evaluation,
    request: MetricRequest,
    threshold: ThresholdRule
  ) -> [Advice] {
    guard let rarest = rarest(evaluation), rarest.share < rare else { return [] }
    let share = "\(NumberFormat.standard(.number((rarest.share * 1_000).rounded() / 10))) %"
    var advice: [Advice] = []
    if !request.names.isEmpty, request.names.allSatisfy({ $0.value == "accuracy" }) {
      advice.append(
        Advice(
          "eval.accuracy-imbalanced",
          "accuracy is the only metric while \(share) of the rows are '\(rarest.label)': always "
            + "predicting another label would look good",
          hint: "add balanced_accuracy, mcc or \(evaluation.rows.isHard ? "f1" : "pr_auc")",
          field: "metrics"
        )
      )
    }
    if threshold == .maximize("accuracy") {
      advice.append(
        Advice(
          "eval.accuracy-imbalanced",
          "the threshold maximizes accuracy while \(share) of the rows are '\(rarest.label)'",
          hint: "maximize balanced_accuracy, mcc or f1, or state the costs",
          field: "threshold"
        )
      )
    }
    return advice
  }

  /// The class of the least weight, with its share.
  private static func rarest(_ evaluation: Evaluation) -> (label: String, share: Double)? {
    guard let matrix = evaluation.sample.matrix, matrix.total > 0 else { return nil }
    let classes = evaluation.rows.cases.classes
    let rarest = classes.indices.min { matrix.actual($0) < matrix.actual($1) }
    return rarest.map { (classes[$0], matrix.actual($0) / matrix.total) }
  }
}
