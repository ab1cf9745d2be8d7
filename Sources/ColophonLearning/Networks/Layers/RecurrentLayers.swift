package import ColophonCore
import ColophonMath

/// The settings that all recurrent layers share.
struct RecurrentSettings: Sendable {
  var units: Int
  var isBidirectional: Bool
  /// Nil leaves it to the layer that follows.
  var givesSequence: Bool?

  init(reading fields: inout FieldReader) {
    units =
      fields.integer("units", in: 1...65_536, required: true, "How many numbers the state has.")
      ?? 1
    isBidirectional = fields.boolean(
      "bidirectional",
      default: false,
      "Whether a second state runs from the end to the beginning."
    )
    let type = FieldType.boolean
    let node = fields.node(
      "return_sequences",
      type,
      "Whether every step's state is given, or the last alone; by default what the next layer reads."
    )
    if let node {
      if case .boolean(let flag) = node.content {
        givesSequence = flag
      } else {
        fields.report(.wrongType("return_sequences", expected: "true or false", found: node))
      }
    }
  }

  func build(
    _ builder: inout NetworkBuilder,
    _ layer: String,
    _ cell: RecurrentCell
  ) throws(LayerFault) {
    guard builder.tensor.shape.count == 2 else {
      throw LayerFault(
        "\(layer) needs a sequence, and gets \(builder.words)",
        hint: builder.isInput
          ? "take the algorithm rnn, whose columns are the steps of a sequence"
          : "let the recurrent layer before it give all states: return_sequences: true"
      )
    }
    let width = isBidirectional ? 2 * units : units
    let gives = givesSequence ?? builder.nextReadsSequence
    builder.add(shape: gives ? [builder.tensor.shape[0], width] : [width]) { name, input, output in
      RecurrentOperation(
        name,
        input,
        into: output,
        cell,
        width: units,
        isBidirectional: isBidirectional,
        givesSequence: gives
      )
    }
  }
}

/// The plain recurrent layer.
package struct PlainRecurrentLayer: NetworkLayer {
  package static let name = "rnn"
  package static let summary = "A plain recurrent layer: the state is one activation of the sum."
  package static let shorthand: String? = "units"
  package static let readsSequence = true
  let settings: RecurrentSettings
  package var isRelu: Bool

  package init(reading fields: inout FieldReader) {
    settings = RecurrentSettings(reading: &fields)
    let word = fields.choice("activation", of: ["tanh", "relu"], default: "tanh", "Of the state.")
    isRelu = word == "relu"
  }

  package var activation: Activation? { isRelu ? .relu : .tanh }

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    try settings.build(&builder, PlainRecurrentLayer.name, .plain(isRelu: isRelu))
  }
}

/// Long short-term memory.
package struct LSTMLayer: NetworkLayer {
  package static let name = "lstm"
  package static let summary = "Long short-term memory: a cell that gates keep, fill and read."
  package static let shorthand: String? = "units"
  package static let readsSequence = true
  let settings: RecurrentSettings

  package init(reading fields: inout FieldReader) {
    settings = RecurrentSettings(reading: &fields)
  }

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    try settings.build(&builder, LSTMLayer.name, .lstm)
  }
}

/// The gated recurrent unit.
package struct GRULayer: NetworkLayer {
  package static let name = "gru"
  package static let summary = "The gated recurrent unit: two gates, and no cell beside the state."
  package static let shorthand: String? = "units"
  package static let readsSequence = true
  let settings: RecurrentSettings

  package init(reading fields: inout FieldReader) {
    settings = RecurrentSettings(reading: &fields)
  }

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    try settings.build(&builder, GRULayer.name, .gru)
  }
}

/// Self-attention in several heads.
package struct AttentionLayer: NetworkLayer {
  package static let name = "attention"
  package static let summary = "Self-attention of a sequence's steps in several heads."
  package static let shorthand: String? = "heads"
  package static let readsSequence = true

  package var heads: Int

  package init(reading fields: inout FieldReader) {
    heads = fields.integer("heads", in: 1...1_024, default: 1, "How many heads.")
  }

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    let width = builder.tensor.width
    guard builder.tensor.shape.count == 2 else {
      throw LayerFault("attention needs a sequence, and gets \(builder.words)")
    }
    guard width.isMultiple(of: heads) else {
      throw LayerFault(
        "attention cuts \(width) numbers into \(heads) heads, which leaves a rest",
        hint: "take a number of heads that divides \(width)"
      )
    }
    builder.add(shape: builder.tensor.shape) { name, input, output in
      AttentionOperation(name, input, into: output, heads: heads)
    }
  }
}
