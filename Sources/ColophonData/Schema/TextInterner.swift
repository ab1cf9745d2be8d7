/// Gives equal texts equal numbers without making a string of each.
struct TextInterner {
  /// The texts in the order of their first appearance.
  private(set) var texts: [String] = []
  private var hashes: [UInt64] = []
  private var slots: [Int32]

  init() { slots = [Int32](repeating: -1, count: 64) }

  /// The number of a text.
  mutating func code(for bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = TextInterner.hash(bytes)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let code = Int(slots[slot])
      if hashes[code] == hash, isEqual(texts[code], bytes) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(texts.count)
    texts.append(String(decoding: bytes, as: UTF8.self))
    hashes.append(hash)
    if texts.count * 2 > slots.count { grow() }
    return Int32(texts.count - 1)
  }

  private func isEqual(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    text.utf8.count == bytes.count && text.utf8.elementsEqual(bytes)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(code)
    }
  }

  /// FNV-1a; only its spread matters, since codes follow the order of appearance.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ hash >> 32
  }
}
