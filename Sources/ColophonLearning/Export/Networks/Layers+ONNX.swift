import ColophonMath

extension DenseOperation: ONNXOperation {
  func write(to network: inout ONNXNetwork) {
    network.wire = network.graph.product(network.wire, network.constant(weight))
    if let bias { network.wire = network.graph.add(network.wire, network.constant(bias)) }
    network.activate(activation)
  }
}

extension ActivationOperation: ONNXOperation {
  func write(to network: inout ONNXNetwork) { network.activate(activation) }
}

extension SoftmaxOperation: ONNXOperation {
  func write(to network: inout ONNXNetwork) {
    network.wire = network.graph.node("Softmax", [network.wire], [("axis", .integer(-1))])
  }
}

extension DropoutOperation: ONNXOperation {
  func write(to network: inout ONNXNetwork) {}
}

extension EmbeddingOperation: ONNXOperation {
  func write(to network: inout ONNXNetwork) {
    let places = network.graph.cast(network.wire, to: .int64)
    network.wire = network.graph.node("Gather", [network.constant(weight), places])
  }
}

extension ConvolutionOperation: ONNXOperation {
  func write(to network: inout ONNXNetwork) {
    let (rows, columns, channels, filters) = (
      weight.shape[0], weight.shape[1], weight.shape[2], weight.shape[3]
    )
    var order: [Int] = []
    for filter in 0..<filters {
      for channel in 0..<channels {
        for place in 0..<rows * columns {
          order.append((place * channels + channel) * filters + filter)
        }
      }
    }
    let isSequence = input.shape.count == 2
    let sides = isSequence ? [columns] : [rows, columns]
    let kernel = network.tensor(weight, [filters, channels] + sides, order)
    network.channelsFirst { network in
      let inputs =
        [network.wire, network.graph.constant(kernel)] + (bias.map { [network.constant($0)] } ?? [])
      network.wire = network.graph.node(
        "Conv",
        inputs,
        geometry.attributes(isSequence: isSequence) + [
          (
            "dilations",
            .integers(
              isSequence ? [geometry.dilationX] : [geometry.dilationY, geometry.dilationX]
            )
          )
        ]
      )
    }
    network.activate(activation)
  }
}

extension WindowGeometry {
  /// Kernel, strides and zeros on each side.
  func attributes(
    isSequence: Bool
  ) -> [(name: String, value: ONNXNode.Attribute)] {
    let bottom = max(0, (outHeight - 1) * strideY + reachY - height - padY)
    let right = max(0, (outWidth - 1) * strideX + reachX - width - padX)
    return [
      ("kernel_shape", .integers(isSequence ? [windowX] : [windowY, windowX])),
      ("strides", .integers(isSequence ? [strideX] : [strideY, strideX])),
      ("pads", .integers(isSequence ? [padX, right] : [padY, padX, bottom, right])),
    ]
  }
}

extension PoolOperation: ONNXOperation {
  func write(to network: inout ONNXNetwork) {
    let isSequence = input.shape.count == 2
    network.channelsFirst { network in
      network.wire = network.graph.node(
        isMean ? "AveragePool" : "MaxPool",
        [network.wire],
        geometry.attributes(isSequence: isSequence)
      )
    }
  }
}

extension GlobalPoolOperation: ONNXOperation {
  func write(to network: inout ONNXNetwork) {
    let axes = Array(1..<input.shape.count)
    network.wire = network.graph.node(
      isMean ? "ReduceMean" : "ReduceMax",
      [network.wire],
      [("axes", .integers(axes)), ("keepdims", .integer(0))]
    )
  }
}

extension BatchNormalOperation: ONNXOperation {
  func write(to network: inout ONNXNetwork) {
    let (gain, shift, mean, variance) = (own[0], own[1], own[2], own[3])
    let weights = network.weights
    let scales = (0..<gain.count).map { j in
      weights[gain.offset + j] / (weights[variance.offset + j] + epsilon).squareRoot()
    }
    let centred = network.graph.subtract(network.wire, network.constant(mean))
    let scale = network.graph.constant(ONNXTensor(.floats(scales), shape: [gain.count]))
    network.wire = network.graph.add(
      network.graph.multiply(centred, scale),
      network.constant(shift)
    )
  }
}

extension LayerNormalOperation: ONNXOperation {
  func write(to network: inout ONNXNetwork) {
    network.wire = network.graph.node(
      "LayerNormalization",
      [network.wire, network.constant(own[0]), network.constant(own[1])],
      [("axis", .integer(-1)), ("epsilon", .float(epsilon))]
    )
  }
}
