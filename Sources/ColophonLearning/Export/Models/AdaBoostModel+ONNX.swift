import ColophonData

/// Votes of classes are leaves of weighted trees; a regression's weighted median is sought among the
/// trees' sorted words.
extension AdaBoostModel: ONNXExportable {
  package func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction {
    if ensemble.task == .regression { return .regression(median(&graph, features)) }
    let whole = ensemble.weights.reduce(0, +)
    if present.count < 2 { return constant(&graph, features) }
    let votes = graph.divide(votes(&graph, features), whole)
    if ensemble.task == .binary {
      let margin = graph.multiply(graph.columns(votes, [1]), 2)
      return .binary(graph.node("Sigmoid", [margin]))
    }
    let margins = graph.divide(votes, Double(present.count - 1))
    let shares = graph.node("Softmax", [margins], [("axis", .integer(1))])
    return .multiclass(graph.spread(shares, present, of: ensemble.classCount))
  }

  /// One class alone was seen in training: it is certain.
  private func constant(
    _ graph: inout ONNXGraph,
    _ features: ONNXGraph.Wire
  ) -> ONNXPrediction {
    var row = [Double](repeating: 0, count: ensemble.task == .binary ? 1 : ensemble.classCount)
    if ensemble.task == .binary {
      row[0] = present == [1] ? 1 : 0
    } else {
      for place in present { row[place] = 1 }
    }
    // A product with zeros has as many rows as the features; what is missing must not show.
    let first = graph.columns(features, [0])
    let zero = graph.cast(graph.node("Not", [graph.node("Equal", [first, first])]), to: .double)
    let none = graph.multiply(zero, 0)
    let wire = graph.add(none, graph.constant(.row(row)))
    return ensemble.task == .binary ? .binary(wire) : .multiclass(wire)
  }

  private func votes(_ graph: inout ONNXGraph, _ features: ONNXGraph.Wire) -> ONNXGraph.Wire {
    var nodes = ONNXTrees()
    for (tree, weight) in zip(ensemble.trees, ensemble.weights) {
      let answers = tree.likeliestClasses
      let against = weight / Double(present.count - 1)
      nodes.append(
        mode: "BRANCH_LEQ",
        tree.exported { leaf in
          present.indices.map { k in
            (target: k, value: present[k] == answers[leaf] ? weight : -against)
          }
        }
      )
    }
    return nodes.write(to: &graph, reading: features, targets: present.count)
  }

  /// The first value, in ascending order, at which half of the weight is reached.
  private func median(_ graph: inout ONNXGraph, _ features: ONNXGraph.Wire) -> ONNXGraph.Wire {
    var nodes = ONNXTrees()
    for (place, tree) in ensemble.trees.enumerated() {
      nodes.append(
        mode: "BRANCH_LEQ",
        tree.exported { leaf in [(target: place, value: tree.values[leaf])] }
      )
    }
    let count = ensemble.trees.count
    let words = nodes.write(to: &graph, reading: features, targets: count)
    let (sorted, places) = graph.smallest(words, count)
    let weights = graph.constant(ONNXTensor(.doubles(ensemble.weights), shape: [count]))
    let ordered = graph.node("Gather", [weights, places], [("axis", .integer(0))])
    let sums = graph.node(
      "CumSum",
      [ordered, graph.constant(ONNXTensor(.integers([1]), shape: []))]
    )
    let half = 0.5 * ensemble.weights.reduce(0, +)
    let reached = graph.node("GreaterOrEqual", [sums, graph.constant(.scalar(half))])
    let first = graph.node(
      "ArgMax",
      [graph.cast(reached, to: .int64)],
      [("axis", .integer(1)), ("keepdims", .integer(1))]
    )
    return graph.node("GatherElements", [sorted, first], [("axis", .integer(1))])
  }
}
