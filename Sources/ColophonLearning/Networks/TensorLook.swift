import ColophonMath

/// What is to be seen in a network between a batch's way back and its step.
struct TensorLook {
  let network: Network
  /// The tape that the batch went through.
  let tape: Tape
  let memory: NetworkMemory

  /// The gradients and activations of the batch that has just gone there and back.
  func statistics(_ rows: Int) -> [TensorStatistics] {
    var found: [TensorStatistics] = []
    for layer in network.layers {
      for index in layer.operations {
        let operation = network.plan.operations[index]
        for parameter in operation.parameters where parameter.role.isDrawn {
          found.append(
            TensorStatistics(
              "\(layer.name).\(parameter.name)",
              .gradient,
              memory.gradients.base + parameter.offset,
              parameter.count
            )
          )
        }
        if let active = activity(operation, index, rows) { found.append(active) }
      }
    }
    return found
  }

  /// How large the slope of the first recurrent layer's state is after each step of the batch.
  func reach(_ rows: Int) -> [Double]? {
    let operations = network.plan.operations
    guard let index = operations.firstIndex(where: { $0 is RecurrentOperation }),
      let recurrent = operations[index] as? RecurrentOperation
    else { return nil }
    return recurrent.reach(tape.work(of: index), rows: rows)
  }

  /// The weights as they are.
  func weights() -> [TensorStatistics] {
    network.layers.flatMap { layer in
      layer.operations.flatMap { network.plan.operations[$0].parameters }
        .filter { $0.role.isDrawn }
        .map { parameter in
          TensorStatistics(
            "\(layer.name).\(parameter.name)",
            .weight,
            memory.parameters.base + parameter.offset,
            parameter.count
          )
        }
    }
  }

  /// Of how many places of the batch each unit is active; nil where that is no question.
  ///
  /// A sigmoid or tanh is told from its output: in 32 bits it is 1 (or -1) to the last bit just where
  /// its slope is gone.
  private func activity(
    _ operation: any NetworkOperation,
    _ index: Int,
    _ rows: Int
  ) -> TensorStatistics? {
    let kind: TensorStatistics.Kind
    let isActive: (Float) -> Bool
    switch operation.nonlinearity {
    case .relu: (kind, isActive) = (.relu, { $0 > 0 })
    case .tanh: (kind, isActive) = (.tanh, { $0.magnitude < 1 })
    case .sigmoid: (kind, isActive) = (.sigmoid, { $0 < 1 && $0 > 1.026e-10 })
    default: return nil
    }
    let values = tape.value(of: index)
    let (units, places) = (operation.output.width, rows * operation.output.places)
    var counts = [Int](repeating: 0, count: units)
    var statistics = TensorStatistics(operation.name, kind, values, places * units)
    for place in 0..<places {
      for unit in 0..<units where isActive(values[place * units + unit]) { counts[unit] += 1 }
    }
    statistics.activity = counts.map { 100 * Double($0) / Double(places) }
    return statistics
  }
}

extension NetworkOperation {
  /// What it does to its numbers in the end.
  fileprivate var nonlinearity: Nonlinearity? {
    switch self {
    case let dense as DenseOperation: dense.activation
    case let convolution as ConvolutionOperation: convolution.activation
    case let activation as ActivationOperation: activation.activation
    default: nil
    }
  }
}

extension Parameter.Role {
  /// Whether it is drawn before the first step: what is multiplied.
  var isDrawn: Bool { self == .weight || self == .recurrent }
}
