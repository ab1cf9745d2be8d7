package import ColophonCore
package import ColophonData

/// The mean of models of one recipe, each fitted to rows and features drawn at random.
///
/// A member sees `max_samples` of the training rows, with replacement where `bootstrap` is true (a
/// row that is drawn twice stands there twice, with its own weight), and `max_features` of the
/// features. Numbers and probabilities are averaged in the order of the members. Every member draws
/// from streams of its own, keyed by its position, so members may be fitted side by side and a
/// longer ensemble begins with the members of a shorter one.
///
/// - SeeAlso: Breiman, "Bagging predictors", 1996; Ho, "The random subspace method", 1998.
package struct Bagging: Ensemble {
  package static let name = "bagging"
  package static let summary = "The mean of models fitted to random parts of the rows and features."
  package static let tasks: Set<Task> = [.binary, .multiclass, .regression]
  package static let missing = FeatureEncoding.Missing.mean
  package static let isIterative = true

  /// The members' recipe; nil where it could not be read.
  package var estimator: (any Algorithm)?
  /// How many members.
  package var count: Int
  package var samples: Portion
  package var features: Portion
  package var bootstrap: Bool
  package var bootstrapFeatures: Bool
  /// Whether the members are measured on the rows that they did not see.
  package var outOfBag: Bool

  package init(reading fields: inout FieldReader) {
    estimator = fields.section(
      "estimator",
      defaulted: "What each member is: {algorithm, hyperparameters}."
    ) { $0.memberRecipe(usual: DecisionTree.self) }
    count = fields.integer(
      "n_estimators",
      in: 1...100_000,
      default: 10,
      "How many members there are."
    )
    samples = fields.portion(
      "max_samples",
      of: "training rows",
      "How many rows a member sees: a fraction is a share of the training rows, a whole number a "
        + "count."
    )
    features = fields.portion(
      "max_features",
      of: "features",
      "How many features a member sees: a fraction is a share of them, a whole number a count."
    )
    bootstrap = fields.boolean(
      "bootstrap",
      default: true,
      "Whether rows are drawn with replacement."
    )
    bootstrapFeatures = fields.boolean(
      "bootstrap_features",
      default: false,
      "Whether features are drawn with replacement."
    )
    outOfBag = fields.boolean(
      "oob_score",
      default: false,
      "Whether the ensemble is also measured on each row by the members that did not see it."
    )
    if outOfBag, !bootstrap {
      fields.report(.outOfBagWithoutBootstrap(at: fields.position(of: "oob_score")))
    }
    fields.checkDepth(of: self)
  }

  package var members: [EnsembleMember] {
    estimator.map { [EnsembleMember(path: "estimator", recipe: $0)] } ?? []
  }

  package var missingValues: FeatureEncoding.Missing { estimator?.missingValues ?? .mean }

  package var values: [PathPattern] { outOfBag ? ["oob.*"] : [] }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    try BaggingModel(decoding: bytes)
  }
}

extension Diagnostic {
  static func outOfBagWithoutBootstrap(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.out-of-bag",
      at: position,
      "'oob_score' needs 'bootstrap: true': without it no row is left out by chance",
      hint: "measure on a validation split, or draw with replacement"
    )
  }
}

extension TrainingFault {
  static func portion(_ name: String, _ count: Int, of total: Int, _ things: String)
    -> TrainingFault
  {
    TrainingFault(
      "train.parameter",
      "'\(name)' asks for \(count) of \(total) \(things)",
      hint: "a fraction such as 0.8 is a share of them",
      field: "hyperparameters.\(name)"
    )
  }
}
