/// Writes doubles with a given number of decimals or significant digits, correctly rounded.
///
/// The exact binary value is expanded to decimal and rounded half to even, so the text is the same
/// on every machine; the C library's locale has no part in it.
package enum DecimalText {
  /// The number with `decimals` digits after the point, such as `3.142`.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return notFinite(value) }
    let digits = rounded(abs(value), decimals: decimals)
    let isZero = digits.allSatisfy { $0 == 0 }
    var text = value < 0 && !isZero ? "\u{2212}" : ""
    let whole = digits.count - decimals
    text += digits.prefix(whole).map { String($0) }.joined()
    if decimals > 0 { text += "." + digits.suffix(decimals).map { String($0) }.joined() }
    return text
  }

  /// The number with `digits` significant digits, trailing zeros dropped; powers of ten from 1e-5
  /// down and from 1e`digits` (at least 1e6) up, as `1.2e-7`.
  package static func general(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return notFinite(value) }
    if value == 0 { return "0" }
    var exponent = shortestDigits(abs(value)).exponent
    // Rounding may carry into the next power of ten: 9.996 at 3 digits is 10.0.
    // The shortest text may have rounded up to a power of ten that the value is just below.
    let count = scientificDigits(abs(value), exponent: exponent, digits: digits).count
    if count != digits { exponent += count > digits ? 1 : -1 }
    if exponent < -4 || exponent >= max(digits, 6) {
      let mantissa = scientificDigits(abs(value), exponent: exponent, digits: digits)
      let kept = mantissa.reversed().drop { $0 == 0 }.reversed().map { String($0) }
      let head = (kept.first ?? "0") + (kept.count > 1 ? "." + kept.dropFirst().joined() : "")
      return "\(value < 0 ? "\u{2212}" : "")\(head)e\(exponent)"
    }
    let text = fixed(value, decimals: max(0, digits - 1 - exponent))
    return text.contains(".") ? trimmed(text) : text
  }

  /// Groups of three before the point: `12345.6` becomes `12,345.6`.
  package static func grouped(_ text: String) -> String {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let sign = parts[0].prefix { !$0.isNumber }
    let digits = Array(parts[0].dropFirst(sign.count))
    var grouped = ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return sign + grouped + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// Drops zeros after the point, and the point with nothing after it.
  package static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  private static func notFinite(_ value: Double) -> String {
    value.isNaN ? "\u{2013}" : value < 0 ? "\u{2212}\u{221E}" : "\u{221E}"
  }

  private static func scientificDigits(_ value: Double, exponent: Int, digits: Int) -> [Int] {
    Array(rounded(value, decimals: digits - 1 - exponent).drop { $0 == 0 })
  }

  /// The decimal digits of value · 10^decimals, rounded half to even; at least one digit before the
  /// point.
  ///
  /// `decimals` may be negative.
  private static func rounded(_ value: Double, decimals: Int) -> [Int] {
    // value = significand · 2^exponent, exactly.
    let significand =
      value == 0 ? 0 : UInt64(value.significandBitPattern | (value.isNormal ? 1 << 52 : 0))
    let exponent = (value.isNormal ? Int(value.exponentBitPattern) : 1) - 1075
    var numerator = Natural(significand)
    var denominator = Natural(1)
    if exponent > 0 { numerator.shiftLeft(exponent) } else { denominator.shiftLeft(-exponent) }
    for _ in 0..<abs(decimals) {
      if decimals > 0 { numerator.multiply(by: 10) } else { denominator.multiply(by: 10) }
    }
    // denominator is 2^a · 10^b: long division digit by digit, from the highest power of ten.
    var scale = [denominator]
    while let last = scale.last, !(numerator < last) {
      var next = last
      next.multiply(by: 10)
      scale.append(next)
    }
    var digits: [Int] = []
    for step in scale.reversed() {
      var digit = 0
      while !(numerator < step) {
        numerator.subtract(step)
        digit += 1
      }
      digits.append(digit)
    }
    numerator.multiply(by: 2)
    let isOdd = (digits.last ?? 0) % 2 == 1
    if denominator < numerator || (isOdd && !(numerator < denominator)) { increment(&digits) }
    let least = max(decimals, 0) + 1
    while digits.count > least, digits[0] == 0 { digits.removeFirst() }
    while digits.count < least { digits.insert(0, at: 0) }
    return digits
  }

  private static func increment(_ digits: inout [Int]) {
    var i = digits.count - 1
    while i >= 0, digits[i] == 9 {
      digits[i] = 0
      i -= 1
    }
    if i >= 0 { digits[i] += 1 } else { digits.insert(1, at: 0) }
  }
}

/// A natural number of any size, with the few operations that decimal expansion needs.
private struct Natural {
  /// Little-endian limbs without leading zeros.
  private var limbs: [UInt32]

  init(_ value: UInt64) {
    limbs = [UInt32(truncatingIfNeeded: value), UInt32(value >> 32)]
    trim()
  }

  private mutating func trim() {
    while limbs.last == 0 { limbs.removeLast() }
  }

  mutating func multiply(by factor: UInt32) {
    var carry: UInt64 = 0
    for i in limbs.indices {
      carry += UInt64(limbs[i]) * UInt64(factor)
      limbs[i] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  mutating func shiftLeft(_ bits: Int) {
    multiply(by: 1 << UInt32(bits % 32))
    if !limbs.isEmpty { limbs.insert(contentsOf: repeatElement(0, count: bits / 32), at: 0) }
  }

  /// Subtracts a number that is not greater.
  mutating func subtract(_ other: Natural) {
    var borrow: Int64 = 0
    for i in limbs.indices {
      let difference =
        Int64(limbs[i]) - (i < other.limbs.count ? Int64(other.limbs[i]) : 0) - borrow
      borrow = difference < 0 ? 1 : 0
      limbs[i] = UInt32(truncatingIfNeeded: difference)
    }
    trim()
  }

  static func < (a: Natural, b: Natural) -> Bool {
    if a.limbs.count != b.limbs.count { return a.limbs.count < b.limbs.count }
    return a.limbs.reversed().lexicographicallyPrecedes(b.limbs.reversed())
  }
}
