import ColophonCore
import Yams

/// A parser gives up at the first mistake; the entries after it are looked at one by one.
extension YAMLReader {
  /// How many further mistakes of one text are reported.
  static let laterMistakes = 20

  /// What is wrong in the top-level entries that start after the line of a mistake.
  ///
  /// Each is parsed with all else blank, so that places stay the file's own. An entry that is only
  /// wrong because of what stands around it is not told twice.
  func laterProblems(after position: SourcePosition) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for entry in laterEntries(after: position.line) where found.count < YAMLReader.laterMistakes {
      var bytes = text.bytes
      for i in bytes.indices where !entry.contains(i) && bytes[i] != 0x0A { bytes[i] = 0x20 }
      let yaml = String(decoding: bytes, as: UTF8.self)
      do {
        let parser = try Parser(yaml: yaml, resolver: .basic, encoding: .utf8)
        _ = try withExtendedLifetime(parser) { try parser.singleRoot() }
      } catch let error as YamlError {
        if YAMLReader.isSyntax(error) {
          found.append(YAMLProblem(error, in: text, marks: MarkCursor(text.bytes)).diagnostic)
        }
      } catch {
        continue
      }
    }
    return found
  }

  /// A mistake of the text itself: an alias of another entry's anchor is none.
  private static func isSyntax(_ error: YamlError) -> Bool {
    switch error {
    case .scanner, .parser: true
    default: false
    }
  }

  /// The byte ranges of the entries that begin in the text's first column, after a line of the file.
  private func laterEntries(after line: Int) -> [Range<Int>] {
    var starts: [Int] = []
    var i = 0
    while i < text.bytes.count {
      let end = text.lineEnd(at: i)
      if !" \t\n#}]".utf8.contains(text.bytes[i]) { starts.append(i) }
      i = end + 1
    }
    let ends = starts.dropFirst() + [text.bytes.count]
    return zip(starts, ends).compactMap { start, end in
      text.position(at: start).line > line ? start..<end : nil
    }
  }
}
