/// Writes numbers and texts as bytes, little-endian.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// A count, seven bits a byte, the lowest first.
  mutating func count(_ value: Int) {
    precondition(value >= 0, "count \(value) is below 0")
    var rest = UInt64(value)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func text(_ text: String) {
    count(text.utf8.count)
    bytes += text.utf8
  }

  /// A text that may be absent.
  mutating func text(optional text: String?) {
    byte(text == nil ? 0 : 1)
    if let text { self.text(text) }
  }

  /// Eight bytes a number; every NaN is written as the same one.
  mutating func numbers(_ values: [Double]) {
    let bits = values.map { ($0.isNaN ? Double.nan : $0).bitPattern.littleEndian }
    bits.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// Codes from -1 on, plus one, in as few bytes each as `levels` asks for.
  mutating func codes(_ codes: [Int32], levels: Int) {
    let width = ByteWriter.width(levels: levels)
    bytes.reserveCapacity(bytes.count + codes.count * width)
    for code in codes {
      var rest = UInt32(code + 1)
      for _ in 0..<width {
        bytes.append(UInt8(truncatingIfNeeded: rest))
        rest >>= 8
      }
    }
  }

  /// How many bytes hold the numbers from 0 to `levels`.
  static func width(levels: Int) -> Int { levels < 1 << 8 ? 1 : levels < 1 << 16 ? 2 : 4 }
}
