import CKernels

// Products of a block of rows that lies in memory already, for callers that combine blocks.
extension MatrixProduct {
  /// C = Aᵀ diag(w) A over a block of rows: the element (i, j) with i ≥ j adds (w a_i) a_j with rows
  /// ascending, the first product rounded, and its mirror image is the same.
  package static func gram(
    rows: Int,
    columns: Int,
    _ a: UnsafePointer<Double>,
    weights: UnsafePointer<Double>?,
    into c: UnsafeMutablePointer<Double>,
    stride: Int
  ) {
    ck_weighted_gram(rows, columns, a, columns, weights, c, stride)
  }

  /// y = op(A) x over a block of rows, terms ascending, one fused multiply-add a term.
  package static func product(
    rows: Int,
    columns: Int,
    _ a: UnsafePointer<Double>,
    isTransposed: Bool,
    _ x: UnsafePointer<Double>,
    into y: UnsafeMutablePointer<Double>
  ) {
    ck_matrix_times_vector(isTransposed ? 1 : 0, rows, columns, 1, a, columns, x, 0, y)
  }
}
