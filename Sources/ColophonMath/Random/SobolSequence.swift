package import ColophonCore

/// Points that fill the unit cube more evenly than random ones do.
///
/// Point k is the exclusive or of the direction numbers that the Gray code of k selects (Antonov
/// and Saleev, 1979). The first 2ᵐ points hold one point in each of the 2ᵐ equal slices of every
/// axis.
package struct SobolSequence: Sendable {
  /// The most axes the table has direction numbers for.
  package static let maximumDimensions = SobolDirections.rows.count + 1
  private static let bits = 32

  package let dimensions: Int
  /// For each axis its 32 direction numbers.
  private var directions: [[UInt32]]
  private var state: [UInt32]
  private var index: UInt32 = 0

  /// The plain sequence, whose first point is the origin.
  package init(dimensions: Int) {
    precondition(
      (1...SobolSequence.maximumDimensions).contains(dimensions),
      "\(dimensions) dimensions"
    )
    self.dimensions = dimensions
    directions = (0..<dimensions).map { SobolSequence.directionNumbers($0) }
    state = Array(repeating: 0, count: dimensions)
  }

  /// The sequence scrambled by random lower triangular matrices and a random shift, which keeps its
  /// evenness and makes every point uniform (Matoušek, 1998).
  package init(dimensions: Int, scrambledBy random: inout RandomStream) {
    self.init(dimensions: dimensions)
    for axis in 0..<dimensions {
      // Row r yields bit 31 − r of the result: itself and random bits above it.
      let rows = (0..<SobolSequence.bits).map { r -> UInt32 in
        let own = UInt32(1) << UInt32(31 - r)
        let above = ~(own | (own - 1))
        return own | UInt32(truncatingIfNeeded: random.next() >> 32) & above
      }
      directions[axis] = directions[axis].map { direction in
        rows.enumerated().reduce(0) { result, row in
          let bit = UInt32((direction & row.element).nonzeroBitCount & 1)
          return result | bit << UInt32(31 - row.offset)
        }
      }
      state[axis] = UInt32(truncatingIfNeeded: random.next() >> 32)
    }
  }

  /// The next point; every coordinate lies in [0, 1).
  package mutating func next() -> [Double] {
    let point = state.map { Double($0) * 0x1p-32 }
    let changed = (~index).trailingZeroBitCount
    index &+= 1
    if changed < SobolSequence.bits {
      for axis in 0..<dimensions { state[axis] ^= directions[axis][changed] }
    }
    return point
  }

  /// Bratley and Fox's recurrence (1988); the first axis is van der Corput's sequence.
  private static func directionNumbers(_ axis: Int) -> [UInt32] {
    guard axis > 0 else { return (0..<bits).map { UInt32(1) << UInt32(31 - $0) } }
    let (polynomial, initial) = SobolDirections.rows[axis - 1]
    let degree = initial.count
    var numbers: [UInt32] = []
    for i in 0..<bits {
      guard i >= degree else {
        numbers.append(initial[i] << UInt32(31 - i))
        continue
      }
      var number = numbers[i - degree] ^ numbers[i - degree] >> UInt32(degree)
      for k in 1..<degree where polynomial >> UInt32(degree - k) & 1 == 1 {
        number ^= numbers[i - k]
      }
      numbers.append(number)
    }
    return numbers
  }
}
