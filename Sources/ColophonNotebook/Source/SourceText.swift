package import ColophonCore

/// A notebook's text as every later stage reads it: valid UTF-8, line feeds only, no byte-order mark.
///
/// Positions are 1-based lines and byte columns of this prepared text. They equal the file's own but
/// on a line with bytes that are not UTF-8, where each bad sequence stands as U+FFFD, as in editors.
package struct SourceText: Sendable {
  package let path: String
  package let bytes: [UInt8]
  /// The offset at which each line starts; a last line after the final line feed is not counted.
  package let lineStarts: [Int]

  /// Takes bytes that are prepared already, such as the text of a caption.
  package init(prepared bytes: [UInt8], path: String) {
    self.path = path
    self.bytes = bytes
    lineStarts = SourceText.lineStarts(of: bytes)
  }

  package var lineCount: Int { lineStarts.count }

  /// The offsets of a line's bytes, without its line feed; empty past the last line.
  package func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
    let start = lineStarts[line - 1]
    if line < lineStarts.count { return start..<lineStarts[line] - 1 }
    return start..<(bytes.last == UInt8(ascii: "\n") ? bytes.count - 1 : bytes.count)
  }

  /// A line without its line feed, for excerpts; nil past the last line.
  package func lineText(_ line: Int) -> String? {
    guard line >= 1, line <= lineStarts.count else { return nil }
    return String(decoding: bytes[range(ofLine: line)], as: UTF8.self)
  }

  package func position(line: Int, column: Int) -> SourcePosition {
    SourcePosition(path: path, line: line, column: column)
  }

  /// The place of a byte of a line that is known.
  func position(line: Int, offset: Int) -> SourcePosition {
    position(line: line, column: offset - range(ofLine: line).lowerBound + 1)
  }

  /// The place of a line's last byte.
  func position(line: Int) -> SourcePosition {
    position(line: line, column: max(1, range(ofLine: line).count))
  }

  /// The line that holds the byte at `offset`, and the byte's column.
  package func position(ofOffset offset: Int) -> SourcePosition {
    let line = lineStarts.lastIndex(notAbove: offset)
    return position(line: line + 1, column: offset - lineStarts[line] + 1)
  }

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
    var starts = [0]
    bytes.withUnsafeBufferPointer { bytes in
      for i in bytes.indices where bytes[i] == UInt8(ascii: "\n") && i + 1 < bytes.count {
        starts.append(i + 1)
      }
    }
    return starts
  }
}

extension [Int] {
  /// The index of the last element that is not above a value, in an ascending list; at least 0.
  func lastIndex(notAbove value: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return Swift.max(low - 1, 0)
  }
}
