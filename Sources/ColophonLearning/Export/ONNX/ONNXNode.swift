/// One step of a graph: an operator, what it reads, what it makes.
package struct ONNXNode: Hashable, Sendable {
  /// What an attribute holds.
  package enum Attribute: Hashable, Sendable {
    case integer(Int)
    case float(Float)
    case text(String)
    case tensor(ONNXTensor)
    case integers([Int])
    case floats([Float])
    case texts([String])
    case graph(ONNXBody)
  }

  package var operation: String
  /// Empty for the standard's own operators, `ai.onnx.ml` for those of classical learning.
  package var domain: String
  package var inputs: [String]
  package var outputs: [String]
  /// In the order in which they are written.
  package var attributes: [(name: String, value: Attribute)]

  package static func == (a: ONNXNode, b: ONNXNode) -> Bool {
    a.operation == b.operation && a.domain == b.domain && a.inputs == b.inputs
      && a.outputs == b.outputs && a.attributes.map { $0.name } == b.attributes.map { $0.name }
      && a.attributes.map { $0.value } == b.attributes.map { $0.value }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(operation)
    hasher.combine(inputs)
    hasher.combine(outputs)
  }

  /// The message `NodeProto`.
  func write(to writer: inout ProtobufWriter) {
    for input in inputs { writer.text(1, input) }
    for output in outputs { writer.text(2, output) }
    writer.text(3, outputs.first ?? "")
    writer.text(4, operation)
    for attribute in attributes {
      writer.message(5) { attribute.value.write(to: &$0, name: attribute.name) }
    }
    if !domain.isEmpty { writer.text(7, domain) }
  }
}

extension ONNXNode.Attribute {
  /// The message `AttributeProto`, its type last.
  fileprivate func write(to writer: inout ProtobufWriter, name: String) {
    writer.text(1, name)
    let type: Int
    switch self {
    case .float(let value):
      writer.float(2, value)
      type = 1
    case .integer(let value):
      writer.integer(3, value)
      type = 2
    case .text(let text):
      writer.text(4, text)
      type = 3
    case .tensor(let tensor):
      writer.message(5) { tensor.write(to: &$0, name: name) }
      type = 4
    case .floats(let values):
      writer.floats(7, values)
      type = 6
    case .integers(let values):
      writer.integers(8, values)
      type = 7
    case .texts(let texts):
      for text in texts { writer.text(9, text) }
      type = 8
    case .graph(let body):
      writer.message(6) { body.graph.write(to: &$0, name: name) }
      type = 5
    }
    writer.integer(20, type)
  }
}
