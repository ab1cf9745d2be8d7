package import ColophonData

extension MinMaxScaled: ONNXStep {
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
    let scaled = columns.graph.add(columns.graph.multiply(wire, part.scale), part.offset)
    guard let clip else { return scaled }
    let least = columns.graph.constant(.scalar(clip[0]))
    let greatest = columns.graph.constant(.scalar(clip[1]))
    let raised = columns.graph.node("Max", [scaled, least])
    let clipped = columns.graph.node("Min", [raised, greatest])
    return columns.graph.choose(columns.graph.node("IsNaN", [wire]), wire, clipped)
  }
}

extension LogarithmTaken: ONNXStep {
  package func makes(_ column: String) -> Bool { columns.contains(column) }

  package func write(
    _ column: String,
    _ kind: ONNXColumns.Kind,
    to columns: inout ONNXColumns,
    stage: Int
  ) throws -> ONNXGraph.Wire {
    let wire = try columns.column(column, kind, after: stage)
    guard kind == .number else { return wire }
    return columns.graph.node("Log", [columns.graph.add(wire, offset)])
  }
}

extension Binned: ONNXStep {
  package func makes(_ column: String) -> Bool { parts.contains { $0.column == column } }

  /// The number of inner edges that are not above the value.
  package func write(
    _ column: String,
    _ kind: ONNXColumns.Kind,
    to columns: inout ONNXColumns,
    stage: Int
  ) throws -> ONNXGraph.Wire {
    let wire = try columns.column(column, kind, after: stage)
    guard kind == .number, let part = parts.first(where: { $0.column == column })
    else { return wire }
    let inner = Array(part.edges.dropFirst().dropLast())
    let missing = columns.graph.node("IsNaN", [wire])
    guard !inner.isEmpty else {
      return columns.graph.choose(missing, wire, columns.graph.constant(.scalar(0)))
    }
    let edges = columns.graph.constant(.row(inner))
    let passed = columns.graph.node("GreaterOrEqual", [wire, edges])
    let place = columns.graph.rowSum(columns.graph.cast(passed, to: .double))
    return columns.graph.choose(missing, wire, place)
  }
}

extension Polynomials: ONNXStep {
  package func makes(_ column: String) -> Bool {
    terms.contains { $0.name(columns) == column }
  }

  /// The factors' product from left to right.
  package func write(
    _ column: String,
    _ kind: ONNXColumns.Kind,
    to table: inout ONNXColumns,
    stage: Int
  ) throws -> ONNXGraph.Wire {
    guard let term = terms.first(where: { $0.name(columns) == column })
    else { return try table.column(column, kind, after: stage) }
    var product: ONNXGraph.Wire?
    for place in term.factors {
      let factor = try table.column(columns[place], .number, after: stage)
      product = product.map { table.graph.multiply($0, factor) } ?? factor
    }
    return try product ?? table.column(column, kind, after: stage)
  }
}
