package import ColophonCore

/// Bytes with a canonical JSON header before them: eight bytes of the header's length (least
/// significant first), the header, the body.
package struct HeadedBytes: Hashable, Sendable {
  package var header: Value
  package var body: [UInt8]

  package init(header: Value, body: [UInt8]) {
    self.header = header
    self.body = body
  }

  package func encoded() -> [UInt8] {
    let head = header.canonicalBytes
    let length = (0..<8).map { UInt8(truncatingIfNeeded: head.count >> ($0 * 8)) }
    return length + head + body
  }

  /// Nil where the bytes have another form.
  package init?(decoding bytes: [UInt8]) {
    guard bytes.count >= 8 else { return nil }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - 8) else { return nil }
    let end = 8 + Int(length)
    guard let header = try? Value(json: bytes[8..<end]) else { return nil }
    self.init(header: header, body: Array(bytes[end...]))
  }
}
