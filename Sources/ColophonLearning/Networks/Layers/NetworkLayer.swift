package import ColophonCore
package import ColophonMath

/// One layer of a network as its author wrote it.
package protocol NetworkLayer: Sendable {
  /// The key of the layer's map.
  static var name: String { get }
  /// One sentence for the reference.
  static var summary: String { get }
  /// The field that a single number or word stands for: `dense: 64`.
  static var shorthand: String? { get }
  /// Whether it reads a sequence step by step, so that a recurrent layer before it gives all states.
  static var readsSequence: Bool { get }

  init(reading fields: inout FieldReader)

  /// What it does to its numbers in the end, where it does anything.
  var activation: Activation? { get }
  /// Adds the layer's operations.
  ///
  /// - Throws: `LayerFault` where its input has another form.
  func build(_ builder: inout NetworkBuilder) throws(LayerFault)
}

extension NetworkLayer {
  package static var shorthand: String? { nil }
  package static var readsSequence: Bool { false }
  package var activation: Activation? { nil }
}

/// Why a layer can't stand where it stands, in a sentence without a full stop.
package struct LayerFault: Error, Hashable, Sendable {
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}

/// The layers, in the order the reference lists them.
package let networkLayers = Catalogue<any NetworkLayer.Type>(
  "layer",
  [
    DenseLayer.self,
    ActivationLayer.self,
    Conv1dLayer.self,
    Conv2dLayer.self,
    MaxPoolLayer.self,
    AvgPoolLayer.self,
    GlobalMaxPoolLayer.self,
    GlobalAvgPoolLayer.self,
    FlattenLayer.self,
    BatchNormLayer.self,
    LayerNormLayer.self,
    DropoutLayer.self,
    EmbeddingLayer.self,
    PlainRecurrentLayer.self,
    LSTMLayer.self,
    GRULayer.self,
    AttentionLayer.self,
  ]
) { $0.name }

/// What a layer does to its numbers.
package enum Activation: String, Hashable, Sendable, CaseIterable {
  case linear, sigmoid, tanh, relu
  case leakyRelu = "leaky_relu"
  case gelu, softmax

  package static let names = allCases.map { $0.rawValue }

  /// As an operation on single numbers; softmax is one on rows and nil here.
  package var nonlinearity: Nonlinearity? {
    switch self {
    case .linear: .linear
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .relu: .relu
    case .leakyRelu: .leakyRelu(0.01)
    case .gelu: .gelu
    case .softmax: nil
    }
  }

  /// Whether its slope is near 0 for large inputs on both sides.
  package var saturates: Bool { self == .sigmoid || self == .tanh }
}

extension FieldReader {
  /// `activation`; nil where nothing is written.
  mutating func activation(_ documentation: String) -> Activation? {
    choice("activation", of: Activation.names, noun: "activation", documentation)
      .flatMap { Activation(rawValue: $0.value) }
  }
}
