package import ColophonData

/// Both halves of the curve meet at 0, where each is 0: their sum is the curve.
extension PowerTransformed: ONNXStep {
  package func makes(_ column: String) -> Bool { parts.contains { $0.column == column } }

  package func write(
    _ column: String,
    _ kind: ONNXColumns.Kind,
    to columns: inout ONNXColumns,
    stage: Int
  ) throws -> ONNXGraph.Wire {
    let wire = try columns.column(column, kind, after: stage)
    guard kind == .number, let part = parts.first(where: { $0.column == column })
    else { return wire }
    let curved = value(wire, part.lambda, &columns.graph)
    let scaled = columns.graph.divide(columns.graph.add(curved, -part.mean), part.scale)
    return columns.graph.choose(columns.graph.node("IsNaN", [wire]), wire, scaled)
  }

  private func value(
    _ wire: ONNXGraph.Wire,
    _ lambda: Double,
    _ graph: inout ONNXGraph
  ) -> ONNXGraph.Wire {
    if curve == .boxCox { return power(graph.node("Log", [wire]), lambda, &graph) }
    let zero = graph.constant(.scalar(0))
    let one = graph.constant(.scalar(1))
    let above = graph.node("Log", [graph.add(graph.node("Max", [wire, zero]), one)])
    let below = graph.node("Log", [graph.subtract(one, graph.node("Min", [wire, zero]))])
    return graph.subtract(power(above, lambda, &graph), power(below, 2 - lambda, &graph))
  }

  /// (exp(λ log u) − 1) / λ, or log u for λ = 0.
  private func power(
    _ log: ONNXGraph.Wire,
    _ lambda: Double,
    _ graph: inout ONNXGraph
  ) -> ONNXGraph.Wire {
    if lambda == 0 { return log }
    let grown = graph.node("Exp", [graph.multiply(log, lambda)])
    return graph.divide(graph.add(grown, -1), lambda)
  }
}
