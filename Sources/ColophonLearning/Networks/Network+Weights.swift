import ColophonCore
import ColophonMath

extension Network {
  /// The weights before the first step, drawn in the plan's order of layers.
  ///
  /// The forget gate of an LSTM starts open, with a bias of 1 (Gers, Schmidhuber and Cummins, 2000).
  func drawn(_ random: inout RandomStream) -> [Float] {
    var all = [Float](repeating: 0, count: plan.parameterCount)
    for layer in layers {
      for operation in plan.operations[layer.operations] {
        for parameter in operation.parameters {
          let numbers = drawn(parameter, layer, &random)
          all.replaceSubrange(parameter.range, with: numbers)
        }
        guard let recurrent = operation as? RecurrentOperation, recurrent.cell == .lstm else {
          continue
        }
        for direction in 0..<recurrent.directions {
          let bias = recurrent.own[direction * 4 + 2]
          let forget = bias.offset + recurrent.width..<bias.offset + 2 * recurrent.width
          for i in forget { all[i] = 1 }
        }
      }
    }
    return all
  }

  private func drawn(
    _ parameter: Parameter,
    _ layer: NetworkLayerFacts,
    _ random: inout RandomStream
  ) -> [Float] {
    switch parameter.role {
    case .bias, .runningMean: return [Float](repeating: 0, count: parameter.count)
    case .gain, .runningVariance: return [Float](repeating: 1, count: parameter.count)
    case .recurrent: return (layer.initializer ?? Orthogonal()).draw(parameter, &random)
    case .weight:
      if layer.kind == EmbeddingLayer.name, layer.initializer == nil {
        return parameter.normal(0.1, &random)
      }
      let usual: any Initializer =
        switch layer.activation {
        case .relu, .leakyRelu, .gelu: KaimingUniform()
        default: XavierUniform()
        }
      return (layer.initializer ?? usual).draw(parameter, &random)
    }
  }
}
