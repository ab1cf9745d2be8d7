import CKernels

/// Sums and extremes of arrays, accumulated in one documented order.
///
/// A sum is cut into blocks of 4096 elements. In a block, element *i* joins running sum *i* mod 32;
/// then sum *l* joins with sum *l* + 16, *l* + 8, *l* + 4, *l* + 2 and *l* + 1. The blocks' sums are
/// added in order. The order depends on the number of elements alone, never on threads or vectors.
package enum Reduction {
  /// How many elements make a block.
  package static let block = CK_BLOCK

  /// The sum of the elements.
  package static func sum(_ x: [Double]) -> Double { ck_sum(x, x.count) }

  /// The sum of the products of the elements of two arrays of equal length.
  package static func dot(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "\(x.count) beside \(y.count) elements")
    return ck_dot(x, y, x.count)
  }

  /// The sum of the products of `count` elements that follow each other in two places.
  package static func dot(
    _ x: UnsafePointer<Double>,
    _ y: UnsafePointer<Double>,
    count: Int
  ) -> Double { ck_dot(x, y, count) }

  /// The sum of the squares of the elements.
  package static func sumOfSquares(_ x: [Double]) -> Double { ck_dot(x, x, x.count) }

  /// The sum of the elements, each times its weight.
  package static func weightedSum(_ x: [Double], weights: [Double]) -> Double { dot(weights, x) }

  /// The sum of (w x) y, the first product rounded.
  package static func weightedDot(_ x: [Double], _ y: [Double], weights: [Double]) -> Double {
    precondition(
      x.count == y.count && x.count == weights.count,
      "\(x.count), \(y.count) and \(weights.count) elements"
    )
    return ck_weighted_dot(weights, x, y, x.count)
  }

  /// The sum of the squares of the differences.
  package static func squaredDistance(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "\(x.count) beside \(y.count) elements")
    return ck_squared_distance(x, y, x.count)
  }

  /// The sum with the rounding error of every addition kept and added at the end.
  ///
  /// For metrics, where cancellation must not show. Its error is about one rounding of the result
  /// plus *n*² 2⁻¹⁰⁶ of the sum of magnitudes.
  ///
  /// - SeeAlso: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
  ///   Summen", 1974.
  package static func preciseSum(_ x: [Double]) -> Double { ck_precise_sum(x, x.count) }

  /// The mean, by the precise sum; NaN of no elements.
  package static func mean(_ x: [Double]) -> Double { preciseSum(x) / Double(x.count) }

  /// The smallest element, −0 below +0; NaN if any is NaN, infinity if there is none.
  package static func minimum(_ x: [Double]) -> Double { ck_min(x, x.count) }

  /// The largest element, −0 below +0; NaN if any is NaN, −infinity if there is none.
  package static func maximum(_ x: [Double]) -> Double { ck_max(x, x.count) }

  /// The first place of the smallest element (of the first NaN, if any).
  package static func indexOfMinimum(_ x: [Double]) -> Int? {
    x.isEmpty ? nil : ck_argmin(x, x.count)
  }

  /// The first place of the largest element (of the first NaN, if any).
  package static func indexOfMaximum(_ x: [Double]) -> Int? {
    x.isEmpty ? nil : ck_argmax(x, x.count)
  }
}
