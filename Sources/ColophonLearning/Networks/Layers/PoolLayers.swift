package import ColophonCore
import ColophonMath

/// The settings of a pooling layer.
struct PoolSettings: Sendable {
  var size: (y: Int, x: Int)
  var stride: (y: Int, x: Int)
  var padding: LayerPadding

  init(reading fields: inout FieldReader) {
    let size = fields.sizes("size", in: 1...512, default: 2, "The window's rows and columns.")
    self.size = size ?? (2, 2)
    let stride = fields.sizes("stride", in: 1...512, "How far it moves; by default its own size.")
    self.stride = stride ?? self.size
    padding = LayerPadding(reading: &fields, twoSides: true)
  }

  func build(_ builder: inout NetworkBuilder, isMean: Bool) throws(LayerFault) {
    let layer = isMean ? AvgPoolLayer.name : MaxPoolLayer.name
    let shape = builder.tensor.shape
    guard shape.count > 1 else {
      throw LayerFault("\(layer) needs an image or a sequence, and gets \(builder.words)")
    }
    if builder.hasLengths {
      throw LayerFault(
        "\(layer) needs sequences of one length, and these differ",
        hint: "take global_max_pool or global_avg_pool"
      )
    }
    let window = LayerWindow(
      kernel: shape.count == 3 ? size : (1, size.x),
      stride: shape.count == 3 ? stride : (1, stride.x),
      padding: padding
    )
    let geometry = try window.geometry(of: builder, layer)
    let out =
      shape.count == 3
      ? [geometry.outHeight, geometry.outWidth, shape[2]] : [geometry.outWidth, shape[1]]
    builder.add(shape: out) { name, input, output in
      PoolOperation(name, input, into: output, geometry, isMean: isMean)
    }
  }
}

/// The largest number of each window.
package struct MaxPoolLayer: NetworkLayer {
  package static let name = "max_pool"
  package static let summary = "The largest number of each window."
  package static let shorthand: String? = "size"
  let settings: PoolSettings

  package init(reading fields: inout FieldReader) { settings = PoolSettings(reading: &fields) }

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    try settings.build(&builder, isMean: false)
  }
}

/// The mean of each window.
package struct AvgPoolLayer: NetworkLayer {
  package static let name = "avg_pool"
  package static let summary = "The mean of each window; zeros beyond the edge don't count."
  package static let shorthand: String? = "size"
  let settings: PoolSettings

  package init(reading fields: inout FieldReader) { settings = PoolSettings(reading: &fields) }

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    try settings.build(&builder, isMean: true)
  }
}

/// The largest number of each channel.
package struct GlobalMaxPoolLayer: NetworkLayer {
  package static let name = "global_max_pool"
  package static let summary = "The largest number of each channel, over the image or the sequence."
  package static let readsSequence = true

  package init(reading fields: inout FieldReader) {}

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    try builder.addGlobalPool(GlobalMaxPoolLayer.name, isMean: false)
  }
}

/// The mean of each channel.
package struct GlobalAvgPoolLayer: NetworkLayer {
  package static let name = "global_avg_pool"
  package static let summary = "The mean of each channel, over the image or the sequence."
  package static let readsSequence = true

  package init(reading fields: inout FieldReader) {}

  package func build(_ builder: inout NetworkBuilder) throws(LayerFault) {
    try builder.addGlobalPool(GlobalAvgPoolLayer.name, isMean: true)
  }
}

extension NetworkBuilder {
  mutating func addGlobalPool(_ layer: String, isMean: Bool) throws(LayerFault) {
    guard tensor.shape.count > 1 else {
      throw LayerFault("\(layer) needs an image or a sequence, and gets \(words)")
    }
    add(shape: [tensor.width]) { name, input, output in
      GlobalPoolOperation(name, input, into: output, isMean: isMean)
    }
  }
}
