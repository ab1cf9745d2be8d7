package import ColophonData

extension FeatureEncoding {
  /// Adds the features, `[rows, features]`.
  ///
  /// The graph takes a missing number as NaN and a missing category as the empty text; a text that
  /// training never saw is treated as `encode` treats it.
  package func write(to columns: inout ONNXColumns) throws -> ONNXGraph.Wire {
    guard !names.isEmpty else { throw ExportFault("a model of no features has no ONNX form") }
    let wires = try parts.map { part -> ONNXGraph.Wire in
      guard let levels = part.levels else {
        let wire = try columns.column(part.column, .number)
        return part.fill.map { columns.graph.filled(wire, with: .scalar($0)) } ?? wire
      }
      let wire = try columns.column(part.column, .category)
      return write(wire, levels, to: &columns.graph)
    }
    return columns.graph.concatenate(wires)
  }

  /// A category as its level's position or as a feature for each level.
  private func write(
    _ texts: ONNXGraph.Wire,
    _ levels: [String],
    to graph: inout ONNXGraph
  ) -> ONNXGraph.Wire {
    // -1 for what training never saw, -2 for what is missing.
    let hasEmpty = levels.contains("")
    let codes = graph.learned(
      "LabelEncoder",
      [texts],
      [
        ("keys_strings", .texts(levels + (hasEmpty ? [] : [""]))),
        ("values_int64s", .integers(Array(levels.indices) + (hasEmpty ? [] : [-2]))),
        ("default_int64", .integer(-1)),
      ]
    )
    switch categories {
    case .ordinal:
      let numbers = graph.cast(codes, to: .double)
      let isUnknown = graph.node("Less", [codes, graph.constant(.list([0]))])
      let other = graph.constant(.scalar(missing == .keep ? .nan : -1))
      return graph.choose(isUnknown, other, numbers)
    case .oneHot:
      let places = ONNXTensor(.integers(Array(levels.indices)), shape: [1, levels.count])
      let flags = graph.cast(
        graph.node("Equal", [codes, graph.constant(places)]),
        to: .double
      )
      guard missing == .keep else { return flags }
      let isMissing = graph.node("Equal", [codes, graph.constant(.list([-2]))])
      return graph.choose(isMissing, graph.constant(.scalar(.nan)), flags)
    }
  }
}
