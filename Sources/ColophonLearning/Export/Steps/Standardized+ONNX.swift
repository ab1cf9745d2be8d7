package import ColophonData

extension Standardized: ONNXStep {
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
    let centred = columns.graph.add(wire, -part.mean)
    return columns.graph.divide(centred, part.scale)
  }
}
