package import ColophonCore
package import ColophonData

/// Linear models of several losses with an elastic-net penalty, solved to the optimum.
///
/// Minimises mean(loss) + alpha · (l1_ratio · ‖w‖₁ + ½ (1 − l1_ratio) · ‖w‖₂²) over coefficients w
/// and an intercept that is not penalised. The squared loss is ½ (y − ŷ)², so that alpha and
/// l1_ratio mean what they mean in scikit-learn's ElasticNet; its Ridge has alpha · n, its
/// LogisticRegression C = 1 / (n · alpha). Weights multiply a row's loss and the mean divides by
/// their sum. Features are standardised by the weighted mean and population deviation of the
/// training rows; coefficients are told on the features' own scale.
///
/// The hinge loss makes a linear support vector machine (scikit-learn's LinearSVC has C as above),
/// of several classes one against the rest; the quantile loss a quantile regression; Huber's has the
/// corner `epsilon` in the target's unit (scikit-learn's HuberRegressor in that of its own estimate
/// of scale σ, so that its epsilon is ours over σ, and its alpha ours · n / σ). These are solved by
/// an interior point method, and what it found is certified by its duality gap.
///
/// Sparse features stay sparse. Going on from an earlier model pulls the coefficients towards its
/// own (`anchor`).
///
/// - Complexity: each iteration O(*n* · *p*²) for *n* rows of *p* features (O(*n* · *p*) a step of
///   conjugate gradients beyond 1,000 coefficients).
package struct LinearLearner: Algorithm, Hashable {
  package static let name = "linear_learner"
  package static let summary =
    "Linear models: least squares, logistic, hinge, Huber and quantile, with an elastic-net penalty."
  package static let tasks: Set<Task> = [.binary, .multiclass, .regression, .text]
  package static let reads = FeatureForm.sparse
  package static let canContinue = true
  package static let missing = FeatureEncoding.Missing.mean
  package static let isIterative = false

  /// What is minimised.
  package enum Loss: String, CaseIterable, Sendable {
    case auto, squared, logistic, hinge
    case squaredHinge = "squared_hinge"
    case huber, quantile

    /// Whether it is of numbers; nil where it is of both.
    var isRegression: Bool? {
      switch self {
      case .auto: nil
      case .squared, .huber, .quantile: true
      case .logistic, .hinge, .squaredHinge: false
      }
    }
  }

  package var alpha: Double
  package var l1Ratio: Double
  package var loss: Loss
  package var epsilon: Double
  package var quantile: Double
  package var classWeights: ClassWeights
  package var anchor: Double
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
    epsilon = fields.number(
      "epsilon",
      in: .above(0),
      default: 1.35,
      "The residual from which Huber's loss is a line, in the target's unit."
    )
    quantile = fields.number(
      "quantile",
      in: .open(0, 1),
      default: 0.5,
      "The quantile that the quantile loss predicts; 0.5 is the median."
    )
    classWeights = fields.classWeights()
    anchor = fields.number(
      "anchor",
      in: .atLeast(0),
      default: 1,
      "How strongly incremental learning pulls towards the earlier coefficients: 1 counts the "
        + "earlier rows about as much as the new ones, 0 only starts from them."
    )
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
      "The most iterations of the solver."
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
    for (field, needed) in [("epsilon", Loss.huber), ("quantile", .quantile)]
    where fields.has(field) && loss != needed {
      fields.report(
        .parameterNeeds(field, "loss is \(needed.rawValue)", at: fields.position(of: field))
      )
    }
    return loss
  }

  package func faults(for task: Task) -> [TrainingFault] {
    var faults: [TrainingFault] = []
    if let isRegression = loss.isRegression, isRegression == task.isClassification {
      let fitting = Loss.allCases.filter { $0.isRegression == !task.isClassification }
      faults.append(
        TrainingFault(
          "train.output-loss-mismatch",
          "the loss '\(loss.rawValue)' does not fit the task '\(task.rawValue)'",
          hint: "leave it out, or take \(fitting.map { $0.rawValue }.joined(separator: ", "))",
          field: "hyperparameters.loss"
        )
      )
    }
    if classWeights != .none, !task.isClassification {
      faults.append(
        TrainingFault(
          "train.output-loss-mismatch",
          "class_weight needs classes, and the task is '\(task.rawValue)'",
          hint: "leave it out",
          field: "hyperparameters.class_weight"
        )
      )
    }
    return faults
  }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    try LinearModel(decoding: bytes)
  }
}
