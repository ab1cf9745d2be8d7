import CKernels
import ColophonCore

/// An activation by itself.
package struct ActivationOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  package let activation: Nonlinearity

  package init(_ name: String, _ input: Tensor, into output: Tensor, _ activation: Nonlinearity) {
    self.name = name
    self.input = input
    self.output = output
    self.activation = activation
  }

  package func forward(_ at: Places, _ pass: Pass) {
    at.y.update(from: at.x, count: pass.rows * input.count)
    activation.apply(
      rows: pass.rows,
      columns: input.count,
      bias: nil,
      at.y,
      keeping: nil,
      pass
    )
  }

  package func backward(_ at: Places, _ pass: Pass) {
    activation.multiplySlope(
      rows: pass.rows,
      columns: input.count,
      at.y,
      before: at.x,
      at.dy,
      pass
    )
    at.dx?.update(from: at.dy, count: pass.rows * input.count)
  }
}

/// The exponentials of each place's numbers over their sum.
package struct SoftmaxOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor

  package init(_ name: String, _ input: Tensor, into output: Tensor) {
    self.name = name
    self.input = input
    self.output = output
  }

  package func forward(_ at: Places, _ pass: Pass) {
    at.y.update(from: at.x, count: pass.rows * input.count)
    pass.shareRows(pass.rows * input.places, width: 8 * input.width) { part in
      ck_net_softmax(part.count, input.width, at.y + part.lowerBound * input.width)
    }
  }

  package func backward(_ at: Places, _ pass: Pass) {
    pass.shareRows(pass.rows * input.places, width: input.width) { part in
      let start = part.lowerBound * input.width
      ck_net_softmax_slope(part.count, input.width, at.y + start, at.dy + start)
    }
    at.dx?.update(from: at.dy, count: pass.rows * input.count)
  }
}

/// While training, each number is 0 with a probability, and what is left is enlarged to keep the
/// mean.
///
/// - SeeAlso: Srivastava et al., "Dropout: a simple way to prevent neural networks from
///   overfitting", 2014.
package struct DropoutOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  /// From 0 up to, not including, 1.
  package let rate: Double

  package init(_ name: String, _ input: Tensor, into output: Tensor, rate: Double) {
    self.name = name
    self.input = input
    self.output = output
    self.rate = rate
  }

  package func work(rows: Int, threads: Int, isTraining: Bool) -> [Int] {
    isTraining ? [rows * input.count] : []
  }

  package func forward(_ at: Places, _ pass: Pass) {
    let count = pass.rows * input.count
    guard pass.isTraining, let mask = at.work.first else {
      at.y.update(from: at.x, count: count)
      return
    }
    draw(mask, count, pass)
    ck_net_multiply(count, at.x, mask, at.y)
  }

  package func backward(_ at: Places, _ pass: Pass) {
    guard let dx = at.dx else { return }
    let count = pass.rows * input.count
    guard pass.isTraining, let mask = at.work.first else {
      dx.update(from: at.dy, count: count)
      return
    }
    ck_net_multiply(count, at.dy, mask, dx)
  }

  /// Each word of the stream decides two numbers, its lower half first; those of the examples before
  /// these are passed over.
  private func draw(_ mask: UnsafeMutablePointer<Float>, _ count: Int, _ pass: Pass) {
    var stream = pass.random(name)
    let bound = UInt64(rate * 0x1p32)
    let kept = Float(1 / (1 - rate))
    let skipped = pass.first * input.count
    stream.skip(skipped / 2)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 128) { words in
      var done = 0
      if !skipped.isMultiple(of: 2), count > 0 {
        mask[0] = stream.next() >> 32 < bound ? 0 : kept
        done = 1
      }
      while done < count {
        let needed = min(128, (count - done + 1) / 2)
        stream.fill(UnsafeMutableBufferPointer(rebasing: words[..<needed]))
        for word in words[..<needed] {
          mask[done] = word & 0xFFFF_FFFF < bound ? 0 : kept
          if done + 1 < count { mask[done + 1] = word >> 32 < bound ? 0 : kept }
          done += 2
        }
      }
    }
  }
}

/// A vector for each token; a token below 0 is padding and has zeros.
package struct EmbeddingOperation: NetworkOperation {
  package let name: String
  package let input: Tensor
  package let output: Tensor
  /// Tokens × numbers.
  package var weight: Parameter

  package init(_ name: String, _ input: Tensor, into output: Tensor, tokens: Int) {
    self.name = name
    self.input = input
    self.output = output
    weight = Parameter(
      "weight",
      .weight,
      [tokens, output.width],
      fanIn: tokens,
      fanOut: output.width
    )
  }

  package var parameters: [Parameter] { [weight] }

  package func placed(_ parameters: [Parameter]) -> EmbeddingOperation {
    var copy = self
    copy.weight = parameters[0]
    return copy
  }

  package func forward(_ at: Places, _ pass: Pass) {
    let width = output.width
    let table = pass.parameters + weight.offset
    for place in 0..<pass.rows * input.count {
      let token = Int(at.x[place])
      if token < 0 || token >= weight.shape[0] {
        (at.y + place * width).update(repeating: 0, count: width)
      } else {
        (at.y + place * width).update(from: table + token * width, count: width)
      }
    }
  }

  /// Places add to their token's slope in order.
  package func backward(_ at: Places, _ pass: Pass) {
    let width = output.width
    let table = pass.gradients + weight.offset
    table.update(repeating: 0, count: weight.count)
    for place in 0..<pass.rows * input.count {
      let token = Int(at.x[place])
      if token < 0 || token >= weight.shape[0] { continue }
      ck_net_add(width, at.dy + place * width, table + token * width)
    }
    addMagnitudes(at, pass)
  }
  private func addMagnitudes(_ at: Places, _ pass: Pass) {
    guard let magnitudes = pass.magnitudes else { return }
    let width = output.width
    let sums = magnitudes + weight.offset
    sums.update(repeating: 0, count: weight.count)
    for place in 0..<pass.rows * input.count {
      let token = Int(at.x[place])
      if token < 0 || token >= weight.shape[0] { continue }
      for j in 0..<width { sums[token * width + j] += at.dy[place * width + j].magnitude }
    }
  }
}
