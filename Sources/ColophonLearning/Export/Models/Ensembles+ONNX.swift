/// The members' parts, their predictions added up and divided.
extension BaggingModel: ONNXExportable {
  package func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction {
    let predictions = try members.map { member in
      let columns = member.columns.map { graph.columns(features, $0) } ?? features
      return try graph.add(member.model, reading: columns)
    }
    guard let first = predictions.first else { throw ExportFault("an ensemble without members") }
    var sum = first.wire
    for prediction in predictions.dropFirst() { sum = graph.add(sum, prediction.wire) }
    return first.with(graph.divide(sum, Double(predictions.count)))
  }
}

/// The members' parts side by side, the final estimator's after them.
extension StackingModel: ONNXExportable {
  package func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction {
    let columns = try bases.map { try $0.model.write(to: &graph, reading: features).wire }
    let stacked = graph.concatenate(columns + (passthrough ? [features] : []))
    return try final.write(to: &graph, reading: stacked)
  }
}

extension FilledModel {
  /// The model's part, after what stands where a feature is missing.
  func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction {
    try graph.add(
      model,
      reading: fill.map { graph.filled(features, with: .row($0)) } ?? features
    )
  }
}
