import ColophonData

/// Distances to all stored rows, the nearest of them by TopK, their answers averaged.
///
/// Of equally near rows the earlier ones are taken; of weighted rows as many as may be needed, each
/// for what its weight adds until the neighbours' number is reached. Differences are written out, rows × stored rows
/// × features, so that distances are as exact as the model's own; a batch should be small where much
/// is stored.
extension NeighboursModel: ONNXExportable {
  package func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction {
    let metric = NeighbourMetric(named: settings.metric, power: settings.power)
    let reduced = distances(metric, &graph, features)
    let (near, places) = graph.smallest(reduced, reach)
    var shares = used(places, &graph)
    if settings.votes == .distance {
      let closeness = self.shares(metric, near, &graph)
      shares = shares.map { graph.multiply($0, closeness) } ?? closeness
    }
    switch task {
    case .binary: return .binary(mean(answers, places, shares, &graph))
    case .multiclass:
      let columns = (0..<classCount).map { label in
        mean(answers.map { $0 == Double(label) ? 1 : 0 }, places, shares, &graph)
      }
      return .multiclass(graph.concatenate(columns))
    default: return .regression(mean(answers, places, shares, &graph))
    }
  }

  /// How many of the nearest rows can have a say: of weighted ones as many as it takes of the
  /// lightest.
  private var reach: Int {
    guard let weights else { return min(settings.neighbours, answers.count) }
    var (sum, count) = (0.0, 0)
    for weight in weights.sorted() where sum < Double(settings.neighbours) {
      sum += weight
      count += 1
    }
    return max(count, 1)
  }

  /// What each of the nearest rows counts for, near ones first; nil where all count alike.
  private func used(
    _ places: ONNXGraph.Wire,
    _ graph: inout ONNXGraph
  ) -> ONNXGraph.Wire? {
    guard let weights else { return nil }
    let all = graph.constant(ONNXTensor(.doubles(weights), shape: [weights.count]))
    let own = graph.node("Gather", [all, places], [("axis", .integer(0))])
    let axis = graph.constant(ONNXTensor(.integers([1]), shape: []))
    let before = graph.subtract(graph.node("CumSum", [own, axis]), own)
    let needed = graph.constant(.scalar(Double(settings.neighbours)))
    let rest = graph.node("Max", [graph.subtract(needed, before), graph.constant(.scalar(0))])
    return graph.node("Min", [own, rest])
  }

  /// The reduced distance of each row to each stored one.
  private func distances(
    _ metric: NeighbourMetric,
    _ graph: inout ONNXGraph,
    _ features: ONNXGraph.Wire
  ) -> ONNXGraph.Wire {
    let width = self.features.count
    let stored = metric.prepared(rows, width: width)
    if metric == .cosine {
      let transposed = (0..<width).flatMap { j in
        answers.indices.map { stored[$0 * width + j] }
      }
      let products = graph.product(
        graph.unit(features),
        graph.constant(.matrix(transposed, columns: answers.count))
      )
      let one = graph.constant(.scalar(1))
      return graph.node("Max", [graph.subtract(one, products), graph.constant(.scalar(0))])
    }
    let tensor = ONNXTensor(.doubles(stored), shape: [1, answers.count, width])
    let apart = graph.subtract(
      graph.node("Unsqueeze", [features, graph.constant(.list([1]))]),
      graph.constant(tensor)
    )
    let last: [(name: String, value: ONNXNode.Attribute)] = [("keepdims", .integer(0))]
    let axis = graph.constant(.list([2]))
    switch metric {
    case .euclidean, .cosine:
      return graph.node("ReduceSum", [graph.multiply(apart, apart), axis], last)
    case .manhattan: return graph.node("ReduceSum", [graph.node("Abs", [apart]), axis], last)
    case .chebyshev:
      return graph.node(
        "ReduceMax",
        [graph.node("Abs", [apart])],
        [("axes", .integers([2]))] + last
      )
    case .minkowski(let power):
      let powers = graph.node(
        "Pow",
        [graph.node("Abs", [apart]), graph.constant(.scalar(power))]
      )
      return graph.node("ReduceSum", [powers, axis], last)
    }
  }

  /// 1 over the distance; where a neighbour is at no distance, such neighbours alone count.
  private func shares(
    _ metric: NeighbourMetric,
    _ near: ONNXGraph.Wire,
    _ graph: inout ONNXGraph
  ) -> ONNXGraph.Wire {
    let zero = graph.constant(.scalar(0))
    let distance: ONNXGraph.Wire =
      switch metric {
      case .euclidean: graph.node("Sqrt", [near])
      case .minkowski(let power): graph.node("Pow", [near, graph.constant(.scalar(1 / power))])
      case .manhattan, .chebyshev, .cosine: near
      }
    let inverse = graph.divide(graph.constant(.scalar(1)), distance)
    let touching = graph.cast(graph.node("Equal", [near, zero]), to: .double)
    let isTouched = graph.node("Greater", [graph.rowSum(touching), zero])
    return graph.choose(isTouched, touching, inverse)
  }

  /// The mean of some numbers of the stored rows over the neighbours.
  private func mean(
    _ numbers: [Double],
    _ places: ONNXGraph.Wire,
    _ shares: ONNXGraph.Wire?,
    _ graph: inout ONNXGraph
  ) -> ONNXGraph.Wire {
    let all = graph.constant(ONNXTensor(.doubles(numbers), shape: [numbers.count]))
    let found = graph.node("Gather", [all, places], [("axis", .integer(0))])
    guard let shares else {
      return graph.divide(graph.rowSum(found), Double(min(settings.neighbours, numbers.count)))
    }
    return graph.divide(graph.rowSum(graph.multiply(found, shares)), graph.rowSum(shares))
  }
}

extension ONNXGraph {
  /// Each row's smallest numbers in ascending order, and their places; of equals the first.
  mutating func smallest(_ wire: Wire, _ count: Int) -> (values: Wire, places: Wire) {
    pair(
      "TopK",
      [wire, constant(.list([count]))],
      [("axis", .integer(1)), ("largest", .integer(0)), ("sorted", .integer(1))]
    )
  }

  /// Rows over their lengths; rows of zeros as they are.
  mutating func unit(_ wire: Wire) -> Wire {
    let length = node("Sqrt", [rowSum(multiply(wire, wire))])
    let isZero = node("Equal", [length, constant(.scalar(0))])
    return divide(wire, choose(isZero, constant(.scalar(1)), length))
  }
}
