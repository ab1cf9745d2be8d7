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

  /// From which ratio on one feature's scale drowns another's.
  static let unlike = 100.0

  /// That distances between rows hang on one feature alone, for an algorithm to which that matters.
  static func unscaled(_ dataset: Dataset, for algorithm: any Algorithm) -> [Advice] {
    let type = Swift.type(of: algorithm)
    let isRawNetwork = (algorithm as? any NetworkAlgorithm)?.network.standardize == false
    guard type.isScaleSensitive || isRawNetwork else { return [] }
    let rows = dataset.rows(of: .train)
    let weights = dataset.weights(of: rows)
    let scales = dataset.features.compactMap { column -> (name: String, scale: Double)? in
      guard let values = column.numbers else { return nil }
      let scale = deviation(rows.map { values[$0] }, weights)
      return scale > 0 && scale.isFinite ? (column.name, scale) : nil
    }
    guard let widest = scales.max(by: { $0.scale < $1.scale }),
      let narrowest = scales.min(by: { $0.scale < $1.scale }),
      widest.scale >= unlike * narrowest.scale
    else { return [] }
    let ratio = DecimalText.general(widest.scale / narrowest.scale, digits: 3)
    return [
      Advice(
        "train.unscaled",
        "'\(widest.name)' varies \(ratio) times as much as '\(narrowest.name)', so that "
          + "\(type.name) hardly sees the latter",
        hint: "put the features on one scale with 'standardize' in a prepare cell",
        field: "data"
      )
    ]
  }

  /// The weighted standard deviation of the values that are there.
  private static func deviation(_ values: [Double], _ weights: [Double]?) -> Double {
    let known = values.indices.filter { !values[$0].isNaN }
    let total = known.reduce(0) { $0 + (weights?[$1] ?? 1) }
    guard total > 0 else { return 0 }
    let mean = known.reduce(0) { $0 + (weights?[$1] ?? 1) * values[$1] } / total
    let square = known.reduce(0) { sum, row in
      sum + (weights?[row] ?? 1) * (values[row] - mean) * (values[row] - mean)
    }
    return (square / total).squareRoot()
  }

  /// The class with the fewest training rows, and its share of them.
  private static func rarest(_ dataset: Dataset) -> (label: String, share: Double)? {
    guard dataset.task.isClassification else { return nil }
    let counts = dataset.classCounts(in: dataset.rows(of: .train))
    let total = counts.reduce(0, +)
    guard total > 0, counts.count == dataset.classes.count,
      let rarest = counts.indices.min(by: { counts[$0] < counts[$1] })
    else { return nil }
    return (dataset.classes[rarest], Double(counts[rarest]) / Double(total))
  }
}
