import ColophonCore

/// Reads the tables of a text before its blocks are built: finds them, and parses all their cells in
/// one go, so that references defined anywhere in the text resolve within cells.
struct TableReader {
  /// A table found in the paragraph that starts on a line.
  struct Found {
    /// The prose of the same paragraph, before the head.
    var before: [Inline]
    var table: PipeTable
    /// Where the head starts.
    var position: SourcePosition
  }

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
      let before = contents[next]
      next += 1
      let rows = lines.rows.map { _ in
        defer { next += width }
        return Array(contents[next..<next + width])
      }
      found[leaf.firstLine] = Found(
        before: before,
        table: PipeTable(
          alignments: lines.alignments,
          head: rows[0],
          rows: Array(rows.dropFirst())
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

  /// Parses each cell, and the prose before each table, as paragraphs of one text.
  private mutating func parseCells() {
    var pieces = Pieces()
    for (leaf, lines) in leaves {
      pieces.addProse(leaf, lines: lines.linesBefore)
      for cell in lines.rows.flatMap({ $0 }) { pieces.add(cell, of: leaf) }
    }
    // The cells come first, so that nothing in the text can swallow them.
    let bytes = pieces.needsDefinitions ? pieces.bytes + text.bytes : pieces.bytes
    let start = map.position(line: 1, column: 1)
    read(
      pieces,
      in: SourceText(prepared: bytes, path: text.path),
      map: .lines(pieces.runs, fallback: start)
    )
  }

  private mutating func read(_ pieces: Pieces, in cells: SourceText, map: TextMap) {
    let containers = ContainerStack(text: cells)
    var events: [CommonMark.Event] = []
    var contents: [[Inline]] = Array(repeating: [], count: pieces.starts.count)
    var diagnostics: [Diagnostic] = []
    CommonMark(cells.bytes).forEachEvent { event in
      guard case .paragraph = event.kind else {
        events.append(event)
        return .on
      }
      if !event.isEntering, let piece = pieces.starts[event.line] {
        let lines = event.line...max(event.line, event.endLine)
        let leaf = LeafContent(lines: lines, in: containers, map: map)
        var builder = InlineBuilder(content: leaf, options: options)
        contents[piece] = TableReader.unguarded(builder.inlines(of: events), leaf)
        diagnostics += builder.diagnostics
      }
      events = []
      return event.line < pieces.runs.count ? .on : .overChildren
    }
    self.contents = contents
    self.diagnostics = diagnostics
  }

  private static func unguarded(_ inlines: [Inline], _ leaf: LeafContent) -> [Inline] {
    guard leaf.bytes.starts(with: Pieces.guardMark), case .text(let text, _) = inlines.first
    else { return inlines }
    let rest = String(text.unicodeScalars.dropFirst())
    if rest.isEmpty { return Array(inlines.dropFirst()) }
    return [.text(rest, at: leaf.position(at: Pieces.guardMark.count))] + inlines.dropFirst()
  }
}

/// The text in which the parts of tables are parsed, and where its lines stand in the notebook.
private struct Pieces {
  /// Stands before each cell, so that no cell starts a block: U+00A0, a space to inline rules only.
  static let guardMark: [UInt8] = [0xC2, 0xA0]

  private(set) var bytes: [UInt8] = []
  private(set) var runs: [[Node.TextRun]] = []
  /// The piece that starts on each line.
  private(set) var starts: [Int: Int] = [:]
  private(set) var needsDefinitions = false

  mutating func add(_ cell: TableLines.Cell, of leaf: LeafContent) {
    starts[runs.count + 1] = starts.count
    let width = Pieces.guardMark.count
    var runs = cell.stretches.map {
      Node.TextRun(offset: $0.offset + width, position: leaf.position(at: $0.source))
    }
    if let first = runs.first {
      runs.insert(Node.TextRun(offset: 0, position: first.position), at: 0)
    }
    add(Pieces.guardMark + cell.bytes, runs)
    add([], [])
  }

  /// The lines of a paragraph before its table; four spaces keep later ones from starting blocks.
  mutating func addProse(_ leaf: LeafContent, lines: Int) {
    starts[runs.count + 1] = starts.count
    for index in 0..<lines {
      let indent = index > 0 ? 4 : 0
      let place = leaf.position(at: leaf.lineStarts[index])
      add(
        Array(repeating: 0x20, count: indent) + leaf.line(index),
        [Node.TextRun(offset: 0, position: place), Node.TextRun(offset: indent, position: place)]
      )
    }
    add([], [])
  }

  private mutating func add(_ line: [UInt8], _ places: [Node.TextRun]) {
    if line.contains(UInt8(ascii: "]")) { needsDefinitions = true }
    bytes += line
    bytes.append(UInt8(ascii: "\n"))
    runs.append(places)
  }
}
