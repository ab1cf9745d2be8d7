package import ColophonCore
package import ColophonData

/// The mean of many trees, each grown from rows and features drawn for it.
///
/// Each tree draws from a stream of its own, so that neither threads nor the number of trees changes
/// any. A tree learns from a bootstrap sample (rows drawn with replacement, unless `bootstrap` is
/// false), looks at few features for each split and is not pruned unless `ccp_alpha` says so; the
/// forest says the mean of its trees' class shares or numbers. A round is a tree.
///
/// Where data have weights, rows are drawn evenly and their weights multiply the counts, as in
/// scikit-learn; rows of weight 0 are never drawn.
///
/// - SeeAlso: Breiman, "Random forests", 2001.
package struct RandomForest: Algorithm, Hashable {
  package static let name = "random_forest"
  package static let summary = "The mean of many trees, each grown from drawn rows and features."
  package static let tasks: Set<Task> = [.binary, .multiclass, .regression]
  package static let missing = FeatureEncoding.Missing.keep
  package static let isIterative = true

  /// How many trees.
  package var trees: Int
  package var settings: TreeSettings
  package var bootstrap: Bool
  /// How many rows are drawn for a tree; nil for as many as there are.
  package var maxSamples: TreeSettings.Amount?
  /// Whether rows are also predicted by the trees that did not see them.
  package var scoresOutOfBag: Bool

  package init(reading fields: inout FieldReader) {
    trees = fields.integer(
      "n_estimators",
      in: 1...1_000_000,
      default: 100,
      "The number of trees."
    )
    settings = TreeSettings(
      reading: &fields,
      features: "sqrt for classes and all for numbers",
      balancesSubsamples: true
    )
    bootstrap = fields.boolean(
      "bootstrap",
      default: true,
      "Whether each tree learns from rows drawn with replacement, instead of all rows."
    )
    maxSamples = fields.samples(
      "max_samples",
      "How many rows are drawn for a tree, or the share of all rows; all unless given."
    )
    scoresOutOfBag = fields.boolean(
      "oob_score",
      default: false,
      "Whether rows are also predicted by the trees that did not see them."
    )
    if maxSamples != nil, !bootstrap {
      fields.report(
        .parameterNeeds("max_samples", "bootstrap is true", at: fields.position(of: "max_samples"))
      )
    }
    if scoresOutOfBag, !bootstrap {
      fields.report(
        .parameterNeeds("oob_score", "bootstrap is true", at: fields.position(of: "oob_score"))
      )
    }
  }

  package func faults(for task: Task) -> [TrainingFault] { settings.faults(for: task) }

  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    if let fault = faults(for: job.task).first { throw fault }
    var learner = try ForestLearner(self, job)
    let record = try TrainingLoop(job, rounds: trees).run(&learner, observer: observer)
    return TrainingResult(
      model: learner.model(rounds: record.keptRound),
      history: record.history,
      rounds: record.history.rounds.count,
      keptRound: record.keptRound,
      stoppedEarly: record.stoppedEarly,
      notes: learner.notes(record.keptRound),
      curves: learner.curves
    )
  }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    guard let ensemble = TreeEnsemble(decoding: bytes), ensemble.weights.isEmpty
    else { throw TrainingFault.damagedModel(name) }
    return RandomForestModel(ensemble)
  }
}

extension FieldReader {
  /// A number of rows to draw, a share of them, or nothing.
  fileprivate mutating func samples(
    _ name: String,
    _ documentation: String
  ) -> TreeSettings.Amount? {
    let share = Interval.above(0, upTo: 1)
    let type = FieldType.union([.integer(1...Int(Int32.max)), .number(share)])
    guard let node = node(name, type, documentation) else { return nil }
    switch node.content {
    case .integer(let count) where count >= 1 && count <= Int(Int32.max): return .count(count)
    case .number(let number) where share.contains(number): return .share(number)
    default:
      report(
        .parameterValue(
          name,
          "takes a whole number from 1, or a share above 0 and at most 1.0",
          at: node.position
        )
      )
      return nil
    }
  }
}

/// A forest that has been grown.
package struct RandomForestModel: Model {
  package static var algorithm: String { RandomForest.name }

  package let ensemble: TreeEnsemble

  init(_ ensemble: TreeEnsemble) { self.ensemble = ensemble }

  /// A threshold or a leaf for each node of each tree.
  package var parameterCount: Int { ensemble.nodeCount }
  package var importances: [FeatureImportance] {
    FeatureImportance.ofTrees(ensemble.trees, names: ensemble.features)
  }

  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    let count = Double(ensemble.trees.count)
    return ensemble.predictions(try ensemble.sums(features).map { $0 / count })
  }

  package func encoded() throws -> [UInt8] { try ensemble.encoded() }
}
