import ColophonCore
import ColophonData
import ColophonLearning

/// The traps that a job's metrics set, in words.
enum TrainAdvice {
  /// The share below which a class is rare.
  static let rare = 0.2

  static func advice(
    _ dataset: Dataset,
    metrics: [Located<String>],
    rule: EarlyStopping?
  ) -> [Advice] {
    guard let rarest = rarest(dataset), rarest.share < rare else { return [] }
    let share = DecimalText.fixed(rarest.share * 100, decimals: 1) + " %"
    var advice: [Advice] = []
    if !metrics.isEmpty, metrics.allSatisfy({ $0.value == "accuracy" }) {
      advice.append(
        Advice(
          "eval.accuracy-imbalanced",
          "accuracy is the only metric while \(share) of the training rows are "
            + "'\(rarest.label)': always predicting another label would look good",
          hint: "add balanced_accuracy, mcc or log_loss",
          field: "metrics"
        )
      )
    }
    if rule?.metric == "accuracy" {
      advice.append(
        Advice(
          "eval.accuracy-imbalanced",
          "early stopping watches accuracy while \(share) of the training rows are "
            + "'\(rarest.label)'",
          hint: "watch log_loss or balanced_accuracy",
          field: "early_stopping"
        )
      )
    }
    return advice
  }

  /// The class with the fewest training rows, and its share of them.
  private static func rarest(_ dataset: Dataset) -> (label: String, share: Double)? {
    let counts = dataset.classCounts(in: dataset.rows(of: .train))
    let total = counts.reduce(0, +)
    guard total > 0, counts.count == dataset.classes.count,
      let rarest = counts.indices.min(by: { counts[$0] < counts[$1] })
    else { return nil }
    return (dataset.classes[rarest], Double(counts[rarest]) / Double(total))
  }
}
