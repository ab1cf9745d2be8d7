import ColophonData

/// A model as an ONNX graph from columns to predictions.
package struct ONNXModel: Sendable {
  package let graph: ONNXGraph
  /// Steps of the data's preparation that the graph leaves to whoever fills its inputs, in order;
  /// empty where it begins with the raw columns.
  package let outside: [String]
  private let metadata: [(key: String, value: String)]

  /// The version of the file's layout, and those of the operators that the graphs are made of.
  package static let layout = 8
  package static let operators = 17
  package static let learnedOperators = 3

  /// Writes a trained model as one graph.
  ///
  /// - Throws: `ExportFault` where the model or its features have no ONNX form.
  package init(_ trained: TrainedModel) throws {
    let steps = trained.preparation?.steps ?? []
    if let model = trained.model as? DeepARModel {
      graph = try model.stepGraph()
      outside = steps.map { type(of: $0).name }
      metadata = [
        ("algorithm", trained.algorithm), ("task", trained.task.rawValue),
        ("target", trained.target ?? ""), ("likelihood", model.shape.likelihood),
        ("inputs", model.inputNames.joined(separator: ",")),
        ("steps_outside", outside.joined(separator: ",")),
      ].filter { !$0.1.isEmpty }
      return
    }
    // The graph begins after the last step that has no ONNX form.
    let first = steps.lastIndex { !($0 is any ONNXStep) }.map { $0 + 1 } ?? 0
    outside = steps[..<first].map { type(of: $0).name }
    var columns = ONNXColumns(steps: steps[first...].compactMap { $0 as? any ONNXStep })
    let features = try trained.encoding.write(to: &columns)
    var graph = columns.graph
    let prediction = try graph.add(trained.model, reading: features)
    graph.addOutputs(prediction, classes: trained.classes)
    self.graph = graph
    metadata = [
      ("algorithm", trained.algorithm), ("task", trained.task.rawValue),
      ("target", trained.target ?? ""), ("steps_outside", outside.joined(separator: ",")),
    ].filter { !$0.1.isEmpty }
  }

  /// The message `ModelProto`.
  package var bytes: [UInt8] {
    var writer = ProtobufWriter()
    writer.integer(1, ONNXModel.layout)
    writer.text(2, "colophon")
    writer.message(7) { graph.write(to: &$0, name: "model") }
    for (domain, version) in [
      ("", ONNXModel.operators), ("ai.onnx.ml", ONNXModel.learnedOperators),
    ] {
      writer.message(8) { entry in
        entry.text(1, domain)
        entry.integer(2, version)
      }
    }
    for entry in metadata {
      writer.message(14) { pair in
        pair.text(1, entry.key)
        pair.text(2, entry.value)
      }
    }
    return writer.bytes
  }
}

extension ONNXGraph {
  /// Names what the model says: `label` and `probabilities`, `prediction`, or `cluster`.
  ///
  /// A label is the likeliest class, the first of equals; of two classes the positive one from a
  /// probability of ½ on.
  fileprivate mutating func addOutputs(_ prediction: ONNXPrediction, classes: [String]) {
    switch prediction {
    case .regression(let wire):
      output(wire, as: Port(name: "prediction", element: .double, columns: 1))
    case .clusters(let wire):
      output(wire, as: Port(name: "cluster", element: .int64, columns: 1))
    case .multiclass(let wire): addClasses(wire, largest(wire), classes)
    case .binary(let wire):
      let negative = subtract(constant(.scalar(1)), wire)
      let isPositive = node("GreaterOrEqual", [wire, constant(.scalar(0.5))])
      let place = node("Squeeze", [cast(isPositive, to: .int64), constant(.list([1]))])
      addClasses(concatenate([negative, wire]), place, classes)
    }
  }

  private mutating func addClasses(_ probabilities: Wire, _ places: Wire, _ classes: [String]) {
    let label = node("Gather", [constant(.list(classes)), places], [("axis", .integer(0))])
    output(label, as: Port(name: "label", element: .string, columns: nil))
    output(
      probabilities,
      as: Port(name: "probabilities", element: .double, columns: classes.count)
    )
  }
}
