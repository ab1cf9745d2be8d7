import CKernels

/// How a window moves over an image.
package struct WindowGeometry: Hashable, Sendable {
  package var height: Int
  package var width: Int
  package var window: (y: Int, x: Int) { (windowY, windowX) }
  package var windowY: Int
  package var windowX: Int
  package var strideY: Int
  package var strideX: Int
  /// Rows and columns of zeros before the first.
  package var padY: Int
  package var padX: Int
  package var dilationY: Int
  package var dilationX: Int
  package var outHeight: Int
  package var outWidth: Int

  /// How far a window reaches.
  package var reachY: Int { (windowY - 1) * dilationY + 1 }
  package var reachX: Int { (windowX - 1) * dilationX + 1 }
  /// The image with as many zeros around it as the windows touch.
  var paddedHeight: Int { max(height + padY, (outHeight - 1) * strideY + reachY) }
  var paddedWidth: Int { max(width + padX, (outWidth - 1) * strideX + reachX) }
  var isPadded: Bool { paddedHeight != height || paddedWidth != width }

  package init(
    height: Int,
    width: Int,
    window: (y: Int, x: Int),
    stride: (y: Int, x: Int),
    pad: (y: Int, x: Int),
    dilation: (y: Int, x: Int) = (1, 1),
    out: (height: Int, width: Int)
  ) {
    self.height = height
    self.width = width
    (windowY, windowX) = window
    (strideY, strideX) = stride
    (padY, padX) = pad
    (dilationY, dilationX) = dilation
    (outHeight, outWidth) = out
  }
}

/// y = f(x ∗ W + b) over images; a sequence is an image of height 1.
///
/// Each output adds its window's terms by rows, columns and channels ascending, one fused
/// multiply-add a term. The gradient of the weights is summed in at most eight blocks of examples,
/// set by how many there are; the blocks are added in order.
package struct ConvolutionOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  package let geometry: WindowGeometry
  package let activation: Nonlinearity
  /// Window rows × window columns × input channels × output channels.
  package var weight: Parameter
  package var bias: Parameter?

  package init(
    _ name: String,
    _ input: Tensor,
    into output: Tensor,
    _ geometry: WindowGeometry,
    _ activation: Nonlinearity,
    hasBias: Bool = true
  ) {
    self.name = name
    self.input = input
    self.output = output
    self.geometry = geometry
    self.activation = activation
    let area = geometry.windowY * geometry.windowX
    let (fanIn, fanOut) = (area * input.width, area * output.width)
    weight = Parameter(
      "weight",
      .weight,
      [geometry.windowY, geometry.windowX, input.width, output.width],
      fanIn: fanIn,
      fanOut: fanOut
    )
    bias = hasBias ? Parameter("bias", .bias, [output.width], fanIn: fanIn, fanOut: fanOut) : nil
  }

  package var parameters: [Parameter] { [weight] + [bias].compactMap { $0 } }

  package func placed(_ parameters: [Parameter]) -> ConvolutionOperation {
    var copy = self
    copy.weight = parameters[0]
    if bias != nil { copy.bias = parameters[1] }
    return copy
  }

  var channels: Int { input.width }
  var filters: Int { output.width }
  /// Floats of a padded image, and of an output's slope with zeros between and around its pixels.
  var paddedCount: Int { geometry.paddedHeight * geometry.paddedWidth * channels }
  var spreadHeight: Int { geometry.height + geometry.reachY - 1 }
  var spreadWidth: Int { geometry.width + geometry.reachX - 1 }
  /// Into how many blocks the gradient's sum is cut, at most.
  static let blocks = 8

  /// Padded images; the argument of the activation; the turned weights; a spread slope for each
  /// thread; the blocks' gradients.
  package func work(rows: Int, threads: Int, isTraining: Bool) -> [Int] {
    let padded = geometry.isPadded ? rows * paddedCount : 0
    guard isTraining else { return [padded] }
    let argument = activation.needsArgument ? rows * output.count : 0
    return [
      padded, argument, weight.count, max(1, threads) * spreadHeight * spreadWidth * filters,
      ConvolutionOperation.blocks * (weight.count + filters),
    ]
  }

  package func forward(_ at: Places, _ pass: Pass) {
    let window = StretchTable.window(geometry, channels: channels, filters: filters)
    let weights = UnsafePointer(pass.parameters + weight.offset)
    pass.share(pass.rows) { part in
      for row in part {
        let image = padded(at, row)
        for line in 0..<geometry.outHeight {
          window.multiply(
            a: image + line * geometry.strideY * geometry.paddedWidth * channels,
            b: weights,
            c: at.y + row * output.count + line * geometry.outWidth * filters,
            rows: geometry.outWidth,
            columns: filters
          )
        }
      }
    }
    activation.apply(
      rows: pass.rows * output.places,
      columns: filters,
      bias: bias.map { UnsafePointer(pass.parameters + $0.offset) },
      at.y,
      keeping: activation.needsArgument && at.work.count > 1 ? at.work[1] : nil,
      pass
    )
  }

  /// A row's image with zeros around it, copied where there are any.
  private func padded(_ at: Places, _ row: Int) -> UnsafePointer<Float> {
    let image = at.x + row * input.count
    guard geometry.isPadded else { return UnsafePointer(image) }
    let target = at.work[0] + row * paddedCount
    target.update(repeating: 0, count: paddedCount)
    // Columns that no window reaches are left out.
    let columns = min(geometry.width, geometry.paddedWidth - geometry.padX)
    for line in 0..<min(geometry.height, geometry.paddedHeight - geometry.padY) {
      let place = ((line + geometry.padY) * geometry.paddedWidth + geometry.padX) * channels
      (target + place).update(
        from: image + line * geometry.width * channels,
        count: columns * channels
      )
    }
    return UnsafePointer(target)
  }

  package func backward(_ at: Places, _ pass: Pass) {
    activation.multiplySlope(
      rows: pass.rows * output.places,
      columns: filters,
      at.y,
      before: activation.needsArgument ? UnsafePointer(at.work[1]) : nil,
      at.dy,
      pass
    )
    sumGradients(at, pass)
    addMagnitudes(at, pass)
    if at.dx != nil { spreadSlopes(at, pass) }
  }
}
