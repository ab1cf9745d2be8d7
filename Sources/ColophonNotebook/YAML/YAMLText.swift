import ColophonCore

/// A piece of YAML and the way from its bytes back to the file.
struct YAMLText {
  /// Where one line of the YAML stands.
  private struct Line {
    /// The offset in the YAML's bytes.
    var start: Int
    var end: Int
    /// Leading spaces that stand for a tab which a list item's indentation ate in part.
    var virtual: Int
    /// The file's column of the first byte after the virtual spaces.
    var column: Int
  }

  let bytes: [UInt8]
  let path: String
  /// The file's line of the first line of the YAML.
  let firstLine: Int
  private var lines: [Line] = []
  /// The end of the file, which the place of an empty text at its end must not pass.
  private let end: SourcePosition

  /// The content of a fence, whose lines are suffixes of the file's lines.
  init(code: String, firstLine: Int, in text: SourceText) {
    bytes = Array(code.utf8)
    path = text.path
    self.firstLine = firstLine
    let lastLine = text.lineCount
    end = text.position(line: lastLine, column: text.range(ofLine: lastLine).count + 1)
    var start = 0
    var line = firstLine
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      lines.append(YAMLText.line(bytes, start..<end, source: text.bytes[text.range(ofLine: line)]))
      start = end + 1
      line += 1
    }
    if lines.isEmpty { lines = [Line(start: 0, end: 0, virtual: 0, column: 1)] }
  }

  /// Whole lines of the file.
  init(lines range: Range<Int>, of text: SourceText) {
    let start = text.range(ofLine: range.lowerBound).lowerBound
    let end = text.range(ofLine: range.upperBound).lowerBound
    let code = String(decoding: text.bytes[start..<max(start, end)], as: UTF8.self)
    self.init(code: code, firstLine: range.lowerBound, in: text)
  }

  private static func line(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    source: ArraySlice<UInt8>
  ) -> Line {
    var virtual = 0
    while virtual < range.count {
      let rest = bytes[range.lowerBound + virtual..<range.upperBound]
      if rest.count <= source.count, source.suffix(rest.count).elementsEqual(rest) { break }
      guard rest.first == 0x20 else { break }
      virtual += 1
    }
    let column = max(1, source.count - (range.count - virtual) + 1)
    return Line(
      start: range.lowerBound,
      end: range.upperBound,
      virtual: virtual,
      column: column
    )
  }

  /// The file's place of the byte at an offset.
  func position(at offset: Int) -> SourcePosition {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    let index = max(low - 1, 0)
    let line = lines[index]
    let inner = min(offset, line.end) - line.start - line.virtual
    let column = inner < 0 ? line.column - 1 : line.column + inner
    return min(end, SourcePosition(path: path, line: firstLine + index, column: max(1, column)))
  }

  /// The offset of the end of the line that holds a byte.
  func lineEnd(at offset: Int) -> Int {
    guard offset < bytes.count else { return bytes.count }
    return bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
  }

  /// The offset of the start of the line that holds a byte.
  func lineStart(at offset: Int) -> Int {
    var start = min(offset, bytes.count)
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    return start
  }
}
