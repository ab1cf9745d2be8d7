/// Reads decimal numbers from bytes, correctly rounded, without making a string of each.
///
/// A number is an optional sign, digits with at most one point (digits on one side of it suffice),
/// and an optional exponent; spaces and tabs around it are allowed. `inf`, `nan`, hexadecimal,
/// separators of thousands and a decimal comma are no numbers, nor is one beyond the double's
/// range. The nearest double is taken, ties to even, on every machine.
package struct DecimalParser: Sendable {
  private let powers = PowersOfFive.table
  private let tens: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  package init() {}

  /// The number that a text is; nil where it is none.
  package func parse(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer { parse($0) }
  }

  /// The number that the bytes are; nil where they are none.
  package func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var first = 0
    var end = bytes.count
    while first < end, bytes[first] == 32 || bytes[first] == 9 { first += 1 }
    while end > first, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
    guard let decimal = Decimal(bytes, first, end) else { return nil }
    let magnitude =
      decimal.isCut
      ? nil : fast(decimal.digits, decimal.exponent) ?? scaled(decimal.digits, decimal.exponent)
    if let magnitude { return decimal.isNegative ? -magnitude : magnitude }
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[first..<end]), as: UTF8.self)
    guard let slow = Double(text), slow.isFinite else { return nil }
    return slow
  }

  /// Clinger's fast path: both the digits and the power of ten are doubles exactly, so that one
  /// rounding is the right one.
  private func fast(_ digits: UInt64, _ exponent: Int) -> Double? {
    if digits == 0 { return 0 }
    guard digits <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
    let whole = Double(digits)
    return exponent < 0 ? whole / tens[-exponent] : whole * tens[exponent]
  }

  /// Eisel and Lemire's product with 128 bits of the power of five; nil where it can't decide or
  /// the result is subnormal or infinite.
  ///
  /// - SeeAlso: Lemire, "Number parsing at a gigabyte per second", 2021, algorithm 1.
  private func scaled(_ digits: UInt64, _ exponent: Int) -> Double? {
    guard PowersOfFive.exponents.contains(exponent) else { return nil }
    let power = powers[exponent - PowersOfFive.exponents.lowerBound]
    let zeros = digits.leadingZeroBitCount
    let whole = digits << UInt64(zeros)
    var (high, low) = whole.multipliedFullWidth(by: power.high)
    if high & 0x1FF == 0x1FF {
      let rest = whole.multipliedFullWidth(by: power.low).high
      let (sum, overflow) = low.addingReportingOverflow(rest)
      low = sum
      if overflow { high += 1 }
      if low == .max, !(-27...55).contains(exponent) { return nil }
    }
    let top = Int(high >> 63)
    var mantissa = high >> UInt64(top + 9)
    // ⌊exponent · log₂ 10⌋ by a fixed-point product, which is exact in the double's range.
    let binary = ((217_706 * exponent) >> 16) + 63 + top - zeros + 1023
    guard binary > 0 else { return nil }
    let isHalfway = low <= 1 && (-4...23).contains(exponent) && mantissa & 3 == 1
    if isHalfway, mantissa << UInt64(top + 9) == high { mantissa &= ~1 }
    mantissa = (mantissa + (mantissa & 1)) >> 1
    var biased = binary
    if mantissa >= 1 << 53 {
      mantissa = 1 << 52
      biased += 1
    }
    guard biased < 0x7FF else { return nil }
    return Double(bitPattern: UInt64(biased) << 52 | mantissa & (1 << 52 - 1))
  }
}

/// A decimal number taken apart: digits · 10^exponent.
private struct Decimal {
  var digits: UInt64 = 0
  var exponent = 0
  var isNegative = false
  /// Whether digits beyond the nineteenth were dropped that are not zero.
  var isCut = false

  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>, _ first: Int, _ end: Int) {
    var i = first
    if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
      isNegative = bytes[i] == UInt8(ascii: "-")
      i += 1
    }
    let start = i
    while i < end, bytes[i] &- 48 < 10 {
      take(bytes[i] &- 48, isFraction: false)
      i += 1
    }
    var count = i - start
    if i < end, bytes[i] == UInt8(ascii: ".") {
      i += 1
      let point = i
      while i < end, bytes[i] &- 48 < 10 {
        take(bytes[i] &- 48, isFraction: true)
        i += 1
      }
      count += i - point
    }
    guard count > 0 else { return nil }
    if i == end { return }
    guard bytes[i] | 32 == UInt8(ascii: "e"), readExponent(bytes, i + 1, end) else { return nil }
  }

  @inline(__always)
  private mutating func take(_ digit: UInt8, isFraction: Bool) {
    if digits < 1_000_000_000_000_000_000 {
      digits = digits &* 10 &+ UInt64(digit)
      if isFraction { exponent -= 1 }
    } else {
      if digit != 0 { isCut = true }
      if !isFraction { exponent += 1 }
    }
  }

  private mutating func readExponent(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ first: Int,
    _ end: Int
  ) -> Bool {
    var i = first
    var isBelow = false
    if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
      isBelow = bytes[i] == UInt8(ascii: "-")
      i += 1
    }
    guard i < end else { return false }
    var value = 0
    while i < end {
      let digit = bytes[i] &- 48
      guard digit < 10 else { return false }
      if value < 1_000_000 { value = value * 10 + Int(digit) }
      i += 1
    }
    exponent += isBelow ? -value : value
    return true
  }
}
