package import ColophonCore

extension SourceText {
  /// The largest notebook that is read; libcmark counts in 32 bits.
  static let largest = 256 << 20

  /// Prepares a file's bytes: a byte-order mark is dropped, CRLF and CR become LF, a bad byte
  /// sequence and NUL become U+FFFD, and the first of each is reported.
  package static func preparing(
    _ file: [UInt8],
    path: String
  ) -> (source: SourceText, diagnostics: [Diagnostic]) {
    guard file.count <= largest else {
      let start = SourcePosition(path: path, line: 1, column: 1)
      let limit = largest >> 20
      return (SourceText(prepared: [], path: path), [.tooLarge(megabytes: limit, at: start)])
    }
    var diagnostics: [Diagnostic] = []
    let hasMark = file.starts(with: [0xEF, 0xBB, 0xBF])
    var bytes = unifyLineEnds(hasMark ? file.dropFirst(3) : file[...])
    if let bad = firstInvalidByte(bytes) {
      let before = SourceText(prepared: bytes, path: path)
      diagnostics.append(.invalidUTF8(bytes[bad], at: before.position(ofOffset: bad)))
      bytes = Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
    if let first = bytes.firstIndex(of: 0) {
      let before = SourceText(prepared: bytes, path: path)
      diagnostics.append(.nulByte(at: before.position(ofOffset: first)))
      bytes = replaceNUL(bytes)
    }
    return (SourceText(prepared: bytes, path: path), diagnostics)
  }

  private static func unifyLineEnds(_ file: ArraySlice<UInt8>) -> [UInt8] {
    guard file.contains(UInt8(ascii: "\r")) else { return Array(file) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.count)
    var afterReturn = false
    for byte in file {
      if byte == UInt8(ascii: "\r") {
        bytes.append(UInt8(ascii: "\n"))
      } else if byte != UInt8(ascii: "\n") || !afterReturn {
        bytes.append(byte)
      }
      afterReturn = byte == UInt8(ascii: "\r")
    }
    return bytes
  }

  private static func replaceNUL(_ bytes: [UInt8]) -> [UInt8] {
    var replaced: [UInt8] = []
    replaced.reserveCapacity(bytes.count + 16)
    for byte in bytes {
      if byte == 0 { replaced += [0xEF, 0xBF, 0xBD] } else { replaced.append(byte) }
    }
    return replaced
  }

  /// The offset of the first byte that begins no well-formed UTF-8 sequence (Unicode, table 3-7).
  static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var i = 0
      while i < bytes.count {
        if bytes[i] < 0x80 {
          i += 1
          continue
        }
        let length = sequenceLength(bytes, at: i)
        if length == 0 { return i }
        i += length
      }
      return nil
    }
  }

  /// The length of the well-formed sequence at an offset, or 0.
  private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Int {
    let lead = bytes[i]
    let length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
    guard length > 0, i + length <= bytes.count else { return 0 }
    let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
    guard (lowest...highest).contains(bytes[i + 1]) else { return 0 }
    for k in stride(from: 2, to: length, by: 1) where !(0x80...0xBF).contains(bytes[i + k]) {
      return 0
    }
    return length
  }
}
