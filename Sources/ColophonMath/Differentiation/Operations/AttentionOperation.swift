import CKernels

/// Self-attention of a sequence's steps in several heads: softmax(Q Kᵀ / √d) V, then one product.
///
/// Steps that a sequence lacks are not attended to.
///
/// - SeeAlso: Vaswani et al., "Attention is all you need", 2017, equation 1 and section 3.2.2.
package struct AttentionOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  package let heads: Int
  /// Weights of queries, keys and values side by side, their bias, and those of the product.
  package var own: [Parameter]

  package init(_ name: String, _ input: Tensor, into output: Tensor, heads: Int) {
    self.name = name
    self.input = input
    self.output = output
    self.heads = heads
    let width = input.width
    own = [
      Parameter("in_proj_weight", .weight, [width, 3 * width], fanIn: width, fanOut: 3 * width),
      Parameter("in_proj_bias", .bias, [3 * width]),
      Parameter("out_proj.weight", .weight, [width, width], fanIn: width, fanOut: width),
      Parameter("out_proj.bias", .bias, [width]),
    ]
  }

  package var parameters: [Parameter] { own }

  package func placed(_ parameters: [Parameter]) -> AttentionOperation {
    var copy = self
    copy.own = parameters
    return copy
  }

  private var width: Int { input.width }
  private var steps: Int { input.shape[0] }
  private var headWidth: Int { width / heads }

  /// Queries, keys and values; shares; their sums of values; the slopes of the first and the last,
  /// and of one head's shares for each example.
  package func work(rows: Int, threads: Int, isTraining: Bool) -> [Int] {
    let shares = rows * heads * steps * steps
    let there = [rows * 3 * input.count, shares, rows * input.count]
    return isTraining
      ? there + [rows * 3 * input.count, rows * input.count, rows * steps * steps] : there
  }

  package func forward(_ at: Places, _ pass: Pass) {
    let rows = pass.rows * steps
    project(rows, width, 3 * width, at.x, own[0], own[1], into: at.work[0], pass)
    pass.share(pass.rows) { part in
      for row in part { attend(row, at, pass) }
    }
    project(rows, width, width, at.work[2], own[2], own[3], into: at.y, pass)
  }

  private func project(
    _ rows: Int,
    _ inputs: Int,
    _ outputs: Int,
    _ x: UnsafeMutablePointer<Float>,
    _ weight: Parameter,
    _ bias: Parameter,
    into y: UnsafeMutablePointer<Float>,
    _ pass: Pass
  ) {
    FloatProduct.multiply(
      rows,
      outputs,
      inputs,
      .init(x, inputs),
      .init(pass.parameters + weight.offset, outputs),
      into: y,
      stride: outputs,
      pass: pass
    )
    Nonlinearity.linear.apply(
      rows: rows,
      columns: outputs,
      bias: pass.parameters + bias.offset,
      y,
      keeping: nil,
      pass
    )
  }

  /// How many steps of an example may be attended to.
  private func length(_ row: Int, _ pass: Pass) -> Int {
    pass.lengths.map { max(1, min(steps, Int($0[row]))) } ?? steps
  }

  private var factor: Float { 1 / Float(headWidth).squareRoot() }

  private func attend(_ row: Int, _ at: Places, _ pass: Pass) {
    let length = length(row, pass)
    let inner = at.work[0] + row * 3 * input.count
    for head in 0..<heads {
      let query = inner + head * headWidth
      let shares = at.work[1] + (row * heads + head) * steps * steps
      FloatProduct.multiply(
        steps,
        steps,
        headWidth,
        factor: factor,
        .init(query, 3 * width),
        .init(query + width, 3 * width, transposed: true),
        into: shares,
        stride: steps
      )
      for step in 0..<steps {
        ck_net_softmax(1, length, shares + step * steps)
        for later in length..<max(steps, length) { shares[step * steps + later] = 0 }
      }
      FloatProduct.multiply(
        steps,
        headWidth,
        steps,
        .init(shares, steps),
        .init(query + 2 * width, 3 * width),
        into: at.work[2] + row * input.count + head * headWidth,
        stride: width
      )
    }
  }

  package func backward(_ at: Places, _ pass: Pass) {
    let rows = pass.rows * steps
    let (inner, outer) = (at.work[3], at.work[4])
    learn(rows, at.work[2], at.dy, own[2], own[3], pass)
    comeBack(rows, width, at.dy, own[2], into: outer, pass)
    pass.share(pass.rows) { part in
      for row in part { attendBack(row, at, pass) }
    }
    learn(rows, at.x, inner, own[0], own[1], pass)
    if let dx = at.dx { comeBack(rows, 3 * width, inner, own[0], into: dx, pass) }
  }

  private func learn(
    _ rows: Int,
    _ x: UnsafeMutablePointer<Float>,
    _ d: UnsafeMutablePointer<Float>,
    _ weight: Parameter,
    _ bias: Parameter,
    _ pass: Pass
  ) {
    let outputs = weight.shape[1]
    FloatProduct.multiply(
      width,
      outputs,
      rows,
      .init(x, width, transposed: true),
      .init(d, outputs),
      into: pass.gradients + weight.offset,
      stride: outputs,
      pass: pass
    )
    ck_net_column_sums(rows, outputs, d, outputs, pass.gradients + bias.offset, 1)
    pass.addMagnitudes(rows, x, width, d, outputs, at: weight.offset)
    pass.addMagnitudes(rows, d, outputs, at: bias.offset)
  }

  private func comeBack(
    _ rows: Int,
    _ outputs: Int,
    _ d: UnsafeMutablePointer<Float>,
    _ weight: Parameter,
    into slope: UnsafeMutablePointer<Float>,
    _ pass: Pass
  ) {
    FloatProduct.multiply(
      rows,
      width,
      outputs,
      .init(d, outputs),
      .init(pass.parameters + weight.offset, outputs, transposed: true),
      into: slope,
      stride: width,
      pass: pass
    )
  }

  private func attendBack(_ row: Int, _ at: Places, _ pass: Pass) {
    let query = at.work[0] + row * 3 * input.count
    let slope = at.work[3] + row * 3 * input.count
    let out = at.work[4] + row * input.count
    let inner = at.work[5] + row * steps * steps
    for head in 0..<heads {
      let shift = head * headWidth
      let shares = at.work[1] + (row * heads + head) * steps * steps
      // Slopes of the values, then of the shares, then of queries and keys.
      FloatProduct.multiply(
        steps,
        headWidth,
        steps,
        .init(shares, steps, transposed: true),
        .init(out + shift, width),
        into: slope + 2 * width + shift,
        stride: 3 * width
      )
      FloatProduct.multiply(
        steps,
        steps,
        headWidth,
        .init(out + shift, width),
        .init(query + 2 * width + shift, 3 * width, transposed: true),
        into: inner,
        stride: steps
      )
      ck_net_softmax_slope(steps, steps, shares, inner)
      FloatProduct.multiply(
        steps,
        headWidth,
        steps,
        factor: factor,
        .init(inner, steps),
        .init(query + width + shift, 3 * width),
        into: slope + shift,
        stride: 3 * width
      )
      FloatProduct.multiply(
        steps,
        headWidth,
        steps,
        factor: factor,
        .init(inner, steps, transposed: true),
        .init(query + shift, 3 * width),
        into: slope + width + shift,
        stride: 3 * width
      )
    }
  }
}
