/// The 128 leading bits of powers of five, worked out once with whole numbers of any size.
///
/// For n ≥ 0 the bits of 5ⁿ, cut off; for n < 0 those of 1/5⁻ⁿ, rounded up where 5⁻ⁿ fits in 64
/// bits and cut off else, as Lemire's proof asks.
///
/// - SeeAlso: Lemire, "Number parsing at a gigabyte per second", 2021, section 5.
enum PowersOfFive {
  /// Exponents that the table knows; the rest of the double's range is left to the slow path.
  static let exponents = -180...180

  /// High and low words, in the exponents' order.
  static let table: [(high: UInt64, low: UInt64)] = {
    var positive: [UInt128] = []
    var negative: [UInt128] = []
    var power: [UInt32] = [1]
    for n in 0...180 {
      positive.append(leadingBits(power))
      if n > 0 { negative.append(reciprocal(power, roundedUp: n <= 27)) }
      multiplyByFive(&power)
    }
    return (negative.reversed() + positive).map {
      (UInt64(truncatingIfNeeded: $0 >> 64), UInt64(truncatingIfNeeded: $0))
    }
  }()

  private static func multiplyByFive(_ limbs: inout [UInt32]) {
    var carry: UInt64 = 0
    for i in limbs.indices {
      carry += UInt64(limbs[i]) * 5
      limbs[i] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  /// The number shifted so that its leading one is bit 127.
  private static func leadingBits(_ limbs: [UInt32]) -> UInt128 {
    var bits: UInt128 = 0
    // Five limbs hold 128 bits wherever the leading one stands in the first.
    for i in 0..<4 { bits = bits << 32 | UInt128(limb(limbs, limbs.count - 1 - i)) }
    let shift = bits.leadingZeroBitCount
    return bits << UInt128(shift) | UInt128(limb(limbs, limbs.count - 5)) >> UInt128(32 - shift)
  }

  private static func limb(_ limbs: [UInt32], _ index: Int) -> UInt32 {
    index >= 0 ? limbs[index] : 0
  }

  /// ⌊2^(z + 127) / number⌋ with 2^z the next power of two, by long division bit by bit.
  private static func reciprocal(_ limbs: [UInt32], roundedUp: Bool) -> UInt128 {
    let bits = limbs.count * 32 - (limbs.last ?? 1).leadingZeroBitCount
    var remainder = [UInt32](repeating: 0, count: limbs.count + 1)
    remainder[(bits - 1) / 32] = 1 << UInt32((bits - 1) % 32)
    var quotient: UInt128 = 0
    for _ in 0..<128 {
      double(&remainder)
      quotient <<= 1
      if !isBelow(remainder, limbs) {
        subtract(limbs, from: &remainder)
        quotient |= 1
      }
    }
    return roundedUp ? quotient + 1 : quotient
  }

  private static func double(_ limbs: inout [UInt32]) {
    var carry: UInt32 = 0
    for i in limbs.indices {
      let next = limbs[i] >> 31
      limbs[i] = limbs[i] << 1 | carry
      carry = next
    }
  }

  private static func isBelow(_ a: [UInt32], _ b: [UInt32]) -> Bool {
    for i in a.indices.reversed() {
      let other = limb(b, i < b.count ? i : -1)
      if a[i] != other { return a[i] < other }
    }
    return false
  }

  private static func subtract(_ b: [UInt32], from a: inout [UInt32]) {
    var borrow: Int64 = 0
    for i in a.indices {
      let difference = Int64(a[i]) - Int64(i < b.count ? b[i] : 0) - borrow
      borrow = difference < 0 ? 1 : 0
      a[i] = UInt32(truncatingIfNeeded: difference)
    }
  }
}
