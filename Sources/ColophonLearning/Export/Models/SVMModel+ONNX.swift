import ColophonData

/// Kernels with all vectors, a product with the coefficients, then what the decisions mean.
extension SVMModel: ONNXExportable {
  package func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction {
    let decisions = graph.add(
      graph.product(kernels(&graph, features), graph.constant(weights)),
      graph.constant(.row(intercepts))
    )
    switch task {
    case .regression: return .regression(decisions)
    case .binary: return .binary(positive(decisions, &graph))
    default:
      let shares = scalings.isEmpty ? votes(decisions, &graph) : coupled(decisions, &graph)
      return .multiclass(graph.spread(shares, present, of: classCount))
    }
  }

  private var pairs: [(i: Int, j: Int)] {
    present.indices.flatMap { i in present.indices.filter { $0 > i }.map { (i, $0) } }
  }

  /// Vectors × decisions.
  private var weights: ONNXTensor {
    let total = places.count
    if task == .regression { return .matrix(Array(coefficients[..<total]), columns: 1) }
    let starts = counts.indices.map { counts[..<$0].reduce(0, +) }
    var matrix = [Double](repeating: 0, count: total * pairs.count)
    for (column, pair) in pairs.enumerated() {
      for v in starts[pair.i]..<starts[pair.i] + counts[pair.i] {
        matrix[v * pairs.count + column] = coefficients[(pair.j - 1) * total + v]
      }
      for v in starts[pair.j]..<starts[pair.j] + counts[pair.j] {
        matrix[v * pairs.count + column] = coefficients[pair.i * total + v]
      }
    }
    return .matrix(matrix, columns: pairs.count)
  }

  private func kernels(_ graph: inout ONNXGraph, _ features: ONNXGraph.Wire) -> ONNXGraph.Wire {
    let (width, total) = (self.features.count, places.count)
    let transposed = (0..<width).flatMap { j in (0..<total).map { vectors[$0 * width + j] } }
    let products = graph.product(features, graph.constant(.matrix(transposed, columns: total)))
    switch kernel.kind {
    case .linear: return products
    case .polynomial:
      let base = graph.add(graph.multiply(products, kernel.gamma), kernel.constant)
      return graph.node("Pow", [base, graph.constant(.scalar(Double(kernel.degree)))])
    case .sigmoid:
      return graph.node(
        "Tanh",
        [graph.add(graph.multiply(products, kernel.gamma), kernel.constant)]
      )
    case .radial:
      let own = graph.rowSum(graph.multiply(features, features))
      let squares = (0..<total).map { v in
        (0..<width).reduce(0.0) {
          $0.addingProduct(vectors[v * width + $1], vectors[v * width + $1])
        }
      }
      let sum = graph.add(own, graph.constant(.row(squares)))
      let apart = graph.subtract(sum, graph.multiply(products, 2))
      let least = graph.node("Max", [apart, graph.constant(.scalar(0))])
      return graph.node("Exp", [graph.multiply(least, -kernel.gamma)])
    }
  }

  /// The pair's first class is the negative one.
  private func positive(_ decisions: ONNXGraph.Wire, _ graph: inout ONNXGraph) -> ONNXGraph.Wire {
    guard let scaling = scalings.first else {
      return graph.node("Sigmoid", [graph.multiply(decisions, -1)])
    }
    let margin = graph.add(graph.multiply(decisions, -scaling.slope), -scaling.offset)
    return graph.subtract(graph.constant(.scalar(1)), clipped(margin, &graph))
  }

  /// The logistic of a margin, a little off 0 and 1.
  private func clipped(
    _ margin: ONNXGraph.Wire,
    _ graph: inout ONNXGraph
  ) -> ONNXGraph.Wire {
    let least = graph.constant(.scalar(1e-7))
    let most = graph.constant(.scalar(1 - 1e-7))
    return graph.node(
      "Min",
      [graph.node("Max", [graph.node("Sigmoid", [margin]), least]), most]
    )
  }

  /// Each pair's calibrated probability, and what they come to together.
  private func coupled(_ decisions: ONNXGraph.Wire, _ graph: inout ONNXGraph) -> ONNXGraph.Wire {
    let slopes = graph.constant(.row(scalings.map { -$0.slope }))
    let offsets = graph.constant(.row(scalings.map { -$0.offset }))
    let margins = graph.add(graph.multiply(decisions, slopes), offsets)
    return PairwiseCouplingGraph(classes: present.count, pairs: pairs)
      .write(clipped(margins, &graph), to: &graph)
  }

  /// The softmax of each class's votes plus, below a third of one, its sum of decision values.
  private func votes(_ decisions: ONNXGraph.Wire, _ graph: inout ONNXGraph) -> ONNXGraph.Wire {
    let classes = present.count
    var signs = [Double](repeating: 0, count: pairs.count * classes)
    var wins = signs
    var losses = [Double](repeating: 0, count: classes)
    for (row, pair) in pairs.enumerated() {
      signs[row * classes + pair.i] = 1
      signs[row * classes + pair.j] = -1
      // A pair that is won by its first class adds one there and takes the second's away.
      wins[row * classes + pair.i] = 1
      wins[row * classes + pair.j] = -1
      losses[pair.j] += 1
    }
    let isFirst = graph.cast(
      graph.node("Greater", [decisions, graph.constant(.scalar(0))]),
      to: .double
    )
    let won = graph.add(
      graph.product(isFirst, graph.constant(.matrix(wins, columns: classes))),
      graph.constant(.row(losses))
    )
    let sums = graph.product(decisions, graph.constant(.matrix(signs, columns: classes)))
    let scale = graph.multiply(graph.add(graph.node("Abs", [sums]), 1), 3)
    let margins = graph.add(won, graph.divide(sums, scale))
    return graph.node("Softmax", [margins], [("axis", .integer(1))])
  }
}
