/// Turns libYAML's marks into byte offsets.
///
/// libYAML counts lines from 1 and columns in Unicode scalars, and takes U+0085, U+2028 and U+2029
/// for line breaks. Marks that come in order are found from the one before, so that a long line
/// costs no more than its length.
struct MarkCursor {
  private let bytes: [UInt8]
  private let lineStarts: [Int]
  private var line = 1
  private var column = 1
  private var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    var i = 0
    while i < bytes.count {
      let length = MarkCursor.breakLength(bytes, at: i)
      i += max(length, 1)
      if length > 0 { starts.append(i) }
    }
    lineStarts = starts
  }

  mutating func offset(line: Int, column: Int) -> Int {
    if line != self.line || column < self.column {
      self.line = line
      self.column = 1
      offset = line - 1 < lineStarts.count ? lineStarts[max(line - 1, 0)] : bytes.count
    }
    while self.column < column, offset < bytes.count {
      repeat { offset += 1 } while offset < bytes.count && bytes[offset] & 0xC0 == 0x80
      self.column += 1
    }
    return offset
  }

  private static func breakLength(_ bytes: [UInt8], at i: Int) -> Int {
    switch bytes[i] {
    case 0x0A: 1
    case 0xC2 where i + 1 < bytes.count && bytes[i + 1] == 0x85: 2
    case 0xE2 where i + 2 < bytes.count && bytes[i + 1] == 0x80 && bytes[i + 2] & 0xFE == 0xA8: 3
    default: 0
    }
  }
}
