package import ColophonCore
import ColophonMath

/// Every unit adds up all inputs, each times a weight of its own.
package struct DenseLayer: NetworkLayer {
  package static let name = "dense"
  package static let summary = "Every unit adds up all inputs, each times a weight of its own."
  package static let shorthand: String? = "units"

  package var units: Int
  /// What was written; as the output layer, what the loss asks for where nothing was.
  package var written: Activation?
  package var hasBias: Bool

  package init(reading fields: inout FieldReader) {
    units = fields.integer("units", in: 1...1_000_000, required: true, "How many units.") ?? 1
    written = fields.activation(
      "What is done to the sums; linear by default, and in the output layer what fits the loss."
    )
    hasBias = fields.boolean("bias", default: true, "Whether each unit adds a number of its own.")
  }

  init(units: Int, activation: Activation) {
    self.units = units
    written = activation
    hasBias = true
  }

  package var activation: Activation? { written ?? .linear }

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    guard builder.tensor.shape.count < 3 else {
      throw LayerFault(
        "dense needs a row of numbers, and gets \(builder.words)",
        hint: "put flatten or global_avg_pool before it"
      )
    }
    let shape = builder.tensor.shape.dropLast() + [units]
    let activation = activation ?? .linear
    builder.add(shape: Array(shape)) { name, input, output in
      DenseOperation(
        name,
        input,
        into: output,
        activation.nonlinearity ?? .linear,
        hasBias: hasBias
      )
    }
    if activation == .softmax { builder.addSoftmax() }
  }
}

/// An activation by itself.
package struct ActivationLayer: NetworkLayer {
  package static let name = "activation"
  package static let summary = "An activation by itself, such as activation: relu."
  package static let shorthand: String? = "function"

  package var function: Activation

  package init(reading fields: inout FieldReader) {
    let word = fields.choice(
      "function",
      of: Activation.names,
      required: true,
      noun: "activation",
      "What is done to each number."
    )
    function = word.flatMap { Activation(rawValue: $0.value) } ?? .linear
  }

  package var activation: Activation? { function }

  package func build(_ builder: inout NetworkBuilder) {
    guard let nonlinearity = function.nonlinearity else {
      builder.addSoftmax()
      return
    }
    builder.add(shape: builder.tensor.shape) { name, input, output in
      ActivationOperation(name, input, into: output, nonlinearity)
    }
  }
}

/// An image or a sequence as one row of numbers.
package struct FlattenLayer: NetworkLayer {
  package static let name = "flatten"
  package static let summary = "An image or a sequence as one row of numbers."

  package init(reading fields: inout FieldReader) {}

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    if builder.hasLengths {
      throw LayerFault(
        "flatten needs sequences of one length, and these differ",
        hint: "take the last state of a recurrent layer, or global_avg_pool"
      )
    }
    builder.reshape(to: [builder.tensor.count])
  }
}

/// While training, some numbers are left out at random.
package struct DropoutLayer: NetworkLayer {
  package static let name = "dropout"
  package static let summary = "While training, each number is 0 with a probability."
  package static let shorthand: String? = "rate"

  package var rate: Double

  package init(reading fields: inout FieldReader) {
    rate =
      fields.number(
        "rate",
        in: Interval(0, 1, upperIsOpen: true),
        required: true,
        "The probability with which a number is 0."
      ) ?? 0
  }

  package func build(_ builder: inout NetworkBuilder) {
    builder.add(shape: builder.tensor.shape) { name, input, output in
      DropoutOperation(name, input, into: output, rate: rate)
    }
  }
}

/// A vector for each token.
package struct EmbeddingLayer: NetworkLayer {
  package static let name = "embedding"
  package static let summary = "A learned vector for each token of a sequence."
  package static let shorthand: String? = "units"

  package var units: Int
  /// How many tokens there are; of texts, the vocabulary's.
  package var tokens: Int?

  package init(reading fields: inout FieldReader) {
    units =
      fields.integer("units", in: 1...100_000, required: true, "How many numbers a vector has.")
      ?? 1
    tokens = fields.integer(
      "tokens",
      in: 1...100_000_000,
      "How many tokens there are, counted from 0; not needed for texts."
    )
  }

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    guard builder.isInput, builder.tensor.shape.count == 2, builder.tensor.width == 1 else {
      throw LayerFault(
        "embedding needs a sequence of tokens, and gets \(builder.words)",
        hint: "let it be the first layer of an rnn, on texts or on one feature a step"
      )
    }
    guard let count = builder.vocabulary ?? tokens else {
      throw LayerFault("embedding needs 'tokens', the number of different ones")
    }
    builder.reshape(to: [builder.tensor.count])
    builder.add(shape: [builder.tensor.count, units]) { name, input, output in
      EmbeddingOperation(name, input, into: output, tokens: count)
    }
  }
}
