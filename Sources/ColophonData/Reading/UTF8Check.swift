/// Finds the first byte that can't stand in a table's text.
enum UTF8Check {
  enum Problem: Hashable {
    case invalid
    case nul
  }

  /// The first NUL or ill-formed UTF-8 sequence, by the Unicode standard's table 3-7.
  static func problem(in bytes: UnsafeBufferPointer<UInt8>) -> (problem: Problem, offset: Int)? {
    var i = 0
    while i < bytes.count {
      i = skipASCII(bytes, from: i)
      if i == bytes.count { return nil }
      if bytes[i] == 0 { return (.nul, i) }
      if bytes[i] < 0x80 {
        i += 1
        continue
      }
      guard let length = sequence(bytes, at: i) else { return (.invalid, i) }
      i += length
    }
    return nil
  }

  /// The first place from `start` on, in steps of a word, that may hold other than plain ASCII.
  private static func skipASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var i = start
    while i + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
      // The high bit of each byte: set in the word, or borrowed by a byte that is zero.
      let suspicious = (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080
      if suspicious != 0 { return i }
      i += 8
    }
    return i
  }

  /// The length of the sequence of two to four bytes at a place; nil where it is ill-formed.
  private static func sequence(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Int? {
    func isIn(_ offset: Int, _ range: ClosedRange<UInt8>) -> Bool {
      i + offset < bytes.count && range.contains(bytes[i + offset])
    }
    let tail: ClosedRange<UInt8> = 0x80...0xBF
    switch bytes[i] {
    case 0xC2...0xDF: return isIn(1, tail) ? 2 : nil
    case 0xE0: return isIn(1, 0xA0...0xBF) && isIn(2, tail) ? 3 : nil
    case 0xED: return isIn(1, 0x80...0x9F) && isIn(2, tail) ? 3 : nil
    case 0xE1...0xEF: return isIn(1, tail) && isIn(2, tail) ? 3 : nil
    case 0xF0: return isIn(1, 0x90...0xBF) && isIn(2, tail) && isIn(3, tail) ? 4 : nil
    case 0xF1...0xF3: return isIn(1, tail) && isIn(2, tail) && isIn(3, tail) ? 4 : nil
    case 0xF4: return isIn(1, 0x80...0x8F) && isIn(2, tail) && isIn(3, tail) ? 4 : nil
    default: return nil
    }
  }
}
