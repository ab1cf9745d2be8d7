import ColophonCore

/// Builds the block tree from libcmark's events on a stack of its own.
struct MarkdownReader {
  struct Result {
    var blocks: [Block]
    var fences: [CellFence]
    var diagnostics: [Diagnostic]
  }

  private struct Frame {
    var kind: CommonMark.Event.Kind
    var position: SourcePosition
    var blocks: [Block] = []
    var items: [[Block]] = []
  }

  private let text: SourceText
  /// The text with everything that is not Markdown left blank, line for line.
  private let markdown: [UInt8]
  private let map: TextMap
  private let options: MarkdownOptions
  private let kinds: [String]
  private var containers: ContainerStack
  private var tables: [Int: TableReader.Found] = [:]
  private var slugs = Slugs()
  private var frames: [Frame] = []
  private var leafEvents: [CommonMark.Event] = []
  private var fences: [CellFence] = []
  private var diagnostics: [Diagnostic] = []

  /// Reads a text from its `firstLine` on, after front matter; `kinds` are the cells that exist.
  init(
    text: SourceText,
    map: TextMap,
    options: MarkdownOptions,
    kinds: [String],
    firstLine: Int = 1
  ) {
    self.text = text
    self.map = map
    self.options = options
    self.kinds = kinds
    containers = ContainerStack(text: text)
    let start = firstLine > 1 ? text.range(ofLine: firstLine).lowerBound : 0
    markdown =
      firstLine > 1
      ? Array(repeating: UInt8(ascii: "\n"), count: firstLine - 1) + text.bytes[start...]
      : text.bytes
  }

  func read() -> Result {
    var reader = self
    let document = CommonMark(markdown)
    if options.tables {
      var tableReader = TableReader(text: text, map: map, options: options)
      reader.tables = tableReader.tables(in: document)
      reader.diagnostics = tableReader.diagnostics
    }
    reader.frames = [Frame(kind: .document, position: map.position(line: 1, column: 1))]
    document.forEachEvent { reader.take($0) }
    return Result(
      blocks: reader.frames[0].blocks,
      fences: reader.fences,
      diagnostics: reader.diagnostics
    )
  }

  private func position(_ event: CommonMark.Event) -> SourcePosition {
    map.position(line: max(event.line, 1), column: max(event.column, 1))
  }

  private mutating func append(_ block: Block) { frames[frames.count - 1].blocks.append(block) }

  private mutating func take(_ event: CommonMark.Event) -> CommonMark.Step {
    switch event.kind {
    case .document: return .on
    case .quote, .list, .item: return event.isEntering ? open(event) : close()
    case .paragraph, .heading:
      if event.isEntering { leafEvents = [] } else { closeLeaf(event) }
    case .code(let info, let code): takeCode(event, info: info, code: code)
    case .html(let html): append(.html(html, at: position(event)))
    case .thematicBreak: append(.thematicBreak(at: position(event)))
    default: leafEvents.append(event)
    }
    return .on
  }

  private mutating func open(_ event: CommonMark.Event) -> CommonMark.Step {
    guard frames.count <= options.nesting else {
      diagnostics.append(.nesting(options.nesting, at: position(event)))
      return .overChildren
    }
    frames.append(Frame(kind: event.kind, position: position(event)))
    if case .quote = event.kind { containers.enterQuote() }
    if case .item = event.kind { containers.enterItem(line: event.line) }
    return .on
  }

  private mutating func close() -> CommonMark.Step {
    guard frames.count > 1, let frame = frames.popLast() else { return .on }
    switch frame.kind {
    case .quote:
      containers.leave()
      append(.quote(frame.blocks, at: frame.position))
    case .item:
      containers.leave()
      frames[frames.count - 1].items.append(frame.blocks)
    case .list(let start, let isTight):
      let list = MarkdownList(start: start, isTight: isTight, items: frame.items)
      append(.list(list, at: frame.position))
    default: break
    }
    return .on
  }

  // MARK: Leaves

  private mutating func closeLeaf(_ event: CommonMark.Event) {
    if case .paragraph = event.kind, let found = tables[event.line] {
      if let place = found.before.first?.position { append(.paragraph(found.before, at: place)) }
      append(.table(found.table, at: found.position))
      return
    }
    let content = inlines(event)
    if case .heading(let level) = event.kind {
      let anchor = slugs.anchor(for: content.plainText)
      append(.heading(level: level, anchor: anchor, content: content, at: position(event)))
    } else {
      append(.paragraph(content, at: content.first?.position ?? position(event)))
    }
  }

  private mutating func inlines(_ event: CommonMark.Event) -> [Inline] {
    let lines = event.line...max(event.line, event.endLine)
    var start: Int?
    if case .heading = event.kind { start = headingStart(event) }
    let leaf = LeafContent(lines: lines, startingAt: start, in: containers, map: map)
    var builder = InlineBuilder(content: leaf, options: options)
    let content = builder.inlines(of: leafEvents)
    diagnostics += builder.diagnostics
    return content
  }

  /// Where a heading's text starts: after its number signs, or at once where a rule underlines it.
  private func headingStart(_ event: CommonMark.Event) -> Int {
    let start = containers.contentStart(ofLine: event.line)
    let line = text.bytes[start..<max(start, text.range(ofLine: event.line).upperBound)]
    let marks = line.prefix { $0 == UInt8(ascii: "#") }.count
    let space = line.dropFirst(marks).prefix { $0 == 0x20 || $0 == 0x09 }.count
    let isMarked = (1...6).contains(marks) && (space > 0 || marks == line.count)
    return isMarked ? start + marks + space : start
  }

  // MARK: Code

  private mutating func takeCode(_ event: CommonMark.Event, info: String, code: String) {
    guard let open = containers.fence(onLine: event.line) else {
      append(.code(info: "", text: code, at: position(event)))
      return
    }
    let words = CellHeader.words(text, line: event.line, from: open.offset + open.length)
    let place = text.position(line: event.line, offset: open.offset)
    let endLine = event.line + 1 + code.utf8.count { $0 == UInt8(ascii: "\n") }
    let isClosed = isClosed(open, onLine: endLine)
    if options.cells, !isClosed {
      diagnostics.append(.unclosedFence(length: open.length, at: place))
    }
    guard options.cells,
      let header = CellHeader.read(words, kinds: kinds, at: place, diagnostics: &diagnostics)
    else {
      append(.code(info: info, text: code, at: position(event)))
      return
    }
    append(.cell(fences.count))
    let yaml = YAMLText(code: code, firstLine: event.line + 1, in: text)
    let end = text.position(line: isClosed ? endLine : max(endLine - 1, event.line))
    fences.append(CellFence(header: header, yaml: yaml, start: place, end: end))
  }

  private func isClosed(_ open: (offset: Int, byte: UInt8, length: Int), onLine line: Int) -> Bool {
    guard let close = containers.fence(onLine: line), close.byte == open.byte,
      close.length >= open.length
    else { return false }
    let rest = text.bytes[close.offset + close.length..<text.range(ofLine: line).upperBound]
    return rest.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }
}
