package import ColophonCore
package import ColophonData

/// Linear and logistic regression with an elastic-net penalty, solved to the optimum.
///
/// Minimises mean(loss) + alpha · (l1_ratio · ‖w‖₁ + ½ (1 − l1_ratio) · ‖w‖₂²) over coefficients w
/// and an intercept that is not penalised. The squared loss is ½ (y − ŷ)², so that alpha and
/// l1_ratio mean what they mean in scikit-learn's ElasticNet; its Ridge has alpha · n, its
/// LogisticRegression C = 1 / (n · alpha). Weights multiply a row's loss and the mean divides by
/// their sum. Features are standardised by the weighted mean and population deviation of the
/// training rows; coefficients are told on the features' own scale.
///
/// - Complexity: each iteration O(*n* · *p*²) for *n* rows of *p* features (O(*n* · *p*) a step of
///   conjugate gradients beyond 1,000 coefficients).
package struct LinearLearner: Algorithm, Hashable {
  package static let name = "linear_learner"
  package static let summary = "Linear and logistic regression with an elastic-net penalty."
  package static let tasks: Set<Task> = [.binary, .multiclass, .regression]
  package static let missing = FeatureEncoding.Missing.mean
  package static let isIterative = false

  /// What is minimised.
  package enum Loss: String, CaseIterable, Sendable {
    case auto, squared, logistic, hinge, huber, quantile

    var isInThisVersion: Bool { self == .auto || self == .squared || self == .logistic }
  }

  package var alpha: Double
  package var l1Ratio: Double
  package var loss: Loss
  package var standardize: Bool
  package var fitIntercept: Bool
  package var maxIterations: Int
  package var tolerance: Double

  package init(reading fields: inout FieldReader) {
    alpha = fields.number(
      "alpha",
      in: .atLeast(0),
      default: 0.0001,
      "The strength of the penalty; 0 is none."
    )
    l1Ratio = fields.number(
      "l1_ratio",
      in: .closed(0, 1),
      default: 0,
      "The share of the penalty that is the sum of absolute coefficients: 0 is ridge, 1 is lasso."
    )
    loss = LinearLearner.loss(reading: &fields)
    standardize = fields.boolean(
      "standardize",
      default: true,
      "Whether the penalty weighs each feature by its standard deviation in the training rows."
    )
    fitIntercept = fields.boolean(
      "fit_intercept",
      default: true,
      "Whether there is an intercept; without one, features are scaled and not centred."
    )
    maxIterations = fields.integer(
      "max_iter",
      in: 1...1_000_000,
      default: 1_000,
      "The most Newton iterations."
    )
    tolerance = fields.number(
      "tol",
      in: .closed(1e-14, 1),
      default: 1e-10,
      "How far the optimality conditions may be missed, relative to the largest possible slope."
    )
  }

  private static func loss(reading fields: inout FieldReader) -> Loss {
    let name = fields.choice(
      "loss",
      of: Loss.allCases.map { $0.rawValue },
      default: Loss.auto.rawValue,
      "What is minimised; auto is squared for numbers and logistic for classes."
    )
    let loss = Loss(rawValue: name) ?? .auto
    if !loss.isInThisVersion {
      fields.report(
        .notInThisVersion(
          "the loss '\(name)' of linear_learner",
          at: fields.position(of: "loss"),
          length: name.utf8.count,
          hint: "squared and logistic are"
        )
      )
    }
    return loss
  }

  package func faults(for task: Task) -> [TrainingFault] {
    switch (loss, task) {
    case (.squared, .binary), (.squared, .multiclass), (.logistic, .regression):
      [
        TrainingFault(
          "train.output-loss-mismatch",
          "the loss '\(loss.rawValue)' does not fit the task '\(task.rawValue)'",
          hint: "leave it out, or take \(task == .regression ? "squared" : "logistic")",
          field: "hyperparameters.loss"
        )
      ]
    default: []
    }
  }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    try LinearModel(decoding: bytes)
  }
}
