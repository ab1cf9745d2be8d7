import ColophonMath

/// Scaling in 64 bits, layers in 32 as the engine's own, the link in 64 again.
extension NetworkModel: ONNXExportable {
  package func write(
    to graph: inout ONNXGraph,
    reading features: ONNXGraph.Wire
  ) throws -> ONNXPrediction {
    let reader = fitted.reader
    guard reader.form != .tokens else {
      throw ExportFault(
        "a network that reads texts has no ONNX form, as the standard cuts no texts into words",
        hint: "the formats 'colophon' and 'safetensors' take it"
      )
    }
    guard !reader.hasLengths else {
      throw ExportFault(
        "a network of sequences of different lengths has no ONNX form here",
        hint: "the formats 'colophon' and 'safetensors' take it"
      )
    }
    var network = ONNXNetwork(
      graph: graph,
      weights: fitted.parameters,
      wire: scaled(features, &graph)
    )
    network.graph = graph
    if reader.shape.count > 1 { network.reshape(to: reader.shape) }
    for operation in fitted.network.plan.operations {
      guard let writable = operation as? any ONNXOperation else {
        throw ExportFault("the layer '\(operation.name)' has no ONNX form")
      }
      if network.shape != operation.input.shape { network.reshape(to: operation.input.shape) }
      try writable.write(to: &network)
      network.shape = operation.output.shape
    }
    graph = network.graph
    return link(network.wire, &graph)
  }

  private func scaled(_ features: ONNXGraph.Wire, _ graph: inout ONNXGraph) -> ONNXGraph.Wire {
    let reader = fitted.reader
    let period = reader.means.count
    let means = (0..<reader.count).map { reader.means[$0 % period] }
    let scales = (0..<reader.count).map { reader.scales[$0 % period] }
    let centred = graph.subtract(features, graph.constant(.row(means)))
    let scaled = graph.divide(centred, graph.constant(.row(scales)))
    // Within a sequence what is missing is the mean.
    let whole = reader.form == .sequence ? graph.filled(scaled, with: .scalar(0)) : scaled
    return graph.cast(whole, to: .float)
  }

  private func link(_ sums: ONNXGraph.Wire, _ graph: inout ONNXGraph) -> ONNXPrediction {
    let wide = graph.cast(sums, to: .double)
    switch fitted.network.link {
    case .identity:
      let scaled = graph.multiply(wide, fitted.targetScale)
      return .regression(graph.add(scaled, fitted.targetMean))
    case .sigmoid: return .binary(graph.node("Sigmoid", [wide]))
    case .softmax:
      let shares = graph.node("Softmax", [wide], [("axis", .integer(1))])
      return fitted.classCount == 2 ? .binary(graph.columns(shares, [1])) : .multiclass(shares)
    }
  }
}

/// A network's part of a graph under construction: what the next layer reads, channels last.
struct ONNXNetwork {
  var graph: ONNXGraph
  let weights: [Float]
  var wire: ONNXGraph.Wire
  /// Of a row.
  var shape: [Int] = []

  init(graph: ONNXGraph, weights: [Float], wire: ONNXGraph.Wire) {
    self.graph = graph
    self.weights = weights
    self.wire = wire
  }

  /// A parameter's numbers, in another order and shape where one is given.
  func tensor(_ parameter: Parameter, _ shape: [Int]? = nil, _ order: [Int]? = nil) -> ONNXTensor {
    let own = Array(weights[parameter.range])
    return ONNXTensor(
      .floats(order.map { $0.map { own[$0] } } ?? own),
      shape: shape ?? parameter.shape
    )
  }

  mutating func constant(_ parameter: Parameter) -> ONNXGraph.Wire {
    graph.constant(tensor(parameter))
  }

  mutating func number(_ value: Float) -> ONNXGraph.Wire {
    graph.constant(ONNXTensor(.floats([value]), shape: [1]))
  }

  mutating func reshape(to shape: [Int]) {
    let sizes = graph.constant(.list([-1] + shape))
    wire = graph.node("Reshape", [wire, sizes])
    self.shape = shape
  }

  mutating func transpose(_ order: [Int]) {
    wire = graph.node("Transpose", [wire], [("perm", .integers(order))])
  }

  /// Applies an activation to what is there.
  mutating func activate(_ activation: Nonlinearity) {
    switch activation {
    case .linear: break
    case .relu: wire = graph.node("Relu", [wire])
    case .leakyRelu(let slope):
      wire = graph.node("LeakyRelu", [wire], [("alpha", .float(slope))])
    case .sigmoid: wire = graph.node("Sigmoid", [wire])
    case .tanh: wire = graph.node("Tanh", [wire])
    case .gelu:
      let inner = graph.node("Erf", [graph.multiply(wire, number(Float(0.5).squareRoot()))])
      let share = graph.add(inner, number(1))
      wire = graph.multiply(graph.multiply(wire, number(0.5)), share)
    }
  }

  /// Runs a body with channels first, as the standard's windows want them.
  mutating func channelsFirst(_ body: (inout ONNXNetwork) -> Void) {
    let isSequence = shape.count == 2
    transpose(isSequence ? [0, 2, 1] : [0, 3, 1, 2])
    body(&self)
    transpose(isSequence ? [0, 2, 1] : [0, 2, 3, 1])
  }
}

/// An operation that can be written as a part of a graph.
protocol ONNXOperation: NetworkOperation {
  func write(to network: inout ONNXNetwork) throws
}
