import ColophonCore

/// Reads the tables of a text before its blocks are built: finds them, and parses all their cells in
/// one go, so that references defined anywhere in the text resolve within cells.
struct TableReader {
  /// A table found in the paragraph that starts on a line.
  struct Found {
    var lines: TableLines
    var table: PipeTable
    /// Where the head starts.
    var position: SourcePosition
  }

  /// Stands before each cell, so that no cell starts a block: U+00A0, a space to inline rules only.
  private static let guardMark: [UInt8] = [0xC2, 0xA0]

  private let text: SourceText
  private let map: TextMap
  private let options: MarkdownOptions
  private var leaves: [(leaf: LeafContent, lines: TableLines)] = []
  private var contents: [[Inline]] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(text: SourceText, map: TextMap, options: MarkdownOptions) {
    self.text = text
    self.map = map
    self.options = options
  }

  /// Every table, by the line of its paragraph.
  mutating func tables(in document: CommonMark) -> [Int: Found] {
    let hasSeparator = (1...max(text.lineCount, 1)).contains {
      TableLines.mightSeparate(text.bytes[text.range(ofLine: $0)])
    }
    guard hasSeparator else { return [:] }
    collect(document)
    guard !leaves.isEmpty else { return [:] }
    parseCells()
    var found: [Int: Found] = [:]
    var next = 0
    for (leaf, lines) in leaves {
      let width = lines.alignments.count
      let rows = lines.rows.map { _ in
        defer { next += width }
        return Array(contents[next..<next + width])
      }
      found[leaf.firstLine] = Found(
        lines: lines,
        table: PipeTable(
          alignments: lines.alignments, head: rows[0], rows: Array(rows.dropFirst())
        ),
        position: leaf.position(at: leaf.lineStarts[lines.linesBefore])
      )
    }
    return found
  }

  private mutating func collect(_ document: CommonMark) {
    var containers = ContainerStack(text: text)
    var found: [(leaf: LeafContent, lines: TableLines)] = []
    document.forEachEvent(blocksOnly: true) { event in
      switch event.kind {
      case .quote: event.isEntering ? containers.enterQuote() : containers.leave()
      case .item: event.isEntering ? containers.enterItem(line: event.line) : containers.leave()
      case .paragraph where event.isEntering && event.endLine > event.line:
        let mayHoldTable = (event.line + 1...event.endLine).contains {
          TableLines.mightSeparate(text.bytes[text.range(ofLine: $0)])
        }
        guard mayHoldTable else { break }
        let leaf = LeafContent(lines: event.line...event.endLine, in: containers, map: map)
        if let lines = TableLines(leaf) { found.append((leaf, lines)) }
      default: break
      }
      return .on
    }
    leaves = found
  }

  private mutating func parseCells() {
    var bytes: [UInt8] = []
    var runs: [[Node.TextRun]] = []
    var needsDefinitions = false
    for (leaf, lines) in leaves {
      for cell in lines.rows.flatMap({ $0 }) {
        bytes += TableReader.guardMark + cell.bytes + [0x0A, 0x0A]
        if cell.bytes.contains(UInt8(ascii: "]")) { needsDefinitions = true }
        let first = cell.stretches.first.map { leaf.position(at: $0.source) }
        var cellRuns = first.map { [Node.TextRun(offset: 0, position: $0)] } ?? []
        for (offset, source) in cell.stretches {
          cellRuns.append(Node.TextRun(offset: offset + 2, position: leaf.position(at: source)))
        }
        runs += [cellRuns, []]
      }
    }
    let count = runs.count / 2
    // The cells come first, so that nothing in the text can swallow them.
    if needsDefinitions { bytes += text.bytes }
    let start = map.position(line: 1, column: 1)
    readCells(SourceText(prepared: bytes, path: text.path), .lines(runs, fallback: start), count)
  }

  private mutating func readCells(_ cells: SourceText, _ cellMap: TextMap, _ count: Int) {
    let containers = ContainerStack(text: cells)
    var events: [CommonMark.Event] = []
    var contents: [[Inline]] = []
    var diagnostics: [Diagnostic] = []
    CommonMark(cells.bytes).forEachEvent { event in
      if case .paragraph = event.kind, contents.count < count {
        if !event.isEntering {
          let leaf = LeafContent(lines: event.line...event.line, in: containers, map: cellMap)
          var builder = InlineBuilder(content: leaf, options: options)
          contents.append(TableReader.unguarded(builder.inlines(of: events), leaf))
          diagnostics += builder.diagnostics
        }
        events = []
      } else {
        events.append(event)
      }
      return contents.count < count || event.isEntering ? .on : .overChildren
    }
    self.contents = contents + Array(repeating: [], count: max(0, count - contents.count))
    self.diagnostics = diagnostics
  }

  private static func unguarded(_ inlines: [Inline], _ leaf: LeafContent) -> [Inline] {
    guard case .text(let text, _) = inlines.first, text.unicodeScalars.first == "\u{A0}"
    else { return inlines }
    let rest = String(text.unicodeScalars.dropFirst())
    if rest.isEmpty { return Array(inlines.dropFirst()) }
    return [.text(rest, at: leaf.position(at: 2))] + inlines.dropFirst()
  }
}
