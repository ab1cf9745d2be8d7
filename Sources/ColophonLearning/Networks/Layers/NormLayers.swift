package import ColophonCore
import ColophonMath

/// Each channel with mean 0 and variance 1 over the batch.
package struct BatchNormLayer: NetworkLayer {
  package static let name = "batch_norm"
  package static let summary =
    "Each channel with mean 0 and variance 1 over the batch, then scaled and shifted."

  package var momentum: Double
  package var epsilon: Double

  package init(reading fields: inout FieldReader) {
    momentum = fields.number(
      "momentum",
      in: .closed(0, 1),
      default: 0.1,
      "The share of a batch in the means and variances that predictions use."
    )
    epsilon = fields.number("eps", in: .above(0), default: 1e-5, "What is added to the variance.")
  }

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    if builder.hasLengths {
      throw LayerFault(
        "batch_norm needs sequences of one length, and these differ",
        hint: "take layer_norm"
      )
    }
    let isFrozen = builder.isFrozen
    builder.add(shape: builder.tensor.shape) { name, input, output in
      BatchNormalOperation(
        name,
        input,
        into: output,
        momentum: isFrozen ? 0 : Float(momentum),
        epsilon: Float(epsilon)
      )
    }
  }
}

/// Each place's numbers with mean 0 and variance 1.
package struct LayerNormLayer: NetworkLayer {
  package static let name = "layer_norm"
  package static let summary =
    "The numbers of each place with mean 0 and variance 1, then scaled and shifted."

  package var epsilon: Double

  package init(reading fields: inout FieldReader) {
    epsilon = fields.number("eps", in: .above(0), default: 1e-5, "What is added to the variance.")
  }

  package func build(_ builder: inout NetworkBuilder) {
    builder.add(shape: builder.tensor.shape) { name, input, output in
      LayerNormalOperation(name, input, into: output, epsilon: Float(epsilon))
    }
  }
}
