/// The quotes and list items around a block, which tell where its content starts on each line.
///
/// libcmark gives the place of a block's first line only. This follows the specification's rules for
/// continuing containers (CommonMark 0.30, 5.1 and 5.2), tabs and lazy lines included.
struct ContainerStack {
  /// A place on a line: the byte, and the column with tabs expanded to stops of four.
  private struct Cursor {
    var offset: Int
    var column = 0
  }

  private enum Container {
    case quote
    /// An item; later lines are its own when indented by so many columns.
    case item(columns: Int, firstLine: Int, content: Cursor)
  }

  let text: SourceText
  private var containers: [Container] = []

  init(text: SourceText) { self.text = text }

  mutating func enterQuote() { containers.append(.quote) }

  /// Enters the item whose marker stands on a line.
  mutating func enterItem(line: Int) {
    let end = text.range(ofLine: line).upperBound
    var cursor = start(ofLine: line).cursor
    let outer = cursor.column
    skipSpace(&cursor, to: end)
    let markerOffset = cursor.offset
    while cursor.offset < end, isDigit(text.bytes[cursor.offset]) { cursor.offset += 1 }
    if cursor.offset < end { cursor.offset += 1 }
    cursor.column += cursor.offset - markerOffset
    let marker = cursor
    skipSpace(&cursor, to: end)
    var padding = cursor.column - marker.column
    if padding < 1 || padding > 4 || cursor.offset == end { padding = 1 }
    var content = marker
    advance(&content, columns: padding, to: end)
    containers.append(
      .item(
        columns: marker.column - outer + padding,
        firstLine: line,
        content: content
      )
    )
  }

  mutating func leave() { _ = containers.popLast() }

  /// The offset at which the content of a paragraph starts on a line, leading space removed; libcmark
  /// leaves that space on a lazy line, which continues a paragraph without its containers' marks.
  func contentStart(ofLine line: Int) -> Int {
    var (cursor, isInside) = start(ofLine: line)
    guard isInside else { return cursor.offset }
    skipSpace(&cursor, to: text.range(ofLine: line).upperBound)
    return cursor.offset
  }

  /// The fence that a line opens or closes: its offset, its character and its length.
  func fence(onLine line: Int) -> (offset: Int, byte: UInt8, length: Int)? {
    let end = text.range(ofLine: line).upperBound
    let (outer, isInside) = start(ofLine: line)
    guard isInside else { return nil }
    var cursor = outer
    skipSpace(&cursor, to: end)
    guard cursor.column - outer.column < 4, cursor.offset < end else { return nil }
    let byte = text.bytes[cursor.offset]
    guard byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~") else { return nil }
    let length = text.bytes[cursor.offset..<end].prefix { $0 == byte }.count
    return length >= 3 ? (cursor.offset, byte, length) : nil
  }

  /// Follows every container on a line, until one does not reach it.
  private func start(ofLine line: Int) -> (cursor: Cursor, isInside: Bool) {
    let range = text.range(ofLine: line)
    var cursor = Cursor(offset: range.lowerBound)
    for container in containers {
      switch container {
      case .item(_, line, let content): cursor = content
      case .item(let columns, _, _):
        var inner = cursor
        skipSpace(&inner, to: range.upperBound)
        guard inner.column - cursor.column >= columns || inner.offset == range.upperBound
        else { return (cursor, false) }
        advance(&cursor, columns: columns, to: range.upperBound)
      case .quote:
        var inner = cursor
        skipSpace(&inner, to: range.upperBound)
        guard inner.column - cursor.column <= 3, inner.offset < range.upperBound,
          text.bytes[inner.offset] == UInt8(ascii: ">")
        else { return (cursor, false) }
        inner.offset += 1
        inner.column += 1
        advance(&inner, columns: 1, to: range.upperBound)
        cursor = inner
      }
    }
    return (cursor, true)
  }

  private func skipSpace(_ cursor: inout Cursor, to end: Int) {
    advance(&cursor, columns: .max, to: end)
  }

  /// Goes over so many columns of space; a tab that is wider than what remains is taken in part.
  private func advance(_ cursor: inout Cursor, columns: Int, to end: Int) {
    var rest = columns
    while rest > 0, cursor.offset < end {
      switch text.bytes[cursor.offset] {
      case UInt8(ascii: " "):
        cursor.offset += 1
        cursor.column += 1
        rest -= 1
      case UInt8(ascii: "\t"):
        let width = 4 - cursor.column % 4
        cursor.column += min(width, rest)
        if width <= rest { cursor.offset += 1 }
        rest -= min(width, rest)
      default: return
      }
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
