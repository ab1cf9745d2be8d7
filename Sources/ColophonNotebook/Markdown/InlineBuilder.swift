import ColophonCore

/// Turns the inline events of one leaf into a tree whose places are exact.
///
/// The leaf's raw bytes are walked along with the events, past every mark. libcmark's own places only
/// help where the two part: on later lines they count from the first line's column, and their lines
/// fall behind after a line break within a link or a reference definition.
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
    while frames.count > 1, let kind = frames.last?.kind { close(kind) }
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
      if event.isEntering { open(event) } else { close(event.kind) }
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

  private mutating func open(_ event: CommonMark.Event) {
    let position = content.position(at: placeOpening(event))
    guard frames.count <= options.nesting else {
      if excess == 0 { diagnostics.append(.nesting(options.nesting, at: position)) }
      excess += 1
      return
    }
    frames.append(Frame(kind: event.kind, position: position))
  }

  private mutating func close(_ kind: CommonMark.Event.Kind) {
    passClosing(kind)
    if excess > 0 {
      excess -= 1
      return
    }
    guard frames.count > 1, let frame = frames.popLast() else { return }
    switch frame.kind {
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
      destination: destination,
      title: title.isEmpty ? nil : title,
      content: frame.content
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
      path: Destination.file(destination),
      destination: destination,
      title: title.isEmpty ? nil : title,
      alt: frame.content.plainText
    )
    append(.image(image, at: frame.position))
  }
}

// MARK: Places

extension InlineBuilder {
  /// Where a text stands: at the cursor if the bytes agree, else as libcmark claims, else at the
  /// nearest match.
  private mutating func place(of event: CommonMark.Event, _ text: String) -> Int {
    let start = cursor
    if let end = content.verbatimEnd(of: text, at: start) {
      cursor = end
      return start
    }
    let wanted = Array(text.utf8)
    if let end = content.end(of: wanted, at: start) {
      cursor = end
      return start
    }
    let claimed = claim(of: event).flatMap { content.end(of: wanted, at: $0) == nil ? nil : $0 }
    if let offset = claimed ?? search(wanted), let end = content.end(of: wanted, at: offset) {
      cursor = end
      return offset
    }
    return min(start, content.bytes.count)
  }

  private func claim(of event: CommonMark.Event) -> Int? {
    let offset = content.offset(line: event.line, column: event.column, shift: shift)
    return offset.flatMap { $0 >= cursor ? $0 : nil }
  }

  /// The first match from the cursor on, in a window that keeps hostile paragraphs linear.
  private func search(_ wanted: [UInt8]) -> Int? {
    let last = min(content.bytes.count, cursor + 2_048)
    guard let first = wanted.first, cursor < last else { return nil }
    return (cursor..<last).first {
      content.bytes[$0] == first && content.end(of: wanted, at: $0) != nil
    }
  }

  /// Where a container opens; the cursor goes past its mark.
  private mutating func placeOpening(_ event: CommonMark.Event) -> Int {
    let (marks, width): (String, Int) =
      switch event.kind {
      case .link: ("[<", 1)
      case .image: ("!", 2)
      case .strong: ("*_", 2)
      default: ("*_", 1)
      }
    func opens(_ offset: Int) -> Bool {
      offset < content.bytes.count && marks.utf8.contains(content.bytes[offset])
    }
    let candidates = [cursor, claim(of: event)].compactMap { $0 }
    let window = cursor..<max(cursor, min(content.bytes.count, cursor + 2_048))
    let offset = candidates.first(where: opens) ?? window.first(where: opens) ?? cursor
    cursor = min(offset + width, content.bytes.count)
    return offset
  }

  /// Moves the cursor past the mark that closes a container, a link's destination included.
  private mutating func passClosing(_ kind: CommonMark.Event.Kind) {
    switch kind {
    case .link, .image: cursor = content.linkEnd(at: cursor)
    case .strong, .emphasis:
      let width = if case .strong = kind { 2 } else { 1 }
      let marks = content.bytes[min(cursor, content.bytes.count)...].prefix(width)
      cursor += marks.prefix { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "_") }.count
    default: break
    }
  }

  private mutating func takeBreak(_ event: CommonMark.Event) {
    if case .hardBreak = event.kind { append(.hardBreak) } else { append(.softBreak) }
    let next = content.lineStarts.lastIndex(notAbove: cursor) + 1
    guard next < content.lineStarts.count else { return }
    cursor = content.lineStarts[next]
    while cursor < content.bytes.count,
      content.bytes[cursor] == 0x20 || content.bytes[cursor] == 0x09
    { cursor += 1 }
  }

  private mutating func code(_ code: String, _ event: CommonMark.Event) -> Inline {
    let wanted = Array(code.utf8)
    let claimed = claim(of: event)
    var start = content.spanStart(from: cursor)
    if !content.holdsCode(wanted, at: start), !content.holdsCode(wanted, at: start + 1),
      let claimed
    {
      start = claimed
    }
    // One space on either side belongs to the backticks.
    if !content.holdsCode(wanted, at: start) { start += 1 }
    start = min(start, content.bytes.count)
    let range = start..<min(start + wanted.count, content.bytes.count)
    cursor = content.spanEnd(from: range.upperBound)
    if options.values, wanted.first == UInt8(ascii: "="),
      let value = InlineValue.parse(code, runs: content.runs(of: range), diagnostics: &diagnostics)
    {
      return .value(value)
    }
    return .code(code, at: content.position(at: start))
  }

  /// How many lines at the front of the leaf were reference definitions, which libcmark takes away
  /// without moving the leaf: the shift under which most of the first inlines agree.
  private func definitionLines(before events: [CommonMark.Event]) -> Int {
    let count = content.lineStarts.count
    guard count > 1, content.startsLikeDefinition else { return 0 }
    let lastLine = events.map { max($0.line, $0.endLine) }.max() ?? content.firstLine
    let likely = max(0, count - 1 - (lastLine - content.firstLine))
    var best = (agreeing: -1, shift: 0)
    for shift in [likely] + Array(0..<min(count, 64)) {
      let agreeing = events.prefix(16).count { agrees($0, shift: shift) }
      if agreeing > best.agreeing { best = (agreeing, shift) }
    }
    return best.shift
  }

  private func agrees(_ event: CommonMark.Event, shift: Int) -> Bool {
    guard let offset = content.offset(line: event.line, column: event.column, shift: shift)
    else { return false }
    return switch event.kind {
    case .text(let text): content.end(of: Array(text.utf8), at: offset) != nil
    case .codeSpan: offset > 0 && content.bytes[offset - 1] == UInt8(ascii: "`")
    default: false
    }
  }
}
