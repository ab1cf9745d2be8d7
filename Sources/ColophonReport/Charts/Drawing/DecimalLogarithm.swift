/// Logarithms to base ten for places in a picture; results never use them.
///
/// The C library's differ between machines in the last bit, which could move a coordinate. This one
/// is built of exact steps and one series, summed in one order; its error is a few units in the
/// last place, far below the tenth of a unit that coordinates are printed to.
package enum DecimalLogarithm {
  /// The logarithm of a positive, finite number.
  package static func of(_ value: Double) -> Double {
    precondition(value > 0 && value.isFinite, "no logarithm of \(value)")
    var exponent = Double(value.exponent)
    var significand = value.significand
    if significand > 1.4142135623730951 {
      significand /= 2
      exponent += 1
    }
    // ln m = 2 artanh((m − 1) / (m + 1)); the argument is at most 0.172, so 12 terms suffice.
    let s = (significand - 1) / (significand + 1)
    let square = s * s
    var sum = 0.0
    for k in stride(from: 23, through: 1, by: -2) { sum = sum * square + 1 / Double(k) }
    let natural = exponent * 0.6931471805599453 + 2 * s * sum
    return natural / 2.302585092994046
  }

  /// The exponent of the decade that holds a positive number: 3 for 1000 and for 9999.
  package static func decade(of value: Double) -> Int {
    var exponent = Int(of(value).rounded(.down))
    if power(exponent + 1) <= value { exponent += 1 }
    if power(exponent) > value { exponent -= 1 }
    return exponent
  }

  /// Ten to a whole power, correctly rounded; beyond the range of doubles, zero or infinity.
  package static func power(_ exponent: Int) -> Double { decimal(1, exponent) }

  /// digits · 10^exponent, correctly rounded, so that ticks are the numbers that they print as.
  static func decimal(_ digits: Int, _ exponent: Int) -> Double {
    Double("\(digits)e\(exponent)") ?? 0
  }
}
