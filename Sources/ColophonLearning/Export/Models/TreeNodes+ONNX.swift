/// Trees as the standard's operator takes them: parallel lists over the nodes of all trees.
struct ONNXTrees: Sendable {
  private var trees: [Int] = []
  private var nodes: [Int] = []
  private var features: [Int] = []
  private var thresholds: [Double] = []
  private var modes: [String] = []
  private var yes: [Int] = []
  private var no: [Int] = []
  private var missing: [Int] = []
  private var leafTrees: [Int] = []
  private var leafNodes: [Int] = []
  private var leafTargets: [Int] = []
  private var leafValues: [Double] = []
  /// How many trees there are.
  private(set) var count = 0

  /// A node of a tree; a question leads to `yes` where it holds.
  enum Node {
    case question(feature: Int, threshold: Double, yes: Int, no: Int, missingIsYes: Bool)
    /// Numbers for some of the targets.
    case leaf([(target: Int, value: Double)])
  }

  /// Adds a tree; node 0 is its root.
  ///
  /// `mode`: what a question asks, `BRANCH_LEQ` or `BRANCH_LT`.
  mutating func append(mode: String, _ nodes: [Node]) {
    for (number, node) in nodes.enumerated() {
      trees.append(count)
      self.nodes.append(number)
      switch node {
      case .question(let feature, let threshold, let yes, let no, let missingIsYes):
        features.append(feature)
        thresholds.append(threshold)
        modes.append(mode)
        self.yes.append(yes)
        self.no.append(no)
        missing.append(missingIsYes ? 1 : 0)
      case .leaf(let values):
        features.append(0)
        thresholds.append(0)
        modes.append("LEAF")
        yes.append(0)
        no.append(0)
        missing.append(0)
        for (target, value) in values {
          leafTrees.append(count)
          leafNodes.append(number)
          leafTargets.append(target)
          leafValues.append(value)
        }
      }
    }
    count += 1
  }

  /// Adds the operator that sums each target over the trees: `[rows, targets]`, 64-bit numbers that
  /// were added up in 32 bits, as the standard has it.
  ///
  /// `isSingle`: whether features and thresholds are 32-bit numbers too.
  func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire,
    targets: Int,
    isSingle: Bool = false
  ) -> ONNXGraph.Wire {
    func numbers(_ name: String, _ values: [Double]) -> (name: String, value: ONNXNode.Attribute) {
      if isSingle { return (name, .floats(values.map { Float($0) })) }
      return (
        name + "_as_tensor", .tensor(ONNXTensor(.doubles(values), shape: [values.count]))
      )
    }
    let sums = graph.learned(
      "TreeEnsembleRegressor",
      [isSingle ? graph.cast(features, to: .float) : features],
      [
        ("aggregate_function", .text("SUM")), ("n_targets", .integer(targets)),
        ("nodes_falsenodeids", .integers(no)), ("nodes_featureids", .integers(self.features)),
        ("nodes_missing_value_tracks_true", .integers(missing)), ("nodes_modes", .texts(modes)),
        ("nodes_nodeids", .integers(nodes)), ("nodes_treeids", .integers(trees)),
        ("nodes_truenodeids", .integers(yes)), numbers("nodes_values", thresholds),
        ("post_transform", .text("NONE")), ("target_ids", .integers(leafTargets)),
        ("target_nodeids", .integers(leafNodes)), ("target_treeids", .integers(leafTrees)),
        numbers("target_weights", leafValues),
      ]
    )
    return graph.cast(sums, to: .double)
  }
}
