import ColophonCore

/// Turns the inline events of one leaf into a tree whose places are exact.
///
/// libcmark's own columns are a claim: they are right on a leaf's first line and count from its
/// column on later lines, and its line falls behind after a link's line break or a reference
/// definition. So each claim is checked against the leaf's raw bytes.
struct InlineBuilder {
  private struct Frame {
    var kind: CommonMark.Event.Kind?
    var position: SourcePosition
    var content: [Inline] = []
  }

  private let content: LeafContent
  private let options: MarkdownOptions
  private(set) var diagnostics: [Diagnostic] = []
  private var frames: [Frame] = []
  /// How many containers beyond the limit are open; they are passed over, their content kept.
  private var excess = 0
  /// Where the leaf's next inline is looked for.
  private var cursor = 0
  private var shift = 0

  init(content: LeafContent, options: MarkdownOptions) {
    self.content = content
    self.options = options
  }

  /// Builds the tree of a leaf's events.
  mutating func inlines(of events: [CommonMark.Event]) -> [Inline] {
    shift = definitionLines(before: events)
    if shift > 0 { cursor = content.lineStarts[shift] }
    frames = [Frame(kind: nil, position: content.position(at: cursor))]
    for event in events { take(event) }
    while frames.count > 1 { close() }
    return frames[0].content
  }

  private mutating func take(_ event: CommonMark.Event) {
    switch event.kind {
    case .text(let text): append(text: text, at: place(of: event, text))
    case .softBreak, .hardBreak: takeBreak(event)
    case .codeSpan(let text): append(code(text, event))
    case .htmlSpan(let html):
      append(.html(html, at: content.position(at: place(of: event, html))))
    case .emphasis, .strong, .link, .image:
      if event.isEntering { open(event) } else { close() }
    default: break
    }
  }

  private mutating func append(_ inline: Inline) { frames[frames.count - 1].content.append(inline) }

  private mutating func append(text: String, at offset: Int) {
    if text.isEmpty { return }
    let last = frames.count - 1
    if case .text(let before, let position) = frames[last].content.last {
      frames[last].content.removeLast()
      frames[last].content.append(.text(before + text, at: position))
    } else {
      append(.text(text, at: content.position(at: offset)))
    }
  }

  private mutating func takeBreak(_ event: CommonMark.Event) {
    if case .hardBreak = event.kind { append(.hardBreak) } else { append(.softBreak) }
    let next = content.lineStarts.lastIndex(notAbove: cursor) + 1
    if next < content.lineStarts.count { cursor = max(cursor, content.lineStarts[next]) }
  }

  private mutating func open(_ event: CommonMark.Event) {
    let offset = claim(of: event).flatMap { $0 >= cursor && opens(event, at: $0) ? $0 : nil }
    let position = content.position(at: min(offset ?? cursor, content.bytes.count))
    guard frames.count <= options.nesting else {
      if excess == 0 { diagnostics.append(.nesting(options.nesting, at: position)) }
      excess += 1
      return
    }
    frames.append(Frame(kind: event.kind, position: position))
  }

  private func opens(_ event: CommonMark.Event, at offset: Int) -> Bool {
    guard offset < content.bytes.count else { return false }
    return switch event.kind {
    case .link: "[<".utf8.contains(content.bytes[offset])
    case .image: content.bytes[offset] == UInt8(ascii: "!")
    default: "*_".utf8.contains(content.bytes[offset])
    }
  }

  private mutating func close() {
    if excess > 0 {
      excess -= 1
      return
    }
    guard frames.count > 1, let frame = frames.popLast(), let kind = frame.kind else { return }
    switch kind {
    case .emphasis: append(.emphasis(frame.content, at: frame.position))
    case .strong: append(.strong(frame.content, at: frame.position))
    case .link(let destination, let title): closeLink(frame, destination, title)
    case .image(let destination, let title): closeImage(frame, destination, title)
    default: break
    }
  }

  private mutating func closeLink(_ frame: Frame, _ destination: String, _ title: String) {
    if options.checksDestinations, let problem = Destination.problem(ofLink: destination) {
      diagnostics.append(.unsafeLink(destination, because: problem, at: frame.position))
      frames[frames.count - 1].content += frame.content
      return
    }
    let link = Inline.Link(
      destination: destination, title: title.isEmpty ? nil : title, content: frame.content
    )
    append(.link(link, at: frame.position))
  }

  private mutating func closeImage(_ frame: Frame, _ destination: String, _ title: String) {
    if options.checksDestinations, let problem = Destination.problem(ofImage: destination) {
      diagnostics.append(.unusableImage(destination, because: problem, at: frame.position))
      frames[frames.count - 1].content += frame.content
      return
    }
    let image = Inline.Image(
      path: Destination.file(destination), destination: destination,
      title: title.isEmpty ? nil : title, alt: frame.content.plainText
    )
    append(.image(image, at: frame.position))
  }
}

