import ColophonCore

/// The raw lines of a paragraph or heading, joined as libcmark joins them, with the way back.
struct LeafContent {
  private(set) var bytes: [UInt8] = []
  /// The offset in `bytes` at which each line starts.
  private(set) var lineStarts: [Int] = []
  /// The offset in the text at which each line's content starts.
  private var sources: [Int] = []
  let firstLine: Int
  /// The column that libcmark's columns count from, on every line of the leaf.
  let baseColumn: Int
  private let text: SourceText
  private let map: TextMap

  /// Takes the content of some lines; on the first it starts at `offset`, when that is after a mark.
  init(
    lines: ClosedRange<Int>,
    startingAt offset: Int? = nil,
    in containers: ContainerStack,
    map: TextMap
  ) {
    text = containers.text
    self.map = map
    firstLine = lines.lowerBound
    for line in lines {
      let range = text.range(ofLine: line)
      let first = line == firstLine ? offset : nil
      let start = min(first ?? containers.contentStart(ofLine: line), range.upperBound)
      if line > firstLine { bytes.append(UInt8(ascii: "\n")) }
      lineStarts.append(bytes.count)
      sources.append(start)
      bytes += text.bytes[start..<range.upperBound]
    }
    baseColumn = (sources.first ?? 0) - text.range(ofLine: firstLine).lowerBound + 1
  }

  func line(_ index: Int) -> ArraySlice<UInt8> {
    let end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    return bytes[lineStarts[index]..<end]
  }

  /// The offset that libcmark's line and column mean, where lines at the front were taken away.
  func offset(line: Int, column: Int, shift: Int) -> Int? {
    let index = line - firstLine + shift
    guard lineStarts.indices.contains(index), column >= baseColumn else { return nil }
    let offset = lineStarts[index] + column - baseColumn
    return offset <= bytes.count ? offset : nil
  }

  /// The place of the byte at an offset of the content.
  func position(at offset: Int) -> SourcePosition {
    let index = lineStarts.lastIndex(notAbove: offset)
    let source = sources[index] + offset - lineStarts[index]
    let start = text.range(ofLine: firstLine + index).lowerBound
    return map.position(line: firstLine + index, column: source - start + 1)
  }

  /// Where the bytes of a range stand, one run a line.
  func runs(of range: Range<Int>) -> [Node.TextRun] {
    var runs = [Node.TextRun(offset: 0, position: position(at: range.lowerBound))]
    for start in lineStarts where start > range.lowerBound && start < range.upperBound {
      runs.append(
        Node.TextRun(offset: start - range.lowerBound, position: position(at: start))
      )
    }
    return runs
  }
}

/// Where the lines of a Markdown text stand in the notebook.
enum TextMap {
  /// The text is the file.
  case file(String)
  /// Each line has runs of its own, as the cells of a table and the lines of a caption have.
  case lines([[Node.TextRun]], fallback: SourcePosition)

  func position(line: Int, column: Int) -> SourcePosition {
    switch self {
    case .file(let path): return SourcePosition(path: path, line: line, column: column)
    case .lines(let lines, let fallback):
      guard lines.indices.contains(line - 1) else { return fallback }
      return lines[line - 1].position(at: column - 1) ?? fallback
    }
  }
}
