/// Compares what libcmark made of a leaf with the leaf's raw bytes.
extension LeafContent {
  /// Where a text that stands at an offset as it is ends; nil for any other, and for one with `&`.
  func verbatimEnd(of text: String, at offset: Int) -> Int? {
    var i = offset
    for byte in text.utf8 {
      guard i < bytes.count, bytes[i] == byte, byte != UInt8(ascii: "&") else { return nil }
      i += 1
    }
    return i
  }

  /// Where a text that stands at an offset ends, past escapes and entities; nil where the text can't
  /// stand there.
  func end(of wanted: [UInt8], at offset: Int) -> Int? {
    var i = offset
    var w = 0
    while w < wanted.count {
      guard i < bytes.count else { return nil }
      if bytes[i] == wanted[w], !isAmpersandEntity(at: i) {
        i += 1
        w += 1
      } else if bytes[i] == UInt8(ascii: "\\"), i + 1 < bytes.count, bytes[i + 1] == wanted[w] {
        i += 2
        w += 1
      } else if bytes[i] == UInt8(ascii: "&"), let end = entityEnd(at: i) {
        i = end
        // An entity's text is of unknown length: the shortest after which the rest agrees.
        let width = (1...8).first {
          w + $0 >= wanted.count
            || wanted[w + $0] & 0xC0 != 0x80 && goesOn(wanted, w + $0 - 1, at: i - 1)
        }
        guard let width else { return i }
        w += width
      } else {
        return nil
      }
    }
    return i
  }

  /// Whether the text goes on after a byte as the content does.
  private func goesOn(_ wanted: [UInt8], _ w: Int, at i: Int) -> Bool {
    guard w + 1 < wanted.count else { return true }
    return i + 1 < bytes.count
      && (wanted[w + 1] == bytes[i + 1] || "&\\".utf8.contains(bytes[i + 1]))
  }

  /// Whether an entity for `&` itself stands here; any other `&` that shows as one is no entity.
  private func isAmpersandEntity(at i: Int) -> Bool {
    guard bytes[i] == UInt8(ascii: "&") else { return false }
    return ["&amp;", "&AMP;", "&#38;", "&#x26;", "&#X26;"].contains {
      bytes[i...].starts(with: $0.utf8)
    }
  }

  private func entityEnd(at start: Int) -> Int? {
    bytes[start...].prefix(40).firstIndex(of: UInt8(ascii: ";")).map { $0 + 1 }
  }

  /// The byte after the next run of backticks.
  func spanStart(from offset: Int) -> Int {
    let ticks = bytes[min(offset, bytes.count)...].firstIndex(of: UInt8(ascii: "`")) ?? bytes.count
    return bytes[ticks...].firstIndex { $0 != UInt8(ascii: "`") } ?? bytes.count
  }

  /// The byte after the backticks that close a code span whose content ends at an offset.
  func spanEnd(from offset: Int) -> Int {
    let ticks = bytes[offset...].firstIndex { $0 != 0x20 && $0 != 0x0A } ?? bytes.count
    return bytes[ticks...].firstIndex { $0 != UInt8(ascii: "`") } ?? bytes.count
  }

  /// Whether a code span's text stands at an offset; its line breaks became spaces.
  func holdsCode(_ wanted: [UInt8], at start: Int) -> Bool {
    let end = start + wanted.count
    guard end <= bytes.count else { return false }
    for i in wanted.indices {
      let byte = bytes[start + i]
      guard wanted[i] == (byte == UInt8(ascii: "\n") ? UInt8(ascii: " ") : byte) else {
        return false
      }
    }
    return end == bytes.count || "` \n".utf8.contains(bytes[end])
  }

  // MARK: Links

  /// Whether the leaf starts as a reference definition does.
  var startsLikeDefinition: Bool {
    guard bytes.first == UInt8(ascii: "["),
      let end = quotedEnd(at: 1, close: UInt8(ascii: "]"))
    else { return false }
    return byte(end) == UInt8(ascii: ":")
  }

  /// The byte after a link whose text ends at an offset: `]`, and `(…)` or `[…]` behind it, or `>`.
  func linkEnd(at offset: Int) -> Int {
    guard let byte = byte(offset) else { return bytes.count }
    if byte == UInt8(ascii: ">") { return offset + 1 }
    guard byte == UInt8(ascii: "]") else { return offset }
    switch self.byte(offset + 1) {
    case UInt8(ascii: "("): return inlineTailEnd(at: offset + 2) ?? offset + 1
    case UInt8(ascii: "["):
      return quotedEnd(at: offset + 2, close: UInt8(ascii: "]")) ?? offset + 1
    default: return offset + 1
    }
  }

  private func byte(_ offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func spaceEnd(at offset: Int) -> Int {
    bytes[min(offset, bytes.count)...].firstIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A }
      ?? bytes.count
  }

  /// The byte after the next unescaped closing byte.
  private func quotedEnd(at offset: Int, close: UInt8) -> Int? {
    var i = offset
    while let byte = byte(i) {
      if byte == close { return i + 1 }
      i += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// The byte after `destination "title")`; nil where the bytes are no such thing.
  private func inlineTailEnd(at offset: Int) -> Int? {
    guard let destination = destinationEnd(at: spaceEnd(at: offset)) else { return nil }
    var i = spaceEnd(at: destination)
    switch byte(i) {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let end = quotedEnd(at: i + 1, close: bytes[i]) else { return nil }
      i = end
    case UInt8(ascii: "("):
      guard let end = quotedEnd(at: i + 1, close: UInt8(ascii: ")")) else { return nil }
      i = end
    default: break
    }
    i = spaceEnd(at: i)
    return byte(i) == UInt8(ascii: ")") ? i + 1 : nil
  }

  private func destinationEnd(at offset: Int) -> Int? {
    if byte(offset) == UInt8(ascii: "<") {
      return quotedEnd(at: offset + 1, close: UInt8(ascii: ">"))
    }
    var i = offset
    var depth = 0
    while let byte = byte(i), byte > 0x20 {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") {
        if depth == 0 { return i }
        depth -= 1
      }
      i += byte == UInt8(ascii: "\\") && (self.byte(i + 1) ?? 0) > 0x20 ? 2 : 1
    }
    return i
  }
}
