/// Numbers that kernels are tried on.
enum KernelInputs {
  /// The numbers at which an implementation is most likely to be wrong.
  static let extremes: [Double] = [
    .nan, 0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    .leastNormalMagnitude, -.leastNormalMagnitude, .greatestFiniteMagnitude,
    -.greatestFiniteMagnitude, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e-300, -1e-300, 1e-20, -1e-20,
    1.0.nextUp, 1.0.nextDown, 709.78, 709.79, -708.4, -745.13, -745.14, 0.25, -0.25, 0x1p30,
    0x1p52, 0x1p53, -0x1p31, 1e22, 27.2, 27.3, 6, -6, 0x1p-28, 0x1p-54,
  ]

  /// A repeatable list: uniform in (−1, 1), then of every magnitude, then the extremes, mixed.
  static func mixed(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var bits = Bits(state: seed)
    return (0..<count).map { index in
      switch index % 4 {
      case 0, 1: return bits.uniform()
      case 2:
        return bits.uniform()
          * Double(sign: .plus, exponent: Int(bits.next() % 40) - 20, significand: 1)
      default: return extremes[Int(bits.next() % UInt64(extremes.count))]
      }
    }
  }

  /// A repeatable list, uniform in (−1, 1).
  static func uniform(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var bits = Bits(state: seed)
    return (0..<count).map { _ in bits.uniform() }
  }

  /// Steele, Lea and Flood's SplitMix64 (2014).
  private struct Bits {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }

    mutating func uniform() -> Double {
      Double(Int64(bitPattern: next()) >> 10) * 0x1p-53
    }
  }
}

extension Double {
  /// The one NaN that kernels return.
  var canonical: Double { isNaN ? .nan : self }
}

extension [Double] {
  /// The bits, so that NaN equals itself and −0 differs from +0.
  var bits: [UInt64] { map(\.bitPattern) }
}
