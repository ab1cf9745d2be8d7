import ColophonMath

/// What a layer of a network costs for one row.
package struct LayerCost: Hashable, Sendable {
  package var name: String
  /// Floating-point operations on the way there: two a multiply-add, and one a number that is touched.
  package var flops: Double
  package var parameters: Double
  /// Bytes that the way back needs kept, in 32-bit floats: what the layer gives, and its own buffers.
  package var activations: Double
}

extension Network {
  /// The layers' costs, counted on the very operations that a training runs.
  var costs: [LayerCost] {
    layers.map { layer in
      let operations = plan.operations[layer.operations]
      return LayerCost(
        name: layer.name,
        flops: operations.reduce(0) { $0 + $1.flops },
        parameters: Double(
          operations.flatMap { $0.parameters }.filter { $0.role.isLearned }
            .reduce(0) { $0 + $1.count }
        ),
        activations: operations.reduce(0) { $0 + 4 * Double($1.output.count) }
      )
    }
  }
}

extension NetworkOperation {
  /// Floating-point operations on the way there for one row.
  var flops: Double {
    let weights = parameters.filter { $0.role == .weight || $0.role == .recurrent }
      .reduce(0) { $0 + $1.count }
    switch self {
    case is EmbeddingOperation: return 0
    case is RecurrentOperation:
      // Every step multiplies by all weights; some twenty operations a unit are its gates'.
      return Double(input.places) * (2 * Double(weights) + 20 * Double(output.width))
    case is AttentionOperation:
      let (steps, width) = (Double(input.places), Double(input.width))
      return steps * 2 * Double(weights) + 4 * steps * steps * width
    default:
      // Dense layers and convolutions multiply by all weights at every place of their output.
      return Double(output.places) * 2 * Double(weights) + Double(output.count)
    }
  }
}
