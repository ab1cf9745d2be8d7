/// Beside a gradient, which is a sum of products, the sum of the products' absolute values: what the
/// error of any order of summation is bounded by (Higham, "Accuracy and stability of numerical
/// algorithms", 2002, section 3.1).
///
/// The sums are themselves rounded, which changes them by a share of as many units in the last place
/// as there are terms.
extension Pass {
  /// Beside aᵀ b over some rows, a of `m` columns and b of `n`.
  func addMagnitudes(
    _ rows: Int,
    _ a: UnsafePointer<Float>,
    _ m: Int,
    _ b: UnsafePointer<Float>,
    _ n: Int,
    at offset: Int
  ) {
    guard let magnitudes else { return }
    let sums = magnitudes + offset
    sums.update(repeating: 0, count: m * n)
    for row in 0..<rows {
      for i in 0..<m {
        let size = a[row * m + i].magnitude
        if size == 0 { continue }
        for j in 0..<n { sums[i * n + j] += size * b[row * n + j].magnitude }
      }
    }
  }

  /// Beside the sums of `n` columns over some rows.
  func addMagnitudes(_ rows: Int, _ b: UnsafePointer<Float>, _ n: Int, at offset: Int) {
    guard let magnitudes else { return }
    let sums = magnitudes + offset
    sums.update(repeating: 0, count: n)
    for row in 0..<rows {
      for j in 0..<n { sums[j] += b[row * n + j].magnitude }
    }
  }
}
