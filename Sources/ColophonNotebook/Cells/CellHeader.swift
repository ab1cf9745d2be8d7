import ColophonCore

/// The info string of a cell: `yaml KIND NAME`, and flags.
struct CellHeader {
  var kind: Located<String>
  var name: Located<String>
  var display = Cell.Display.fold
  var isSkipped = false
  /// Whether kind and name are sound.
  var isSound = true

  static let flags = Cell.Display.allCases.map { $0.rawValue } + ["skip"]

  /// The words of a line from an offset on, each with its place.
  static func words(_ text: SourceText, line: Int, from offset: Int) -> [Located<String>] {
    let end = text.range(ofLine: line).upperBound
    var words: [Located<String>] = []
    var i = offset
    while i < end {
      guard text.bytes[i] != 0x20, text.bytes[i] != 0x09 else {
        i += 1
        continue
      }
      let start = i
      while i < end, text.bytes[i] != 0x20, text.bytes[i] != 0x09 { i += 1 }
      let word = String(decoding: text.bytes[start..<i], as: UTF8.self)
      words.append(Located(word, at: text.position(line: line, offset: start)))
    }
    return words
  }

  /// Reads a fence's words; nil for an ordinary listing, and for a cell that has no name.
  static func read(
    _ words: [Located<String>],
    kinds: [String],
    at fence: SourcePosition,
    diagnostics: inout [Diagnostic]
  ) -> CellHeader? {
    guard words.count >= 2, words[0].value == "yaml" else { return nil }
    let kind = words[1]
    let isKnown = kinds.contains(kind.value)
    if !isKnown { diagnostics.append(.unknownKind(kind, known: kinds)) }
    guard words.count >= 3 else {
      if isKnown { diagnostics.append(.missingName(of: kind)) }
      return nil
    }
    var header = CellHeader(kind: kind, name: words[2], isSound: isKnown)
    if !isName(header.name.value) {
      diagnostics.append(.invalidName(header.name))
      header.isSound = false
    }
    for flag in words.dropFirst(3) { header.take(flag, &diagnostics) }
    return header
  }

  private mutating func take(_ flag: Located<String>, _ diagnostics: inout [Diagnostic]) {
    if flag.value == "skip" {
      isSkipped = true
    } else if let display = Cell.Display(rawValue: flag.value) {
      self.display = display
    } else {
      diagnostics.append(.unknownFlag(flag, known: CellHeader.flags))
    }
  }

  /// Whether a word matches `[a-z][a-z0-9_]*`.
  static func isName(_ word: String) -> Bool {
    guard let first = word.utf8.first, (0x61...0x7A).contains(first) else { return false }
    return word.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
    }
  }
}
