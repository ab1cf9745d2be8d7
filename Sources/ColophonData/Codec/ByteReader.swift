/// Reads what `ByteWriter` wrote and refuses everything else.
struct ByteReader {
  /// The bytes are not what was written; the offset tells where that showed.
  struct Damage: Error, Hashable {
    var offset: Int
  }

  private let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }
  var damage: Damage { Damage(offset: offset) }

  mutating func byte() throws(Damage) -> UInt8 {
    guard offset < bytes.count else { throw damage }
    offset += 1
    return bytes[offset - 1]
  }

  mutating func count() throws(Damage) -> Int {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), through: 56, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 {
        // A last byte of zero would be a second spelling of the same number.
        guard byte != 0 || shift == 0, let count = Int(exactly: value) else { throw damage }
        return count
      }
    }
    throw damage
  }

  /// A count of things of at least `size` bytes each, which therefore must still be there.
  mutating func count(ofSize size: Int) throws(Damage) -> Int {
    let count = try count()
    guard count <= (bytes.count - offset) / max(size, 1) else { throw damage }
    return count
  }

  mutating func text() throws(Damage) -> String {
    let slice = try slice(try count(ofSize: 1))
    guard let text = String(validating: slice, as: UTF8.self) else { throw damage }
    return text
  }

  mutating func optionalText() throws(Damage) -> String? {
    switch try byte() {
    case 0: nil
    case 1: try text()
    default: throw damage
    }
  }

  mutating func numbers(_ count: Int) throws(Damage) -> [Double] {
    guard count <= (bytes.count - offset) / 8 else { throw damage }
    let slice = try slice(count * 8)
    return slice.withUnsafeBytes { raw in
      (0..<count).map { i in
        Double(
          bitPattern: UInt64(
            littleEndian: raw.loadUnaligned(fromByteOffset: i * 8, as: UInt64.self)
          )
        )
      }
    }
  }

  mutating func codes(_ count: Int, levels: Int) throws(Damage) -> [Int32] {
    let width = ByteWriter.width(levels: levels)
    guard count <= (bytes.count - offset) / width else { throw damage }
    var codes: [Int32] = []
    codes.reserveCapacity(count)
    for _ in 0..<count {
      var value = 0
      for i in 0..<width { value |= Int(bytes[offset + i]) << (8 * i) }
      guard value <= levels else { throw damage }
      codes.append(Int32(value) - 1)
      offset += width
    }
    return codes
  }

  private mutating func slice(_ count: Int) throws(Damage) -> ArraySlice<UInt8> {
    guard count <= bytes.count - offset else { throw damage }
    offset += count
    return bytes[offset - count..<offset]
  }
}
