import ColophonCore
import ColophonData

/// Multi-class metrics of the confusion matrix as a whole.
extension Metric {
  static let matrixMetrics: [Metric] = [
    ofMatrix(
      "accuracy",
      range: .closed(0, 1),
      "The share of rows predicted rightly.",
      formula: "Σ C(k, k) / n",
      undefined: "there are no rows"
    ) { ratio($0.correct, $0.total) },
    ofMatrix(
      "balanced_accuracy",
      range: .closed(0, 1),
      "The mean recall of the classes that occur.",
      formula: "mean over classes of C(k, k) / Σⱼ C(k, j)",
      undefined: "only one class occurs",
      compute: balancedAccuracy
    ),
    ofMatrix(
      "mcc",
      range: .closed(-1, 1),
      "The correlation of predicted and actual classes (Gorodkin, 2004).",
      formula: "(c · n − Σ pₖ tₖ) / √((n² − Σ pₖ²)(n² − Σ tₖ²))",
      undefined: "only one class occurs or is predicted",
      compute: correlation
    ),
    ofMatrix(
      "kappa",
      range: .closed(-1, 1),
      "Agreement beyond what chance would give (Cohen, 1960).",
      formula: "(accuracy − e) / (1 − e), e = Σ pₖ tₖ / n²",
      undefined: "all rows are of one class, and predicted so",
      compute: kappa
    ),
  ]

  private static func ofMatrix(
    _ name: String,
    range: Interval,
    _ summary: String,
    formula: String,
    undefined: String,
    compute: @escaping @Sendable (ConfusionMatrix) -> Double?
  ) -> Metric {
    Metric(
      name,
      .multiclass,
      .maximize,
      needs: .labels,
      range: range,
      summary,
      formula: formula,
      undefined: undefined
    ) { $0.matrix.flatMap(compute) }
  }

  @Sendable
  private static func balancedAccuracy(_ matrix: ConfusionMatrix) -> Double? {
    let recalls = (0..<matrix.classes).compactMap { ratio(matrix[$0, $0], matrix.actual($0)) }
    return recalls.count > 1 ? recalls.reduce(0, +) / Double(recalls.count) : nil
  }

  @Sendable
  private static func correlation(_ matrix: ConfusionMatrix) -> Double? {
    let total = matrix.total
    let actual = (0..<matrix.classes).map { matrix.actual($0) }
    let predicted = (0..<matrix.classes).map { matrix.predicted($0) }
    // n² − Σ t² as Σ t (n − t): exactly 0 where one class has everything.
    let spreadActual = actual.reduce(0) { $0 + $1 * (total - $1) }
    let spreadPredicted = predicted.reduce(0) { $0 + $1 * (total - $1) }
    let expected = zip(actual, predicted).reduce(0) { $0 + $1.0 * $1.1 }
    let scale = spreadActual.squareRoot() * spreadPredicted.squareRoot()
    return ratio(matrix.correct * total - expected, scale).map { min(max($0, -1), 1) }
  }

  @Sendable
  private static func kappa(_ matrix: ConfusionMatrix) -> Double? {
    let total = matrix.total
    let chance = (0..<matrix.classes).reduce(0) {
      $0 + matrix.actual($1) * (total - matrix.predicted($1))
    }
    return ratio((total - matrix.correct) * total, chance).map { 1 - $0 }
  }
}
