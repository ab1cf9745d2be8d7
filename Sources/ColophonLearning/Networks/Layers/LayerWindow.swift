import ColophonCore
import ColophonMath

/// What is beyond the edges of an image: `valid`, `same`, or so many zeros on each side.
enum LayerPadding: Hashable, Sendable {
  case kind(Padding)
  case zeros(y: Int, x: Int)

  init(reading fields: inout FieldReader, twoSides: Bool) {
    self = .kind(.valid)
    let words = Padding.allCases.map { $0.rawValue }
    let type = FieldType.union([.choice(words), .integer(0...512), .list(.integer(0...512))])
    let documentation =
      "What is beyond the edge: nothing (valid), as many zeros as keep the size (same), or so many "
      + "zeros on each side."
    guard
      let node = fields.node(
        "padding",
        type,
        default: .string(Padding.valid.rawValue),
        documentation
      )
    else { return }
    if case .string = node.content, let kind = Padding(rawValue: node.text) {
      self = .kind(kind)
      return
    }
    let items = node.items ?? [node]
    let numbers = items.compactMap { item -> Int? in
      if case .integer(let number) = item.content, 0...512 ~= number { number } else { nil }
    }
    guard numbers.count == items.count, items.count == 1 || items.count == 2 && twoSides else {
      fields.report(
        .wrongType("padding", expected: "valid, same, or a number of zeros", found: node)
      )
      return
    }
    self = .zeros(y: twoSides ? numbers[0] : 0, x: numbers[numbers.count - 1])
  }
}

/// A window over an image, to be fitted to the image's size.
struct LayerWindow {
  var kernel: (y: Int, x: Int)
  var stride: (y: Int, x: Int)
  var dilation: (y: Int, x: Int) = (1, 1)
  var padding: LayerPadding

  /// How the window moves over the builder's image or sequence.
  ///
  /// As in PyTorch: with `same`, the odd zero stands behind; what a last step can't fill is left out.
  func geometry(
    of builder: NetworkBuilder,
    _ layer: String
  ) throws(LayerFault) -> WindowGeometry {
    let shape = builder.tensor.shape
    let (height, width) = shape.count == 3 ? (shape[0], shape[1]) : (1, shape[0])
    let y = try side(height, kernel.y, stride.y, dilation.y, pad(isY: true), builder, layer)
    let x = try side(width, kernel.x, stride.x, dilation.x, pad(isY: false), builder, layer)
    return WindowGeometry(
      height: height,
      width: width,
      window: kernel,
      stride: stride,
      pad: (y.pad, x.pad),
      dilation: dilation,
      out: (y.out, x.out)
    )
  }

  private func pad(isY: Bool) -> Int? {
    switch padding {
    case .kind(.valid): 0
    case .kind(.same): nil
    case .zeros(let y, let x): isY ? y : x
    }
  }

  /// The zeros before the first and the outputs of one side; nil zeros keep the size.
  private func side(
    _ size: Int,
    _ kernel: Int,
    _ stride: Int,
    _ dilation: Int,
    _ pad: Int?,
    _ builder: NetworkBuilder,
    _ layer: String
  ) throws(LayerFault) -> (pad: Int, out: Int) {
    let reach = (kernel - 1) * dilation + 1
    if let pad {
      guard pad < reach || pad == 0 else {
        throw LayerFault("\(layer) has \(pad) zeros at each side, as many as its window reaches")
      }
      guard size + 2 * pad >= reach else {
        if !builder.isExact { return (pad, 1) }
        throw LayerFault(
          "\(layer)'s window of \(reach) does not fit into \(builder.words)",
          hint: "take a smaller kernel, or padding: same"
        )
      }
      return (pad, (size + 2 * pad - reach) / stride + 1)
    }
    let out = (size + stride - 1) / stride
    return (max(0, (out - 1) * stride + reach - size) / 2, out)
  }
}
