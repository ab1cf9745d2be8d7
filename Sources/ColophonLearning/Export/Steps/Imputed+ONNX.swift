package import ColophonData

extension Imputed: ONNXStep {
  package func makes(_ column: String) -> Bool {
    parts.contains { $0.column == column || ($0.hasIndicator && column == indicator(of: $0)) }
  }

  private func indicator(of part: Part) -> String { "missingindicator_\(part.column)" }

  package func write(
    _ column: String,
    _ kind: ONNXColumns.Kind,
    to columns: inout ONNXColumns,
    stage: Int
  ) throws -> ONNXGraph.Wire {
    if let part = parts.first(where: { $0.hasIndicator && indicator(of: $0) == column }) {
      let source: ONNXColumns.Kind = part.level == nil ? .number : .category
      let wire = try columns.column(part.column, source, after: stage)
      let missing = columns.graph.isMissing(wire, source)
      return columns.graph.cast(missing, to: .double)
    }
    let wire = try columns.column(column, kind, after: stage)
    guard let part = parts.first(where: { $0.column == column }) else { return wire }
    if kind == .number, let number = part.number {
      return columns.graph.filled(wire, with: .scalar(number))
    }
    guard kind == .category, let level = part.level else { return wire }
    let missing = columns.graph.isMissing(wire, kind)
    let fill = columns.graph.constant(ONNXTensor(.texts([level]), shape: []))
    return columns.graph.choose(missing, fill, wire)
  }
}

extension ONNXGraph {
  /// Whether each row's value is missing: NaN, or the empty text.
  mutating func isMissing(_ wire: Wire, _ kind: ONNXColumns.Kind) -> Wire {
    if kind == .number { return node("IsNaN", [wire]) }
    return cast(codes(wire, [""], from: 1, unknown: 0), to: .bool)
  }

  /// Texts as whole numbers: the place among `levels`, counted from a number.
  mutating func codes(_ wire: Wire, _ levels: [String], from first: Int, unknown: Int) -> Wire {
    learned(
      "LabelEncoder",
      [wire],
      [
        ("keys_strings", .texts(levels)),
        ("values_int64s", .integers(levels.indices.map { first + $0 })),
        ("default_int64", .integer(unknown)),
      ]
    )
  }
}
