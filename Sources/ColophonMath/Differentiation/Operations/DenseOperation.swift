import CKernels

/// y = f(x W + b), at every place of the input.
package struct DenseOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  package let activation: Nonlinearity
  /// Inputs × outputs.
  package var weight: Parameter
  package var bias: Parameter?

  package init(
    _ name: String,
    _ input: Tensor,
    into output: Tensor,
    _ activation: Nonlinearity,
    hasBias: Bool = true
  ) {
    self.name = name
    self.input = input
    self.output = output
    self.activation = activation
    let (fanIn, fanOut) = (input.width, output.width)
    weight = Parameter(
      "weight",
      .weight,
      [fanIn, fanOut],
      fanIn: fanIn,
      fanOut: fanOut
    )
    bias = hasBias ? Parameter("bias", .bias, [fanOut], fanIn: fanIn, fanOut: fanOut) : nil
  }

  package var parameters: [Parameter] { [weight] + [bias].compactMap { $0 } }

  package func placed(_ parameters: [Parameter]) -> DenseOperation {
    var copy = self
    copy.weight = parameters[0]
    if bias != nil { copy.bias = parameters[1] }
    return copy
  }

  package func work(rows: Int, threads: Int, isTraining: Bool) -> [Int] {
    activation.needsArgument && isTraining ? [rows * output.count] : []
  }

  package func forward(_ at: Places, _ pass: Pass) {
    let (rows, inputs, outputs) = (pass.rows * input.places, input.width, output.width)
    FloatProduct.multiply(
      rows,
      outputs,
      inputs,
      .init(at.x, inputs),
      .init(pass.parameters + weight.offset, outputs),
      into: at.y,
      stride: outputs,
      pass: pass
    )
    activation.apply(
      rows: rows,
      columns: outputs,
      bias: bias.map { UnsafePointer(pass.parameters + $0.offset) },
      at.y,
      keeping: at.work.first,
      pass
    )
  }

  package func backward(_ at: Places, _ pass: Pass) {
    let (rows, inputs, outputs) = (pass.rows * input.places, input.width, output.width)
    activation.multiplySlope(
      rows: rows,
      columns: outputs,
      at.y,
      before: at.work.first.map { UnsafePointer($0) },
      at.dy,
      pass
    )
    FloatProduct.multiply(
      inputs,
      outputs,
      rows,
      .init(at.x, inputs, transposed: true),
      .init(at.dy, outputs),
      into: pass.gradients + weight.offset,
      stride: outputs,
      pass: pass
    )
    if let bias {
      ck_net_column_sums(rows, outputs, at.dy, outputs, pass.gradients + bias.offset, 1)
    }
    pass.addMagnitudes(rows, at.x, inputs, at.dy, outputs, at: weight.offset)
    if let bias { pass.addMagnitudes(rows, at.dy, outputs, at: bias.offset) }
    guard let dx = at.dx else { return }
    FloatProduct.multiply(
      rows,
      inputs,
      outputs,
      .init(at.dy, outputs),
      .init(pass.parameters + weight.offset, outputs, transposed: true),
      into: dx,
      stride: inputs,
      pass: pass
    )
  }
}
