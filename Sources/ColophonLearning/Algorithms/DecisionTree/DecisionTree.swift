package import ColophonCore
package import ColophonData

/// One classification or regression tree (CART), grown greedily and maybe pruned back.
///
/// Every split of every feature is looked at, as scikit-learn does: the result is its tree wherever
/// no two splits are equally good. Among equals the feature that stands first and the lower threshold
/// are taken, where scikit-learn draws. Rows with a missing value go to the side that is better by
/// the training rows; where a node's feature had no missing value, later ones go where more rows
/// went.
///
/// - Complexity: O(*p* · *n*) a level for *n* rows of *p* features, whose ranks are made once.
/// - SeeAlso: Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees", 1984.
package struct DecisionTree: Algorithm, Hashable {
  package static let name = "decision_tree"
  package static let summary =
    "One classification or regression tree, with cost-complexity pruning."
  package static let tasks: Set<Task> = [.binary, .multiclass, .regression]
  package static let missing = FeatureEncoding.Missing.keep
  package static let isIterative = false

  package var settings: TreeSettings

  package init(reading fields: inout FieldReader) {
    let splitter = fields.choice(
      "splitter",
      of: TreeSettings.Splitter.allCases.map { $0.rawValue },
      default: TreeSettings.Splitter.best.rawValue,
      "Whether thresholds are the best ones or drawn."
    )
    settings = TreeSettings(reading: &fields, features: "all")
    settings.splitter = TreeSettings.Splitter(rawValue: splitter) ?? .best
  }

  package func faults(for task: Task) -> [TrainingFault] { settings.faults(for: task) }

  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    if let fault = faults(for: job.task).first { throw fault }
    if job.earlyStopping != nil { throw TrainingFault.nothingToStop(DecisionTree.name) }
    let table = try TreeTable(job, of: DecisionTree.name)
    try table.check(settings.criterion(for: job.task))
    let limits = settings.limits(rows: table.count, features: table.columns.columns)
    let draws = limits.drawsNumbers(features: table.columns.columns)
    let grown = table.grow(
      try table.sample(weighing: settings.classWeight),
      settings.criterion(for: job.task),
      limits,
      random: draws ? job.random(DecisionTree.name) : nil
    )
    let pruned = CostComplexityPruning.cut(grown, settings.pruning)
    let model = DecisionTreeModel(
      TreeEnsemble(job, features: table.features.names, trees: [pruned])
    )
    let history = try job.measured(model)
    try observer.roundEnded(TrainingProgress(round: 1, rounds: 1, reading: ""), metrics: history)
    return TrainingResult(
      model: model,
      history: history,
      rounds: 1,
      keptRound: 1,
      notes: notes(pruned, grown)
    )
  }

  private func notes(_ tree: Tree, _ grown: Tree) -> [TrainingNote] {
    let cut = grown.leafCount - tree.leafCount
    return [
      TrainingNote(
        "leaves",
        "\(tree.leafCount)",
        note: settings.pruning > 0 ? "\(cut) of \(grown.leafCount) pruned away" : nil
      ),
      TrainingNote("depth", "\(tree.depth)"),
    ]
  }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    guard let ensemble = TreeEnsemble(decoding: bytes), ensemble.trees.count == 1
    else { throw TrainingFault.damagedModel(name) }
    return DecisionTreeModel(ensemble)
  }
}

/// A single tree that has been grown.
package struct DecisionTreeModel: Model {
  package static var algorithm: String { DecisionTree.name }

  package let ensemble: TreeEnsemble

  init(_ ensemble: TreeEnsemble) { self.ensemble = ensemble }

  package var tree: Tree? { ensemble.trees.first }
  /// A threshold or a leaf for each node.
  package var parameterCount: Int { ensemble.nodeCount }
  package var importances: [FeatureImportance] {
    FeatureImportance.ofTrees(ensemble.trees, names: ensemble.features)
  }

  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    ensemble.predictions(try ensemble.sums(features))
  }

  package func encoded() throws -> [UInt8] { try ensemble.encoded() }
}
