import Crypto

/// A SHA-256 digest: the name of some content.
package struct Digest: Hashable, Sendable {
  /// 32 bytes.
  package let bytes: [UInt8]

  /// The digest of some bytes.
  package init(of content: some Sequence<UInt8>) {
    var hasher = SHA256()
    let whole: Void? = content.withContiguousStorageIfAvailable {
      hasher.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if whole == nil {
      Array(content).withUnsafeBytes { hasher.update(bufferPointer: $0) }
    }
    bytes = hasher.finalize().withUnsafeBytes { Array($0) }
  }

  /// The digest of a value's canonical form.
  package init(of value: Value) { self.init(of: value.canonicalBytes) }

  /// Reads `sha256:` and 64 hexadecimal digits, or the digits alone; nil for anything else.
  package init?(_ text: String) {
    let digits = text.hasPrefix("sha256:") ? text.utf8.dropFirst(7) : text.utf8[...]
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    var index = digits.startIndex
    while index != digits.endIndex {
      let next = digits.index(index, offsetBy: 2)
      // A sign would pass for a digit.
      guard digits[index] != UInt8(ascii: "+"), digits[index] != UInt8(ascii: "-"),
        let byte = UInt8(String(Substring(digits[index..<next])), radix: 16)
      else { return nil }
      bytes.append(byte)
      index = next
    }
    self.bytes = bytes
  }

  /// 64 hexadecimal digits.
  package var hex: String {
    String(unsafeUninitializedCapacity: 64) { buffer in
      for (index, byte) in bytes.enumerated() {
        buffer[2 * index] = Digest.digit(byte >> 4)
        buffer[2 * index + 1] = Digest.digit(byte & 15)
      }
      return 64
    }
  }

  /// Whether some bytes are this digest's 64 digits.
  package func isWritten(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
    guard digits.count == 64 else { return false }
    for (i, byte) in bytes.enumerated() {
      let pair = (Digest.digit(byte >> 4), Digest.digit(byte & 15))
      if pair != (digits[2 * i], digits[2 * i + 1]) { return false }
    }
    return true
  }

  /// Whether a text is this digest's 64 digits.
  package func isWritten(_ digits: String) -> Bool {
    var digits = digits
    return digits.utf8.count == 64 && digits.withUTF8 { isWritten($0) }
  }

  private static func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? 0x30 + nibble : 0x61 + nibble - 10
  }

  /// The first eight digits in two groups, for people: `7c1e 90ab`.
  package var short: String {
    let digits = hex
    return "\(digits.prefix(4)) \(digits.dropFirst(4).prefix(4))"
  }
}

extension Digest: CustomStringConvertible {
  package var description: String { "sha256:\(hex)" }
}

extension Digest: Comparable {
  package static func < (a: Digest, b: Digest) -> Bool {
    a.bytes.lexicographicallyPrecedes(b.bytes)
  }
}

/// A digest built from content that arrives in pieces.
package struct Digester {
  private var hasher = SHA256()

  package init() {}
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    hasher.update(bufferPointer: bytes)
  }
  package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }
  package func finalize() -> Digest { Digest(raw: Array(hasher.finalize())) }
}

extension Digest {
  fileprivate init(raw: [UInt8]) { bytes = raw }
}
