import ColophonCore
import ColophonNotebook

/// Compares every place of a tree with the character that stands there.
struct PlaceChecker {
  let source: SourceText
  private(set) var problems: [String] = []
  /// How many places were compared.
  private(set) var count = 0

  init(_ source: SourceText) { self.source = source }

  mutating func check(_ blocks: [Block]) {
    for block in blocks {
      if let place = block.position { checkInside(place) }
      block.inlines.forEach { check($0) }
      check(block.children)
    }
  }

  mutating func check(_ inline: Inline) {
    switch inline {
    case .text(let text, let place):
      // An entity or an escape stands for another character than its own first.
      expect(String(text.unicodeScalars.prefix(1)).utf8.map { $0 }, orAny: "&\\", at: place)
    case .code(let text, let place):
      expect(text.utf8.prefix(1).map { $0 }, orAny: text.hasPrefix(" ") ? "\n" : "", at: place)
    case .value(let value):
      expect([UInt8(ascii: "=")], at: value.position)
      for run in value.runs { checkInside(run.position) }
    case .html(_, let place): expect([UInt8(ascii: "<")], at: place)
    case .emphasis(_, let place), .strong(_, let place): expect([], orAny: "*_", at: place)
    case .link(_, let place): expect([], orAny: "[<", at: place)
    case .image(_, let place): expect([UInt8(ascii: "!")], at: place)
    case .softBreak, .hardBreak: break
    }
    inline.children.forEach { check($0) }
  }

  mutating func checkInside(_ place: SourcePosition) {
    let width = source.range(ofLine: place.line).count
    guard place.line >= 1, place.line <= source.lineCount, place.column >= 1,
      place.column <= width + 1
    else {
      problems.append("\(place) is outside the file")
      return
    }
  }

  private mutating func expect(
    _ bytes: [UInt8],
    orAny others: String = "",
    at place: SourcePosition
  ) {
    count += 1
    checkInside(place)
    let line = source.bytes[source.range(ofLine: place.line)]
    let rest = line.dropFirst(place.column - 1)
    if !bytes.isEmpty, rest.starts(with: bytes) { return }
    if let first = rest.first ?? 0x0A as UInt8?, others.utf8.contains(first) { return }
    if bytes.isEmpty, others.isEmpty { return }
    let wanted = String(decoding: bytes, as: UTF8.self)
    problems.append(
      "\(place): '\(String(decoding: rest.prefix(12), as: UTF8.self))' is not '\(wanted)'"
    )
  }
}
