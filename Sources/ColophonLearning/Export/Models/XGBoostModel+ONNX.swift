import ColophonCore
import ColophonData
import ColophonMath

/// The library's trees and linear functions, read from its JSON.
///
/// The library computes in 32-bit numbers, and so does the graph up to the margins.
extension XGBoostModel: ONNXExportable {
  package func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction {
    guard let value = try? Value(json: libraryBytes(format: "json")),
      let learner = value["learner"], let booster = learner["gradient_booster"],
      let goal = XGBoostObjective.all[objective]
    else { throw ExportFault("the library's model could not be read") }
    let outputs = task == .multiclass ? classCount : 1
    let base = try goal.margin(ofBase: learner["learner_model_param"]?["base_score"]?.asString)
    let sums: ONNXGraph.Wire
    if booster["model"]?["weights"] != nil {
      sums = try linear(booster, &graph, features, outputs)
    } else {
      sums = try trees(booster, outputs).write(
        to: &graph,
        reading: features,
        targets: outputs,
        isSingle: true
      )
    }
    return prediction(goal, graph.add(sums, base), &graph)
  }

  /// What the objective makes of margins.
  private func prediction(
    _ goal: XGBoostObjective,
    _ margins: ONNXGraph.Wire,
    _ graph: inout ONNXGraph
  ) -> ONNXPrediction {
    let number: ONNXGraph.Wire
    switch goal.output {
    case .classMargins:
      return .multiclass(graph.node("Softmax", [margins], [("axis", .integer(1))]))
    case .probability, .logOdds: number = graph.node("Sigmoid", [margins])
    case .decision:
      let isPositive = graph.node("Greater", [margins, graph.constant(.scalar(0))])
      number = graph.cast(isPositive, to: .double)
    case .exponential: number = graph.node("Exp", [margins])
    case .number: number = margins
    }
    return task == .binary ? .binary(number) : .regression(number)
  }

  private func linear(
    _ booster: Value,
    _ graph: inout ONNXGraph,
    _ features: ONNXGraph.Wire,
    _ outputs: Int
  ) throws -> ONNXGraph.Wire {
    // Features × outputs, the intercepts last.
    let weights = (booster["model"]?["weights"]?.asArray ?? []).compactMap { $0.asNumber }
    guard weights.count == (self.features.count + 1) * outputs
    else { throw ExportFault("the library's model could not be read") }
    let inner = Array(weights.dropLast(outputs))
    // The library leaves missing values out of its sums.
    let present = graph.filled(features, with: .scalar(0))
    return graph.add(
      graph.product(present, graph.constant(.matrix(inner, columns: outputs))),
      graph.constant(.row(Array(weights.suffix(outputs))))
    )
  }

  private func trees(_ booster: Value, _ outputs: Int) throws -> ONNXTrees {
    // Dropout keeps its trees one level further in, with a weight each.
    let model = booster["gbtree"]?["model"] ?? booster["model"]
    let weights = booster["weight_drop"]?.asArray?.compactMap { $0.asNumber }
    let targets = model?["tree_info"]?.asArray?.compactMap { $0.asInteger } ?? []
    guard let all = model?["trees"]?.asArray, targets.count == all.count,
      weights.map({ $0.count == all.count }) ?? true
    else { throw ExportFault("the library's model could not be read") }
    var nodes = ONNXTrees()
    for (place, tree) in all.enumerated() {
      nodes.append(
        mode: "BRANCH_LT",
        try LibraryTree(tree).nodes(target: targets[place], weight: weights?[place] ?? 1)
      )
    }
    return nodes
  }
}

/// A tree of the library's JSON.
struct LibraryTree {
  let left: [Int]
  let right: [Int]
  let features: [Int]
  let conditions: [Double]
  let missingGoesLeft: [Bool]
  /// The sum of second derivatives of the training rows at each node.
  let covers: [Double]

  init(_ tree: Value) throws {
    func integers(_ name: String) -> [Int] {
      (tree[name]?.asArray ?? []).compactMap { $0.asInteger ?? ($0.asBoolean == true ? 1 : 0) }
    }
    left = integers("left_children")
    right = integers("right_children")
    features = integers("split_indices")
    conditions = (tree["split_conditions"]?.asArray ?? []).compactMap { $0.asNumber }
    missingGoesLeft = integers("default_left").map { $0 != 0 }
    covers = (tree["sum_hessian"]?.asArray ?? []).compactMap { $0.asNumber }
    let count = left.count
    guard count > 0, right.count == count, features.count == count, conditions.count == count,
      missingGoesLeft.count == count, covers.count == count
    else { throw ExportFault("a tree of the library's model could not be read") }
    if integers("split_type").contains(where: { $0 != 0 }) {
      throw ExportFault("trees that split on sets of categories have no ONNX form")
    }
  }

  func nodes(target: Int, weight: Double) -> [ONNXTrees.Node] {
    left.indices.map { node in
      left[node] < 0
        ? .leaf([(target: target, value: conditions[node] * weight)])
        : .question(
          feature: features[node],
          threshold: conditions[node],
          yes: left[node],
          no: right[node],
          missingIsYes: missingGoesLeft[node]
        )
    }
  }
}

extension XGBoostObjective {
  /// The margin of the library's `base_score`, which it keeps as a prediction.
  func margin(ofBase text: String?) throws -> Double {
    guard let base = text.flatMap({ Double($0) })
    else { throw ExportFault("the library's model could not be read") }
    switch output {
    case .probability: return -Elementary.log(1 / base - 1)
    case .exponential: return Elementary.log(base)
    case .logOdds, .decision, .classMargins, .number: return base
    }
  }
}
