import ColophonCore

/// Finds a pipe table in the lines of a paragraph (GitHub Flavored Markdown 0.29, 4.10).
///
/// One rule is ours: a `|` within a code span that starts with `=` never splits cells, so that
/// `` `= final.f1 | .3f` `` can stand in a table; GFM's `\|` works there as well.
struct TableLines {
  /// One cell: its bytes, `\|` resolved, and their offsets in the leaf.
  struct Cell {
    var bytes: [UInt8] = []
    /// Where unbroken stretches of the cell start: the offset in the cell, and in the leaf.
    var stretches: [(offset: Int, source: Int)] = []
  }

  var alignments: [PipeTable.Alignment]
  /// The head, then the rows, each with as many cells as the head.
  var rows: [[Cell]]
  /// The lines of the paragraph before the head.
  var linesBefore: Int

  /// Whether a line of the file might separate a head from rows, quote marks and all.
  static func mightSeparate(_ line: ArraySlice<UInt8>) -> Bool {
    var hasBar = false
    var hasDash = false
    for byte in line {
      switch byte {
      case UInt8(ascii: "|"): hasBar = true
      case UInt8(ascii: "-"): hasDash = true
      case UInt8(ascii: ":"), UInt8(ascii: ">"), 0x20, 0x09: break
      default: return false
      }
    }
    return hasBar && hasDash
  }

  init?(_ leaf: LeafContent) {
    for index in leaf.lineStarts.indices.dropFirst() {
      guard let alignments = TableLines.alignments(leaf.line(index)) else { continue }
      let head = TableLines.cells(leaf.line(index - 1))
      guard head.count == alignments.count else { continue }
      self.alignments = alignments
      linesBefore = index - 1
      rows = [head]
      for row in leaf.lineStarts.indices.dropFirst(index + 1) {
        let cells = TableLines.cells(leaf.line(row)).prefix(head.count)
        rows.append(cells + Array(repeating: Cell(), count: head.count - cells.count))
      }
      return
    }
    return nil
  }

  private static func alignments(_ line: ArraySlice<UInt8>) -> [PipeTable.Alignment]? {
    guard mightSeparate(line) else { return nil }
    var alignments: [PipeTable.Alignment] = []
    for cell in cells(line) {
      let bytes = cell.bytes
      let dashes = bytes.drop { $0 == UInt8(ascii: ":") }.prefix { $0 == UInt8(ascii: "-") }
      let isLeft = bytes.first == UInt8(ascii: ":")
      let isRight = bytes.count > 1 && bytes.last == UInt8(ascii: ":")
      guard !dashes.isEmpty,
        dashes.count + (isLeft ? 1 : 0) + (isRight ? 1 : 0) == bytes.count
      else { return nil }
      alignments.append(isLeft ? (isRight ? .center : .left) : isRight ? .right : .none)
    }
    return alignments.isEmpty ? nil : alignments
  }

  /// Splits a line at its bars; leading and trailing ones enclose the row.
  private static func cells(_ line: ArraySlice<UInt8>) -> [Cell] {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    var start = line.startIndex
    var end = line.endIndex
    while start < end, isSpace(line[start]) { start += 1 }
    while start < end, isSpace(line[end - 1]) { end -= 1 }
    if start < end, line[start] == UInt8(ascii: "|") { start += 1 }
    var cells: [Cell] = []
    var from = start
    var i = start
    while i < end {
      switch line[i] {
      case UInt8(ascii: "\\") where i + 1 < end && line[i + 1] == UInt8(ascii: "|"): i += 1
      case UInt8(ascii: "`"): i = spanEnd(in: line, from: i, to: end) - 1
      case UInt8(ascii: "|"):
        cells.append(cell(line, from..<i))
        from = i + 1
      default: break
      }
      i += 1
    }
    if from < end || cells.isEmpty { cells.append(cell(line, from..<end)) }
    return cells
  }

  /// The end of the value's code span that starts at a backtick, else of the backticks alone.
  private static func spanEnd(in line: ArraySlice<UInt8>, from start: Int, to end: Int) -> Int {
    let tick = UInt8(ascii: "`")
    var open = start
    while open < end, line[open] == tick { open += 1 }
    var body = open
    while body < end, line[body] == 0x20 { body += 1 }
    guard body < end, line[body] == UInt8(ascii: "=") else { return open }
    var i = body
    while i < end {
      guard line[i] == tick else {
        i += 1
        continue
      }
      let close = i
      while i < end, line[i] == tick { i += 1 }
      if i - close == open - start { return i }
    }
    return open
  }

  private static func cell(_ line: ArraySlice<UInt8>, _ range: Range<Int>) -> Cell {
    var range = range
    while let first = range.first, line[first] == 0x20 || line[first] == 0x09 {
      range.removeFirst()
    }
    while let last = range.last, line[last] == 0x20 || line[last] == 0x09 { range.removeLast() }
    var cell = Cell(stretches: [(0, range.lowerBound)])
    for i in range {
      let next = i + 1
      if line[i] == UInt8(ascii: "\\"), next < range.upperBound, line[next] == UInt8(ascii: "|") {
        cell.stretches.append((cell.bytes.count, next))
      } else {
        cell.bytes.append(line[i])
      }
    }
    return cell
  }
}
