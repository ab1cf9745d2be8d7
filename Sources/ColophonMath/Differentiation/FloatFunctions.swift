import CKernels

/// Elementary functions of floats as networks use them: fast, the same bits on every code path.
package enum FloatFunctions {
  /// eˣ of each element.
  package static func exp(_ x: [Float]) -> [Float] { map(x) { ck_net_exp($0, $1, $2) } }
  package static func tanh(_ x: [Float]) -> [Float] { map(x) { ck_net_tanh($0, $1, $2) } }
  package static func sigmoid(_ x: [Float]) -> [Float] { map(x) { ck_net_sigmoid($0, $1, $2) } }

  private static func map(
    _ x: [Float],
    _ body: (Int, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?) -> Void
  ) -> [Float] {
    [Float](unsafeUninitializedCapacity: x.count) { target, used in
      x.withUnsafeBufferPointer { body(x.count, $0.baseAddress, target.baseAddress) }
      used = x.count
    }
  }

  /// Each row's exponentials over their sum, in place.
  package static func softmax(_ x: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
    ck_net_softmax(rows, columns, x)
  }

  /// 1 / (1 + e⁻ˣ) of each element, in place.
  package static func sigmoid(_ x: UnsafeMutablePointer<Float>, count: Int) {
    ck_net_sigmoid(count, x, x)
  }
}

/// What a layer does to each of its numbers.
package enum Nonlinearity: Hashable, Sendable {
  case linear, relu, sigmoid, tanh, gelu
  /// x below 0 is multiplied by this.
  case leakyRelu(Float)

  var kind: Int32 {
    switch self {
    case .linear: Int32(CK_LINEAR)
    case .relu: Int32(CK_RELU)
    case .leakyRelu: Int32(CK_LEAKY_RELU)
    case .sigmoid: Int32(CK_SIGMOID)
    case .tanh: Int32(CK_TANH)
    case .gelu: Int32(CK_GELU)
    }
  }

  var constant: Float { if case .leakyRelu(let slope) = self { slope } else { 0 } }

  /// Whether the slope is told from the argument, which must then be kept, instead of the result.
  var needsArgument: Bool { self == .gelu }

  /// y = f(y + bias), row by row, some rows to a thread.
  func apply(
    rows: Int,
    columns: Int,
    bias: UnsafePointer<Float>?,
    _ y: UnsafeMutablePointer<Float>,
    keeping before: UnsafeMutablePointer<Float>?,
    _ pass: Pass
  ) {
    pass.shareRows(rows, width: columns) { part in
      let start = part.lowerBound * columns
      ck_net_activate(
        kind,
        constant,
        part.count,
        columns,
        bias,
        y + start,
        before.map { $0 + start }
      )
    }
  }

  /// d = d f′.
  func multiplySlope(
    rows: Int,
    columns: Int,
    _ y: UnsafePointer<Float>,
    before: UnsafePointer<Float>?,
    _ d: UnsafeMutablePointer<Float>,
    _ pass: Pass
  ) {
    pass.shareRows(rows, width: columns) { part in
      let start = part.lowerBound * columns
      ck_net_slope(
        kind,
        constant,
        part.count * columns,
        y + start,
        before.map { $0 + start },
        d + start
      )
    }
  }
}
