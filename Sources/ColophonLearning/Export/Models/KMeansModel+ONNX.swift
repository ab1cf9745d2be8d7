import ColophonData

/// The nearest centre: ‖c‖² − 2 x · c orders the centres as the distance does.
extension KMeansModel: ONNXExportable {
  package func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction {
    let width = centres.features.count
    let weights = (0..<width).flatMap { j in (0..<centres.count).map { -2 * centres[$0, j] } }
    let squares = (0..<centres.count).map { cluster in
      (0..<width).reduce(0.0) { $0.addingProduct(centres[cluster, $1], centres[cluster, $1]) }
    }
    let distances = graph.node(
      "Gemm",
      [
        features, graph.constant(.matrix(weights, columns: centres.count)),
        graph.constant(.row(squares)),
      ]
    )
    return .clusters(
      graph.node("ArgMin", [distances], [("axis", .integer(1)), ("keepdims", .integer(1))])
    )
  }
}
