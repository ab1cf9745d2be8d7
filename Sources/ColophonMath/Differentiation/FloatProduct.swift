import CKernels

/// Products of matrices of floats, cut among threads along their longer side.
///
/// Order as in `MatrixProduct`: each element adds its terms with k ascending, one fused multiply-add
/// a term.
enum FloatProduct {
  typealias Numbers = UnsafePointer<Float>

  /// An operand and how far apart its rows lie.
  struct Operand {
    var base: Numbers
    var stride: Int
    var isTransposed = false

    init(_ base: Numbers, _ stride: Int, transposed: Bool = false) {
      self.base = base
      self.stride = stride
      isTransposed = transposed
    }

    /// From a row of op on, or from a column.
    func from(row: Int) -> Numbers { base + (isTransposed ? row : row * stride) }
    func from(column: Int) -> Numbers { base + (isTransposed ? column * stride : column) }
  }

  /// Below how many multiplications a second thread is not worth its start.
  private static let least = 200_000

  /// c = op(a) op(b), m × k times k × n.
  static func multiply(
    _ m: Int,
    _ n: Int,
    _ k: Int,
    _ a: Operand,
    _ b: Operand,
    into c: UnsafeMutablePointer<Float>,
    stride: Int,
    pass: Pass
  ) {
    let tile = m >= n ? 8 : 48
    let long = max(m, n)
    let strands = max(1, min(pass.threads, m * n * k / least, long / tile))
    Workers.share(strands, among: strands) { strand in
      let start = long * strand / strands / tile * tile
      let end = strand == strands - 1 ? long : long * (strand + 1) / strands / tile * tile
      if m >= n {
        part(end - start, n, k, a.from(row: start), a, b.base, b, c + start * stride, stride)
      } else {
        part(m, end - start, k, a.base, a, b.from(column: start), b, c + start, stride)
      }
    }
  }

  private static func part(
    _ m: Int,
    _ n: Int,
    _ k: Int,
    _ a: Numbers,
    _ left: Operand,
    _ b: Numbers,
    _ right: Operand,
    _ c: UnsafeMutablePointer<Float>,
    _ stride: Int
  ) {
    ck_product_float(
      left.isTransposed ? 1 : 0,
      right.isTransposed ? 1 : 0,
      m,
      n,
      k,
      1,
      a,
      left.stride,
      b,
      right.stride,
      0,
      c,
      stride
    )
  }

  /// The same on this thread alone, times a factor.
  static func multiply(
    _ m: Int,
    _ n: Int,
    _ k: Int,
    factor: Float = 1,
    _ a: Operand,
    _ b: Operand,
    into c: UnsafeMutablePointer<Float>,
    stride: Int
  ) {
    ck_product_float(
      a.isTransposed ? 1 : 0,
      b.isTransposed ? 1 : 0,
      m,
      n,
      k,
      factor,
      a.base,
      a.stride,
      b.base,
      b.stride,
      0,
      c,
      stride
    )
  }
}
