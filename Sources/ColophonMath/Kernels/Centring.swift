import CKernels

/// Rows less a centre for each column, and sums over them.
package enum Centring {
  /// Writes rows less the centres; with `ones`, one more column of ones after them.
  package static func centre(
    rows: Int,
    columns: Int,
    _ a: UnsafePointer<Double>,
    stride: Int,
    centers: UnsafePointer<Double>,
    ones: Bool = false,
    into b: UnsafeMutablePointer<Double>,
    targetStride: Int
  ) {
    ck_centred(rows, columns, a, stride, centers, ones ? 1 : 0, b, targetStride)
  }

  /// Adds by column Σ w d, then Σ (w d) d by one fused multiply-add, then how many rows differ from
  /// `like`, for d = a − center; rows ascending.
  ///
  /// `sums` has room for 3 × columns.
  package static func addMoments(
    rows: Int,
    columns: Int,
    _ a: UnsafePointer<Double>,
    stride: Int,
    weights: UnsafePointer<Double>,
    centers: UnsafePointer<Double>,
    like: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    ck_column_moments(rows, columns, a, stride, weights, centers, like, sums)
  }
}
