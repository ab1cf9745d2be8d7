package import ColophonCore
import ColophonMath

/// What is beyond the edge of an image.
enum Padding: String, CaseIterable {
  /// Nothing: windows stay inside.
  case valid
  /// Zeros, so that with a stride of 1 the output is as large as the input.
  case same
}

/// Filters that move over an image.
package struct Conv2dLayer: NetworkLayer {
  package static let name = "conv2d"
  package static let summary = "Filters that move over an image."

  package var filters: Int
  package var kernel: (y: Int, x: Int)
  package var stride: (y: Int, x: Int)
  package var dilation: (y: Int, x: Int)
  var padding: LayerPadding
  package var activation: Activation?
  package var hasBias: Bool

  package init(reading fields: inout FieldReader) {
    filters = fields.integer("filters", in: 1...65_536, required: true, "How many filters.") ?? 1
    kernel =
      fields.sizes("kernel", in: 1...512, default: 3, "The window's rows and columns.") ?? (3, 3)
    stride = fields.sizes("stride", in: 1...512, default: 1, "How far the window moves.") ?? (1, 1)
    dilation =
      fields.sizes("dilation", in: 1...512, default: 1, "How far the window's pixels lie apart.")
      ?? (1, 1)
    padding = LayerPadding(reading: &fields, twoSides: true)
    activation = fields.activation("What is done to the sums; linear by default.")
    hasBias = fields.boolean("bias", default: true, "Whether each filter adds a number of its own.")
  }

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    guard builder.tensor.shape.count == 3 else {
      throw LayerFault(
        "conv2d needs an image, and gets \(builder.words)",
        hint: builder.isInput
          ? "say what image the columns are: image: {height: …, width: …, channels: 1}"
          : "put it before the layers that end the image"
      )
    }
    let window = LayerWindow(
      kernel: kernel,
      stride: stride,
      dilation: dilation,
      padding: padding
    )
    let geometry = try window.geometry(of: builder, "conv2d")
    let shape = [geometry.outHeight, geometry.outWidth, filters]
    let nonlinearity = activation?.nonlinearity ?? .linear
    builder.add(shape: shape) { name, input, output in
      ConvolutionOperation(name, input, into: output, geometry, nonlinearity, hasBias: hasBias)
    }
    if activation == .softmax { builder.addSoftmax() }
  }
}

/// Filters that move along a sequence.
package struct Conv1dLayer: NetworkLayer {
  package static let name = "conv1d"
  package static let summary = "Filters that move along a sequence."
  package static let readsSequence = true

  package var filters: Int
  package var kernel: Int
  package var stride: Int
  package var dilation: Int
  var padding: LayerPadding
  package var activation: Activation?
  package var hasBias: Bool

  package init(reading fields: inout FieldReader) {
    filters = fields.integer("filters", in: 1...65_536, required: true, "How many filters.") ?? 1
    kernel = fields.integer("kernel", in: 1...65_536, default: 3, "The window's steps.")
    stride = fields.integer("stride", in: 1...65_536, default: 1, "How far the window moves.")
    dilation = fields.integer(
      "dilation",
      in: 1...65_536,
      default: 1,
      "How far the window's steps lie apart."
    )
    padding = LayerPadding(reading: &fields, twoSides: false)
    activation = fields.activation("What is done to the sums; linear by default.")
    hasBias = fields.boolean("bias", default: true, "Whether each filter adds a number of its own.")
  }

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    guard builder.tensor.shape.count == 2 else {
      throw LayerFault(
        "conv1d needs a sequence, and gets \(builder.words)",
        hint: builder.tensor.shape.count == 3 ? "take conv2d for images" : "take rnn, or dense"
      )
    }
    if builder.hasLengths, stride != 1 || padding != .kind(.same) {
      throw LayerFault(
        "conv1d over sequences of different lengths must keep every step",
        hint: "take 'padding: same' and 'stride: 1'"
      )
    }
    let window = LayerWindow(
      kernel: (1, kernel),
      stride: (1, stride),
      dilation: (1, dilation),
      padding: padding
    )
    let geometry = try window.geometry(of: builder, "conv1d")
    let nonlinearity = activation?.nonlinearity ?? .linear
    builder.add(shape: [geometry.outWidth, filters]) { name, input, output in
      ConvolutionOperation(name, input, into: output, geometry, nonlinearity, hasBias: hasBias)
    }
    if activation == .softmax { builder.addSoftmax() }
  }
}
