/// A network given by what each layer costs for one sample.
package struct LayerList: Codable, Hashable, Sendable {
  /// One layer.
  package struct Layer: Codable, Hashable, Sendable {
    /// FLOPs of the forward pass.
    package var flops: Double
    package var parameters: Double
    /// Bytes that the backward pass needs kept.
    package var activations: Double

    package init(flops: Double, parameters: Double, activations: Double) {
      self.flops = flops
      self.parameters = parameters
      self.activations = activations
    }
  }

  package var layers: [Layer]

  package init(_ layers: [Layer]) { self.layers = layers }
}

/// What is trained.
package enum Workload: Hashable, Sendable {
  case transformer(Transformer)
  case layers(LayerList)

  /// All parameters.
  package var parameters: Double {
    switch self {
    case .transformer(let model): model.parameters
    case .layers(let list): list.layers.reduce(0) { $0 + $1.parameters }
    }
  }

  /// FLOPs of one sample, forward and backward, without recomputation.
  package var modelFlops: Double {
    switch self {
    case .transformer(let model): model.modelFlops
    case .layers(let list): 3 * list.layers.reduce(0) { $0 + $1.flops }
    }
  }

  /// Tokens (or samples) that one sequence counts for.
  package var tokens: Double {
    switch self {
    case .transformer(let model): Double(model.sequence)
    case .layers: 1
    }
  }

  /// How many layers may be spread over pipeline stages.
  package var depth: Int {
    switch self {
    case .transformer(let model): model.layers
    case .layers(let list): list.layers.count
    }
  }
}
