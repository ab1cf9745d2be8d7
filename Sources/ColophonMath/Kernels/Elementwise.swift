import CKernels

/// Arithmetic on whole arrays, element by element.
package enum Elementwise {
  /// The sums of corresponding elements.
  package static func add(_ x: [Double], _ y: [Double]) -> [Double] {
    combined(x, y, by: ck_add_array)
  }

  /// The differences of corresponding elements.
  package static func subtract(_ x: [Double], _ y: [Double]) -> [Double] {
    combined(x, y, by: ck_subtract_array)
  }

  /// The products of corresponding elements.
  package static func multiply(_ x: [Double], _ y: [Double]) -> [Double] {
    combined(x, y, by: ck_multiply_array)
  }

  /// The quotients of corresponding elements.
  package static func divide(_ x: [Double], _ y: [Double]) -> [Double] {
    combined(x, y, by: ck_divide_array)
  }

  /// y += a x, one fused multiply-add an element.
  package static func add(_ a: Double, times x: [Double], to y: inout [Double]) {
    precondition(x.count == y.count, "\(x.count) beside \(y.count) elements")
    ck_add_scaled(a, x, &y, x.count)
  }

  /// Every element times a factor.
  package static func scale(_ a: Double, _ x: [Double]) -> [Double] {
    Array(unsafeUninitializedCapacity: x.count) { target, count in
      ck_scale(a, x, target.baseAddress, x.count)
      count = x.count
    }
  }

  /// Adds the pair of values of each row, in order, to the pair of its bin.
  ///
  /// - Parameters:
  ///   - pairs: Two values a row (a gradient and a curvature), one row after another.
  ///   - bins: The bin of each row.
  ///   - rows: Which rows are added; all of them if nil.
  ///   - histogram: Two sums a bin.
  package static func accumulate(
    pairs: [Double],
    bins: [UInt8],
    rows: [UInt32]? = nil,
    into histogram: inout [Double]
  ) {
    precondition(pairs.count == 2 * bins.count, "\(pairs.count) values of \(bins.count) rows")
    let last = Int(bins.max() ?? 0)
    precondition(bins.isEmpty || histogram.count > 2 * last + 1, "no bin \(last)")
    if let rows {
      precondition(rows.allSatisfy { $0 < bins.count }, "a row beyond \(bins.count)")
      ck_histogram(bins, rows, pairs, rows.count, &histogram)
    } else {
      ck_histogram(bins, nil, pairs, bins.count, &histogram)
    }
  }

  private static func combined(
    _ x: [Double],
    _ y: [Double],
    by kernel: (
      UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int
    ) -> Void
  ) -> [Double] {
    precondition(x.count == y.count, "\(x.count) beside \(y.count) elements")
    return Array(unsafeUninitializedCapacity: x.count) { target, count in
      kernel(x, y, target.baseAddress, x.count)
      count = x.count
    }
  }
}
