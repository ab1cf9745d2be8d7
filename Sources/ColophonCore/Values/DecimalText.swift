/// Writes doubles with a given number of decimals or significant digits, correctly rounded.
///
/// The exact binary value is expanded to decimal and rounded half to even, so the text is the same
/// on every machine; the C library's locale has no part in it.
package enum DecimalText {
  /// The number with `decimals` digits after the point, such as `3.142`.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return notFinite(value) }
    let digits = rounded(abs(value), decimals: decimals)
    var text: [UInt8] = []
    text.reserveCapacity(digits.count + 4)
    if value < 0, digits.contains(where: { $0 != 0 }) { text += minus }
    let whole = digits.count - decimals
    for (i, digit) in digits.enumerated() {
      if i == whole { text.append(UInt8(ascii: ".")) }
      text.append(UInt8(ascii: "0") + digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The number with `digits` significant digits, trailing zeros dropped; powers of ten from 1e-5
  /// down and from 1e`digits` (at least 1e6) up, as `1.2e-7`.
  package static func general(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return notFinite(value) }
    if value == 0 { return "0" }
    var exponent = firstExponent(abs(value), digits: digits)
    var mantissa = scientificDigits(abs(value), exponent: exponent, digits: digits)
    // Rounding may carry into the next power of ten: 9.996 at 3 digits is 10.0. And the first
    // exponent may be one too low, or, of a value just below a power of ten, one too high.
    if mantissa.count != digits {
      exponent += mantissa.count > digits ? 1 : -1
      mantissa = scientificDigits(abs(value), exponent: exponent, digits: digits)
    }
    guard exponent < -4 || exponent >= max(digits, 6) else {
      return trimmed(fixed(value, decimals: max(0, digits - 1 - exponent)))
    }
    while mantissa.last == 0 { mantissa.removeLast() }
    if mantissa.isEmpty { mantissa = [0] }
    var text = value < 0 ? minus : []
    for (i, digit) in mantissa.enumerated() {
      if i == 1 { text.append(UInt8(ascii: ".")) }
      text.append(UInt8(ascii: "0") + digit)
    }
    return String(decoding: text, as: UTF8.self) + "e\(exponent)"
  }

  /// Groups of three before the point: `12345.6` becomes `12,345.6`.
  package static func grouped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let point = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.count
    let isDigit = { (byte: UInt8) in byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    guard let first = bytes[..<point].firstIndex(where: isDigit), point - first > 3 else {
      return text
    }
    var grouped = Array(bytes[..<first])
    grouped.reserveCapacity(bytes.count + (point - first) / 3)
    for i in first..<point {
      if i > first, (point - i) % 3 == 0 { grouped.append(UInt8(ascii: ",")) }
      grouped.append(bytes[i])
    }
    return String(decoding: grouped + bytes[point...], as: UTF8.self)
  }

  /// Drops zeros after the point, and the point with nothing after it.
  package static func trimmed(_ text: String) -> String {
    let bytes = text.utf8
    guard bytes.contains(UInt8(ascii: ".")) else { return text }
    let kept = bytes.reversed().drop { $0 == UInt8(ascii: "0") }
    let end = kept.first == UInt8(ascii: ".") ? kept.dropFirst() : kept
    return String(text[..<end.startIndex.base])
  }

  /// A whole number, with a true minus sign.
  static func signed(_ whole: Int) -> String {
    whole < 0 ? "\u{2212}\(whole.magnitude)" : "\(whole)"
  }

  /// U+2212, as UTF-8.
  private static let minus: [UInt8] = [0xE2, 0x88, 0x92]

  private static func notFinite(_ value: Double) -> String {
    value.isNaN ? "\u{2013}" : value < 0 ? "\u{2212}\u{221E}" : "\u{221E}"
  }

  /// The power of ten to try first: the true one or, rarely, a neighbour that rounding tells.
  private static func firstExponent(_ value: Double, digits: Int) -> Int {
    // With 15 digits and more, rounding can tell a value from the power of ten that its shortest
    // text has rounded up to, and the power of that text counts.
    if digits > 14 { return shortestDigits(value).exponent }
    // floor(log10(2^e)), exact for every exponent of a double; at most one below value's own.
    return (Int(value.exponent) * 78_913) >> 18
  }

  private static func scientificDigits(_ value: Double, exponent: Int, digits: Int) -> [UInt8] {
    Array(rounded(value, decimals: digits - 1 - exponent).drop { $0 == 0 })
  }

  /// The decimal digits of value · 10^decimals, rounded half to even; at least one digit before the
  /// point.
  ///
  /// `decimals` may be negative.
  private static func rounded(_ value: Double, decimals: Int) -> [UInt8] {
    // value = significand · 2^exponent, exactly.
    let significand =
      value == 0 ? 0 : UInt64(value.significandBitPattern | (value.isNormal ? 1 << 52 : 0))
    let exponent = (value.isNormal ? Int(value.exponentBitPattern) : 1) - 1075
    if let digits = narrow(significand, exponent, decimals) { return digits }
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
    var digits: [UInt8] = []
    for step in scale.reversed() {
      var digit: UInt8 = 0
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

  /// `rounded` where 128 bits hold every number on the way, as they do for nearly all that is
  /// printed; nil elsewhere.
  private static func narrow(_ significand: UInt64, _ exponent: Int, _ decimals: Int) -> [UInt8]? {
    let (left, right) = (max(exponent, 0), max(-exponent, 0))
    guard abs(decimals) < powersOfTen.count else { return nil }
    let (up, down) = (powersOfTen[max(decimals, 0)], powersOfTen[max(-decimals, 0)])
    // One bit to spare for twice the remainder.
    guard 53 + (64 - up.leadingZeroBitCount) + left <= 126,
      64 - down.leadingZeroBitCount + right <= 126
    else { return nil }
    let numerator = UInt128(significand) * UInt128(up) << UInt128(left)
    let denominator = UInt128(down) << UInt128(right)
    var (quotient, remainder) =
      down == 1
      ? (numerator >> UInt128(right), numerator & (denominator - 1))
      : numerator.quotientAndRemainder(dividingBy: denominator)
    remainder <<= 1
    if remainder > denominator || (remainder == denominator && quotient % 2 == 1) { quotient += 1 }
    var digits: [UInt8] = []
    digits.reserveCapacity(40)
    while quotient > UInt128(UInt64.max) {
      let (rest, digit) = quotient.quotientAndRemainder(dividingBy: 10)
      digits.append(UInt8(digit))
      quotient = rest
    }
    var rest = UInt64(quotient)
    while rest > 0 {
      digits.append(UInt8(rest % 10))
      rest /= 10
    }
    while digits.count < max(decimals, 0) + 1 { digits.append(0) }
    digits.reverse()
    return digits
  }

  /// 10^0 to 10^19, all that 64 bits hold.
  private static let powersOfTen: [UInt64] = (0..<20).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }

  private static func increment(_ digits: inout [UInt8]) {
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
