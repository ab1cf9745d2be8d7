import CKernels

/// Products of matrices, in one documented order.
///
/// Each element starts from +0 and adds its terms with *k* ascending, one fused multiply-add a term,
/// so it depends on its row and column alone: not on the other rows of a batch, nor on blocks,
/// threads or vectors. The sum is multiplied by `alpha`, then, unless `beta` is 0, joined by one
/// fused multiply-add with `beta` and the old element.
package enum MatrixProduct {
  /// Where an operand lies, row by row, and whether it is to be read transposed.
  package struct Operand<Element> {
    let base: UnsafePointer<Element>?
    let stride: Int
    let isTransposed: Bool

    /// An operand whose rows are `stride` elements apart.
    package init(_ base: UnsafePointer<Element>?, stride: Int, isTransposed: Bool = false) {
      self.base = base
      self.stride = stride
      self.isTransposed = isTransposed
    }

    /// The operand from a row of op(A) on.
    func from(row: Int) -> Operand {
      Operand(
        base.map { $0 + (isTransposed ? row : row * stride) },
        stride: stride,
        isTransposed: isTransposed
      )
    }
  }

  /// How many rows a thread takes: an even share, in whole tiles of rows.
  private static func strip(of rows: Int, among threads: Int) -> Int {
    threads > 1 ? max(8, (rows + 8 * threads - 1) / (8 * threads) * 8) : max(rows, 1)
  }

  /// C = alpha · op(A) · op(B) + beta · C, of an *m* × *k* and a *k* × *n* operand.
  package static func accumulate(
    m: Int,
    n: Int,
    k: Int,
    alpha: Double = 1,
    _ a: Operand<Double>,
    _ b: Operand<Double>,
    beta: Double = 0,
    into c: UnsafeMutablePointer<Double>,
    stride: Int,
    threads: Int = 1
  ) {
    let height = strip(of: m, among: threads)
    Workers.share((m + height - 1) / height, among: threads) { index in
      let start = index * height
      let part = a.from(row: start)
      ck_product(
        part.isTransposed ? 1 : 0,
        b.isTransposed ? 1 : 0,
        min(height, m - start),
        n,
        k,
        alpha,
        part.base,
        part.stride,
        b.base,
        b.stride,
        beta,
        c + start * stride,
        stride
      )
    }
  }

  /// The same for `Float`.
  package static func accumulate(
    m: Int,
    n: Int,
    k: Int,
    alpha: Float = 1,
    _ a: Operand<Float>,
    _ b: Operand<Float>,
    beta: Float = 0,
    into c: UnsafeMutablePointer<Float>,
    stride: Int,
    threads: Int = 1
  ) {
    let height = strip(of: m, among: threads)
    Workers.share((m + height - 1) / height, among: threads) { index in
      let start = index * height
      let part = a.from(row: start)
      ck_product_float(
        part.isTransposed ? 1 : 0,
        b.isTransposed ? 1 : 0,
        min(height, m - start),
        n,
        k,
        alpha,
        part.base,
        part.stride,
        b.base,
        b.stride,
        beta,
        c + start * stride,
        stride
      )
    }
  }
}
