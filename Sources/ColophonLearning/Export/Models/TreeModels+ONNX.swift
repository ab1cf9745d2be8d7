import ColophonData

extension Tree {
  /// The nodes as the operator takes them, with what each leaf says.
  func exported(_ leaf: (Int) -> [(target: Int, value: Double)]) -> [ONNXTrees.Node] {
    (0..<count).map { node in
      isLeaf(node)
        ? .leaf(leaf(node))
        : .question(
          feature: Int(features[node]),
          threshold: thresholds[node],
          yes: Int(left[node]),
          no: Int(right[node]),
          missingIsYes: missingGoesLeft[node]
        )
    }
  }
}

extension TreeEnsemble {
  /// The mean over the trees of what their leaves hold.
  func writeMean(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) -> ONNXPrediction {
    var nodes = ONNXTrees()
    for tree in trees {
      nodes.append(
        mode: "BRANCH_LEQ",
        tree.exported { leaf in
          tree.value(leaf).enumerated().map { (target: $0.offset, value: $0.element) }
        }
      )
    }
    let sums = nodes.write(to: &graph, reading: features, targets: outputs)
    let means = trees.count == 1 ? sums : graph.divide(sums, Double(trees.count))
    switch task {
    case .binary: return .binary(means)
    case .multiclass: return .multiclass(spread(means, &graph))
    default: return .regression(means)
    }
  }

  /// A data set of two classes or fewer can be learned as one of several: then the one number is the
  /// second's.
  private func spread(_ wire: ONNXGraph.Wire, _ graph: inout ONNXGraph) -> ONNXGraph.Wire {
    guard outputs == 1 else { return wire }
    return graph.concatenate([graph.subtract(graph.constant(.scalar(1)), wire), wire])
  }
}

extension DecisionTreeModel: ONNXExportable {
  package func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction { ensemble.writeMean(to: &graph, reading: features) }
}

extension RandomForestModel: ONNXExportable {
  package func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction { ensemble.writeMean(to: &graph, reading: features) }
}
