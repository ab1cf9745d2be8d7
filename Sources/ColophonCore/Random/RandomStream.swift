/// A counter-based stream of random bits: Philox 4×64 with ten rounds.
///
/// A stream is keyed by what it is for, so what one cell draws never depends on what else ran, or
/// when. Equal keys give equal streams on every machine; distinct keys give independent ones.
///
/// - SeeAlso: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.
package struct RandomStream: Sendable {
  private let key: (UInt64, UInt64)
  private var counter: UInt64 = 0
  private var buffer: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var used = 4
  /// The third and fourth words of the counter, the rest of the key's 256 bits.
  private let salt: (UInt64, UInt64)

  /// The stream for one purpose of one cell.
  ///
  /// - Parameters:
  ///   - root: The notebook's seed (or the cell's own).
  ///   - cell: The cell's name.
  ///   - purpose: What is drawn, such as `split` or `bootstrap`.
  ///   - index: Which of many alike, such as the resample's number.
  package init(root: UInt64, cell: String, purpose: String, index: Int = 0) {
    let digest = Digest(
      of: .array([.string(String(root)), .string(cell), .string(purpose), .integer(index)])
    )
    func word(_ i: Int) -> UInt64 {
      digest.bytes[i * 8..<i * 8 + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    self.init(key: (word(0), word(1)), salt: (word(2), word(3)))
  }

  /// The stream of a bare Philox key, for tests against the published vectors.
  package init(key: (UInt64, UInt64), salt: (UInt64, UInt64) = (0, 0)) {
    self.key = key
    self.salt = salt
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    if used == 4 {
      buffer = RandomStream.block(counter: (counter, 0, salt.0, salt.1), key: key)
      counter &+= 1
      used = 0
    }
    used += 1
    switch used {
    case 1: return buffer.0
    case 2: return buffer.1
    case 3: return buffer.2
    default: return buffer.3
    }
  }

  /// Passes over as many words as so many calls of `next` would give.
  package mutating func skip(_ words: Int) {
    let target = Int(counter) * 4 - (4 - used) + words
    counter = UInt64(target / 4)
    used = 4
    for _ in 0..<target % 4 { _ = next() }
  }

  /// Fills a buffer with what as many calls of `next` would give, a block at a time.
  package mutating func fill(_ words: UnsafeMutableBufferPointer<UInt64>) {
    var i = 0
    while used < 4, i < words.count {
      words[i] = next()
      i += 1
    }
    while i + 4 <= words.count {
      let block = RandomStream.block(counter: (counter, 0, salt.0, salt.1), key: key)
      counter &+= 1
      words[i] = block.0
      words[i + 1] = block.1
      words[i + 2] = block.2
      words[i + 3] = block.3
      i += 4
    }
    while i < words.count {
      words[i] = next()
      i += 1
    }
  }

  /// A number in [0, 1) of 53 bits.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number in (0, 1], for logarithms.
  package mutating func uniformAboveZero() -> Double { Double((next() >> 11) + 1) * 0x1p-53 }

  /// A whole number in 0 ..< `bound`, without bias (Lemire, 2019).
  package mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "bound \(bound) is not above 0")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// The numbers 0 ..< `count` in random order (Fisher and Yates, from the end).
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// Puts the elements in random order.
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for i in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(i, integer(below: i + 1))
    }
  }

  /// One block of the generator, as the paper defines it.
  package static func block(
    counter: (UInt64, UInt64, UInt64, UInt64),
    key: (UInt64, UInt64)
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    var (c0, c1, c2, c3) = counter
    var (k0, k1) = key
    for round in 0..<10 {
      if round > 0 {
        k0 &+= 0x9E37_79B9_7F4A_7C15
        k1 &+= 0xBB67_AE85_84CA_A73B
      }
      let a = c0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
      let b = c2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
      (c0, c1, c2, c3) = (b.high ^ c1 ^ k0, b.low, a.high ^ c3 ^ k1, a.low)
    }
    return (c0, c1, c2, c3)
  }
}
