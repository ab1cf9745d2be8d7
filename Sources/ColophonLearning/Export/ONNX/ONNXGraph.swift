/// A graph of operators under construction.
///
/// Names are given in the order of the calls, so equal models make equal graphs; an operator that is
/// asked for twice with the same inputs is there once.
package struct ONNXGraph: Sendable {
  /// Something that a node, an input or a constant makes.
  package struct Wire: Hashable, Sendable {
    package let name: String
  }

  /// What the graph takes or gives: a tensor whose first dimension is the number of rows.
  package struct Port: Hashable, Sendable {
    package var name: String
    package var element: ONNXElement
    /// The second dimension; nil where the tensor has one dimension only.
    package var columns: Int?
    /// Whether it is one number and no tensor of rows.
    package var isSingle = false
  }

  package private(set) var nodes: [ONNXNode] = []
  package private(set) var constants: [(name: String, tensor: ONNXTensor)] = []
  package private(set) var inputs: [Port] = []
  package private(set) var outputs: [Port] = []
  private var counts: [String: Int] = [:]
  private var known: [ONNXTensor: Wire] = [:]
  /// Nodes by what they compute, to make none twice.
  private var made: [ONNXNode: Wire] = [:]
  /// Begins every name, so that a graph within another has names of its own.
  private let prefix: String

  package init(prefix: String = "") { self.prefix = prefix }

  /// A name that no column has: those that begin with a stroke are the graph's own.
  private mutating func fresh(_ stem: String) -> String {
    counts[stem, default: 0] += 1
    return "/\(prefix)\(stem)_\(counts[stem] ?? 0)"
  }

  /// A column of the raw data, `[rows, 1]`.
  package mutating func input(_ name: String, _ element: ONNXElement) -> Wire {
    inputs.append(Port(name: name, element: element, columns: 1))
    return Wire(name: name)
  }

  /// What a graph within another is given.
  mutating func input(_ port: Port) -> Wire {
    inputs.append(port)
    return Wire(name: port.name)
  }

  /// Numbers or texts that never change; the same ones are kept once.
  package mutating func constant(_ tensor: ONNXTensor) -> Wire {
    if let wire = known[tensor] { return wire }
    let wire = Wire(name: fresh("constant"))
    constants.append((wire.name, tensor))
    known[tensor] = wire
    return wire
  }

  /// An operator of the standard.
  package mutating func node(
    _ operation: String,
    _ inputs: [Wire],
    _ attributes: [(name: String, value: ONNXNode.Attribute)] = []
  ) -> Wire {
    append(operation, "", inputs, attributes)
  }

  /// An operator of `ai.onnx.ml`, the part of the standard for classical learning.
  package mutating func learned(
    _ operation: String,
    _ inputs: [Wire],
    _ attributes: [(name: String, value: ONNXNode.Attribute)]
  ) -> Wire {
    append(operation, "ai.onnx.ml", inputs, attributes)
  }

  /// An operator of the standard that makes two outputs.
  package mutating func pair(
    _ operation: String,
    _ inputs: [Wire],
    _ attributes: [(name: String, value: ONNXNode.Attribute)]
  ) -> (Wire, Wire) {
    let both = several(operation, inputs, attributes, count: 2)
    return (both[0], both[1])
  }

  /// An operator of the standard that makes some outputs.
  package mutating func several(
    _ operation: String,
    _ inputs: [Wire],
    _ attributes: [(name: String, value: ONNXNode.Attribute)],
    count: Int
  ) -> [Wire] {
    let first = append(operation, "", inputs, attributes)
    let others = ["second", "third"].prefix(count - 1).map { Wire(name: first.name + "_" + $0) }
    // Where the same operator is there already, so are its other outputs.
    if let last = nodes.indices.last, nodes[last].outputs == [first.name] {
      nodes[last].outputs += others.map { $0.name }
    }
    return [first] + others
  }

  private mutating func append(
    _ operation: String,
    _ domain: String,
    _ inputs: [Wire],
    _ attributes: [(name: String, value: ONNXNode.Attribute)]
  ) -> Wire {
    var node = ONNXNode(
      operation: operation,
      domain: domain,
      inputs: inputs.map { $0.name },
      outputs: [],
      attributes: attributes
    )
    if let wire = made[node] { return wire }
    let output = Wire(name: fresh(operation.lowercased()))
    made[node] = output
    node.outputs = [output.name]
    nodes.append(node)
    return output
  }

  /// Names a wire as one of the graph's outputs; where a column has the name, `predicted_` comes
  /// before it.
  package mutating func output(_ wire: Wire, as wanted: Port) {
    var port = wanted
    while inputs.contains(where: { $0.name == port.name }) { port.name = "predicted_" + port.name }
    nodes.append(
      ONNXNode(
        operation: "Identity",
        domain: "",
        inputs: [wire.name],
        outputs: [port.name],
        attributes: []
      )
    )
    outputs.append(port)
  }

  /// The message `GraphProto`.
  func write(to writer: inout ProtobufWriter, name: String) {
    for node in nodes { writer.message(1) { node.write(to: &$0) } }
    writer.text(2, name)
    for constant in constants {
      writer.message(5) { constant.tensor.write(to: &$0, name: constant.name) }
    }
    for port in inputs { writer.message(11) { port.write(to: &$0) } }
    for port in outputs { writer.message(12) { port.write(to: &$0) } }
  }
}

extension ONNXGraph.Port {
  /// The message `ValueInfoProto`.
  fileprivate func write(to writer: inout ProtobufWriter) {
    writer.text(1, name)
    writer.message(2) { type in
      type.message(1) { tensor in
        tensor.integer(1, element.rawValue)
        tensor.message(2) { shape in
          if isSingle { return }
          shape.message(1) { $0.text(2, "rows") }
          if let columns { shape.message(1) { $0.integer(1, columns) } }
        }
      }
    }
  }
}