// MARK: Places

extension InlineBuilder {
  private func claim(of event: CommonMark.Event) -> Int? {
    content.offset(line: event.line, column: event.column, shift: shift)
  }

  /// Where a text stands: as claimed if the bytes agree, else the nearest match from the cursor on.
  private mutating func place(of event: CommonMark.Event, _ text: String) -> Int {
    let wanted = Array(text.utf8)
    let claimed = claim(of: event).flatMap { $0 >= cursor ? $0 : nil }
    for offset in [claimed, search(wanted)] {
      guard let offset, let end = end(of: wanted, at: offset) else { continue }
      cursor = end
      return offset
    }
    return min(cursor, content.bytes.count)
  }

  /// Where a text that stands at an offset ends, so far as that can be followed: past escapes, up to
  /// the first entity. Nil where the text can't stand there.
  private func end(of wanted: [UInt8], at offset: Int) -> Int? {
    var i = offset
    var entity: Int?
    for byte in wanted {
      guard i < content.bytes.count else { return entity }
      if content.bytes[i] == UInt8(ascii: "&"), entity == nil { entity = i + 1 }
      if content.bytes[i] != byte {
        guard content.bytes[i] == UInt8(ascii: "\\"), i + 1 < content.bytes.count,
          content.bytes[i + 1] == byte
        else { return entity }
        i += 1
      }
      i += 1
    }
    return i
  }

  /// The first match from the cursor on, in a window that keeps hostile paragraphs linear.
  private func search(_ wanted: [UInt8]) -> Int? {
    let last = min(content.bytes.count, cursor + 2_048)
    guard let first = wanted.first, cursor < last else { return nil }
    return (cursor..<last).first {
      content.bytes[$0] == first && end(of: wanted, at: $0) != nil
    }
  }

  private mutating func code(_ code: String, _ event: CommonMark.Event) -> Inline {
    let wanted = Array(code.utf8)
    let claimed = claim(of: event).flatMap {
      $0 > cursor && content.bytes[$0 - 1] == UInt8(ascii: "`") ? $0 : nil
    }
    var start = claimed ?? spanStart()
    // One space on either side belongs to the backticks.
    if start < content.bytes.count, !matchesCode(wanted, at: start) { start += 1 }
    start = min(start, content.bytes.count)
    let range = start..<min(start + wanted.count, content.bytes.count)
    cursor = range.upperBound
    while cursor < content.bytes.count, content.bytes[cursor] == UInt8(ascii: " ") { cursor += 1 }
    while cursor < content.bytes.count, content.bytes[cursor] == UInt8(ascii: "`") { cursor += 1 }
    if options.values, wanted.first == UInt8(ascii: "="),
      let value = InlineValue.parse(code, runs: content.runs(of: range), diagnostics: &diagnostics)
    {
      return .value(value)
    }
    return .code(code, at: content.position(at: start))
  }

  /// The byte after the next run of backticks, where libcmark's claim did not hold.
  private func spanStart() -> Int {
    var i = cursor
    while i < content.bytes.count, content.bytes[i] != UInt8(ascii: "`") { i += 1 }
    while i < content.bytes.count, content.bytes[i] == UInt8(ascii: "`") { i += 1 }
    return i
  }

  private func matchesCode(_ wanted: [UInt8], at start: Int) -> Bool {
    let end = start + wanted.count
    guard end <= content.bytes.count else { return false }
    for i in wanted.indices {
      let byte = content.bytes[start + i]
      guard wanted[i] == (byte == UInt8(ascii: "\n") ? UInt8(ascii: " ") : byte) else { return false }
    }
    return end == content.bytes.count || content.bytes[end] == UInt8(ascii: "`")
  }

  /// How many lines at the front of the leaf were reference definitions, which libcmark takes away
  /// without moving the leaf: the shift under which most of the first inlines agree.
  func definitionLines(before events: [CommonMark.Event]) -> Int {
    let count = content.lineStarts.count
    guard content.bytes.first == UInt8(ascii: "["), count > 1 else { return 0 }
    let lastLine = events.map { $0.line }.max() ?? content.firstLine
    let likely = max(0, count - 1 - (lastLine - content.firstLine))
    var best = (agreeing: -1, shift: 0)
    for shift in [likely] + Array(0..<min(count, 64)) {
      var agreeing = 0
      for event in events.prefix(16) {
        guard case .text(let text) = event.kind,
          let offset = content.offset(line: event.line, column: event.column, shift: shift)
        else { continue }
        if end(of: Array(text.utf8), at: offset) != nil { agreeing += 1 }
      }
      if agreeing > best.agreeing { best = (agreeing, shift) }
    }
    return best.shift
  }
}
