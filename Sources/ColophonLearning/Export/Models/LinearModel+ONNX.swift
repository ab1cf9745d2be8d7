import ColophonData

/// A product with the coefficients, the intercepts added, then the link's inverse.
extension LinearModel: ONNXExportable {
  package func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction {
    let outputs = linear.outputs.count
    let width = linear.features.count
    // One column for each output.
    let weights = (0..<width).flatMap { j in (0..<outputs).map { linear.values[$0 * width + j] } }
    let margins = graph.add(
      graph.product(features, graph.constant(.matrix(weights, columns: outputs))),
      graph.constant(.row(linear.intercepts))
    )
    switch task {
    case .binary: return .binary(graph.node("Sigmoid", [margins]))
    case .multiclass:
      let shares = graph.node("Softmax", [margins], [("axis", .integer(1))])
      return .multiclass(graph.spread(shares, present, of: classCount))
    default: return .regression(margins)
    }
  }
}
