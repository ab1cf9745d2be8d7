/// Numbers as bytes, eight each, least significant first.
enum NumberBytes {
  static func bytes(_ numbers: [Double]) -> [UInt8] {
    numbers.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Array($0) }
  }

  /// The numbers; nil where the bytes are not a whole number of them.
  static func numbers(_ bytes: [UInt8]) -> [Double]? {
    guard bytes.count.isMultiple(of: 8) else { return nil }
    return bytes.withUnsafeBytes { raw in
      (0..<bytes.count / 8).map {
        Double(
          bitPattern: UInt64(
            littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)
          )
        )
      }
    }
  }
}
