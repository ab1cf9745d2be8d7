/// What stands for characters that would be read as markup, or would change how text reads.
///
/// Works on bytes: what needs nothing, which is nearly everything, is copied in stretches.
enum HTMLEscaping {
  /// Appends text that is safe between tags, and with `quotes` also between double quotes.
  static func append(_ text: String, quotes: Bool, to out: inout [UInt8]) {
    copy(text, to: &out) { bytes, i in
      switch bytes[i] {
      case UInt8(ascii: "&"): ("&amp;", 1)
      case UInt8(ascii: "<"): ("&lt;", 1)
      case UInt8(ascii: ">"): ("&gt;", 1)
      case UInt8(ascii: "\""): quotes ? ("&quot;", 1) : nil
      default: visible(bytes, i)
      }
    }
  }

  /// Appends JSON that ends no script block: `<`, `>` and `&` only stand in JSON's strings, where
  /// an escape means the same.
  static func appendJSON(_ text: String, to out: inout [UInt8]) {
    copy(text, to: &out) { bytes, i in
      switch bytes[i] {
      case UInt8(ascii: "<"): ("\\u003c", 1)
      case UInt8(ascii: ">"): ("\\u003e", 1)
      case UInt8(ascii: "&"): ("\\u0026", 1)
      // U+2028 and U+2029.
      case 0xE2 where follows(bytes, i, 0x80, 0xA8...0xA9):
        (bytes[i + 2] == 0xA8 ? "\\u2028" : "\\u2029", 3)
      default: nil
      }
    }
  }

  /// Copies a text but for what `replacement` takes: what stands for it, and its length in bytes.
  private static func copy(
    _ text: String,
    to out: inout [UInt8],
    replacement: (UnsafeBufferPointer<UInt8>, Int) -> (text: StaticString, length: Int)?
  ) {
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      var i = 0
      while i < bytes.count {
        guard let found = replacement(bytes, i) else {
          i += 1
          continue
        }
        out += bytes[start..<i]
        found.text.withUTF8Buffer { out += $0 }
        i += found.length
        start = i
      }
      out += bytes[start...]
    }
  }

  /// What is shown for a control character, or for one that reorders the text around it; nil for
  /// all others.
  private static func visible(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ i: Int
  ) -> (text: StaticString, length: Int)? {
    switch bytes[i] {
    case 0x09, 0x0A, 0x20..<0x7F: nil
    case 0x0D: ("", 1)
    case 0x00...0x1F, 0x7F: ("\u{FFFD}", 1)
    // U+0080 to U+009F.
    case 0xC2 where i + 1 < bytes.count && bytes[i + 1] < 0xA0: ("\u{FFFD}", 2)
    // U+FFFE and U+FFFF.
    case 0xEF where follows(bytes, i, 0xBF, 0xBE...0xBF): ("\u{FFFD}", 3)
    // U+202A to U+202E and U+2066 to U+2069.
    case 0xE2 where follows(bytes, i, 0x80, 0xAA...0xAE):
      (reordering[Int(bytes[i + 2] - 0xAA)], 3)
    case 0xE2 where follows(bytes, i, 0x81, 0xA6...0xA9):
      (reordering[Int(bytes[i + 2] - 0xA6) + 5], 3)
    default: nil
    }
  }

  private static let reordering: [StaticString] = [
    "[U+202A]", "[U+202B]", "[U+202C]", "[U+202D]", "[U+202E]", "[U+2066]", "[U+2067]",
    "[U+2068]", "[U+2069]",
  ]

  /// Whether a second byte, and a third of some range, stand after the byte at a place.
  private static func follows(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ i: Int,
    _ second: UInt8,
    _ third: ClosedRange<UInt8>
  ) -> Bool {
    i + 2 < bytes.count && bytes[i + 1] == second && third.contains(bytes[i + 2])
  }
}
