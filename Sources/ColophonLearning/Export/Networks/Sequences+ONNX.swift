import ColophonMath

extension RecurrentOperation: ONNXOperation {
  /// Where the standard's gates stand among the engine's.
  private var gateOrder: [Int] {
    switch cell {
    case .plain: [0]
    case .lstm: [0, 3, 1, 2]
    case .gru: [1, 0, 2]
    }
  }

  /// Gates × inputs of one parameter, the gates in the standard's order.
  private func turned(_ parameter: Parameter, _ weights: [Float]) -> [Float] {
    let inputs = parameter.shape.count == 1 ? 1 : parameter.shape[0]
    let all = cell.gates * width
    return gateOrder.flatMap { gate in
      (0..<width).flatMap { unit in
        (0..<inputs).map { weights[parameter.offset + $0 * all + gate * width + unit] }
      }
    }
  }

  /// The weights of the inputs, of the states, and both biases.
  func constants(of network: inout ONNXNetwork) -> [ONNXGraph.Wire] {
    let all = cell.gates * width
    func stacked(_ place: Int) -> [Float] {
      (0..<directions).flatMap { turned(own[$0 * 4 + place], network.weights) }
    }
    let biases = (0..<directions).flatMap { direction in
      [2, 3].flatMap { turned(own[direction * 4 + $0], network.weights) }
    }
    let inputs = network.graph.constant(
      ONNXTensor(.floats(stacked(0)), shape: [directions, all, input.width])
    )
    let states = network.graph.constant(
      ONNXTensor(.floats(stacked(1)), shape: [directions, all, width])
    )
    let bias = network.graph.constant(ONNXTensor(.floats(biases), shape: [directions, 2 * all]))
    return [inputs, states, bias]
  }

  func write(to network: inout ONNXNetwork) {
    let constants = constants(of: &network)
    network.transpose([1, 0, 2])
    let (sequence, last) = network.graph.pair(
      operatorName,
      [network.wire] + constants,
      attributes
    )
    if givesSequence {
      network.wire = sequence
      network.transpose([2, 0, 1, 3])
    } else {
      network.wire = last
      network.transpose([1, 0, 2])
    }
    network.reshape(to: output.shape)
  }

  var operatorName: String {
    switch cell {
    case .plain: "RNN"
    case .lstm: "LSTM"
    case .gru: "GRU"
    }
  }

  var attributes: [(name: String, value: ONNXNode.Attribute)] {
    var all: [(name: String, value: ONNXNode.Attribute)] = [
      ("hidden_size", .integer(width)),
      ("direction", .text(isBidirectional ? "bidirectional" : "forward")),
    ]
    if cell == .gru { all.append(("linear_before_reset", .integer(1))) }
    if case .plain(let isRelu) = cell {
      let word = isRelu ? "Relu" : "Tanh"
      all.append(("activations", .texts([String](repeating: word, count: directions))))
    }
    return all
  }
}

extension AttentionOperation: ONNXOperation {
  func write(to network: inout ONNXNetwork) {
    let (steps, width) = (input.shape[0], input.width)
    let inner = network.graph.add(
      network.graph.product(network.wire, network.constant(own[0])),
      network.constant(own[1])
    )
    // Rows × steps × 3 × heads × numbers, then 3 × rows × heads × steps × numbers.
    let cut = network.graph.node(
      "Reshape",
      [inner, network.graph.constant(.list([-1, steps, 3, heads, width / heads]))]
    )
    let sorted = network.graph.node("Transpose", [cut], [("perm", .integers([2, 0, 3, 1, 4]))])
    let parts = (0..<3).map { part in
      network.graph.node(
        "Gather",
        [sorted, network.graph.constant(ONNXTensor(.integers([part]), shape: []))],
        [("axis", .integer(0))]
      )
    }
    let keys = network.graph.node("Transpose", [parts[1]], [("perm", .integers([0, 1, 3, 2]))])
    let factor = network.number(1 / Float(width / heads).squareRoot())
    let scores = network.graph.multiply(network.graph.product(parts[0], keys), factor)
    let shares = network.graph.node("Softmax", [scores], [("axis", .integer(-1))])
    network.wire = network.graph.product(shares, parts[2])
    network.transpose([0, 2, 1, 3])
    network.reshape(to: input.shape)
    network.wire = network.graph.add(
      network.graph.product(network.wire, network.constant(own[2])),
      network.constant(own[3])
    )
  }
}
