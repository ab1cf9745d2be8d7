/// Pictures that a report can carry inside itself.
package enum Picture {
  /// The largest picture that is embedded, in bytes.
  package static let sizeLimit = 8 << 20

  /// The picture as a `data:` address, by its content and not its name.
  package static func dataAddress(_ bytes: [UInt8]) -> Result<String, PictureProblem> {
    guard let type = mediaType(bytes) else {
      return .failure(PictureProblem(message: "is no PNG, JPEG, GIF, WebP or SVG picture"))
    }
    guard bytes.count <= sizeLimit else {
      return .failure(PictureProblem(message: "is larger than 8 MiB"))
    }
    return .success("data:\(type);base64,\(base64(bytes))")
  }

  private static func mediaType(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if bytes.starts(with: Array("GIF8".utf8)) { return "image/gif" }
    if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
      return "image/webp"
    }
    // An SVG in an image runs no script and loads nothing.
    let head = String(decoding: bytes.prefix(1024), as: UTF8.self)
    return head.contains("<svg") ? "image/svg+xml" : nil
  }

  package static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for i in 0..<4 {
        text.append(
          i <= group.count ? alphabet[word >> (18 - 6 * i) & 63] : UInt8(ascii: "=")
        )
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
