/// Rounds numbers so that sums of them have no rounding error and therefore no order.
///
/// Where the weights' sum times the largest magnitude is at most 2⁵¹ units, adding numbers that are
/// whole multiples of the unit is exact in any order, with a row of weight 2 or with the row twice.
/// The unit is a power of two; small whole weights are multiples of it, and so stay as they are.
struct ExactSums {
  private let shift: Double

  /// `bound`: at least the sum of the magnitudes that will be added.
  init(bound: Double) {
    guard bound > 0, bound.isFinite else {
      shift = 0
      return
    }
    // 2^(e+1) > bound, so a unit of 2^(e+1-51) leaves room for the whole sum.
    let unit = max(Int(bound.exponent) + 1 - 51, -1_022)
    shift = 1.5 * Double(sign: .plus, exponent: min(unit + 52, 1_022), significand: 1)
  }

  /// The nearest multiple of the unit, ties to the even one.
  func round(_ value: Double) -> Double { (value + shift) - shift }
}
