package import ColophonData

/// A level that training never saw is 0 in every column, also where the step would refuse it.
extension OneHotEncoded: ONNXStep {
  private func source(of column: String) -> (part: Part, level: String)? {
    for part in parts {
      if let level = part.written.first(where: { "\(part.column)=\($0)" == column }) {
        return (part, level)
      }
    }
    return nil
  }

  package func makes(_ column: String) -> Bool { source(of: column) != nil }

  package func write(
    _ column: String,
    _ kind: ONNXColumns.Kind,
    to columns: inout ONNXColumns,
    stage: Int
  ) throws -> ONNXGraph.Wire {
    guard let (part, level) = source(of: column), let place = part.levels.firstIndex(of: level)
    else { return try columns.column(column, kind, after: stage) }
    let texts = try columns.column(part.column, .category, after: stage)
    let codes = columns.graph.codes(texts, part.levels, from: 0, unknown: -1)
    let wanted = columns.graph.constant(.list([place]))
    return columns.graph.cast(columns.graph.node("Equal", [codes, wanted]), to: .double)
  }
}

/// A level that is none of those known is missing, also where the step would refuse it.
extension OrdinalEncoded: ONNXStep {
  package func makes(_ column: String) -> Bool { parts.contains { $0.column == column } }

  package func write(
    _ column: String,
    _ kind: ONNXColumns.Kind,
    to columns: inout ONNXColumns,
    stage: Int
  ) throws -> ONNXGraph.Wire {
    guard let part = parts.first(where: { $0.column == column })
    else { return try columns.column(column, kind, after: stage) }
    let texts = try columns.column(column, .category, after: stage)
    let codes = columns.graph.codes(texts, part.levels, from: 0, unknown: -1)
    let none = columns.graph.constant(.list([0]))
    return columns.graph.choose(
      columns.graph.node("Less", [codes, none]),
      columns.graph.constant(.scalar(.nan)),
      columns.graph.cast(codes, to: .double)
    )
  }
}
