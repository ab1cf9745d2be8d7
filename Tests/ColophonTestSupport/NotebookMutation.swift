package import ColophonCore

/// Damages the text of notebooks, for tests that anything may be given to the program.
package struct NotebookMutation: Sendable {
  /// The notebooks that pieces are taken from.
  private let corpus: [[UInt8]]
  /// The words of all of them: keys, names, numbers.
  private let words: [ArraySlice<UInt8>]
  private let lines: [ArraySlice<UInt8>]

  package init(corpus: [[UInt8]]) {
    self.corpus = corpus
    words = corpus.flatMap { $0.split { !NotebookMutation.isWord($0) } }
    lines = corpus.flatMap { $0.split(separator: UInt8(ascii: "\n")) }
  }

  /// What has broken readers before, and values at the edges of what a field may hold.
  private static let splices: [[UInt8]] =
    [
      "```yaml train x\n", "```yaml dataset\n", "```\n", "---\n", "\n", "\t", "  ", "> ", "- ", "|",
      "`= a.b | .2f`", "${", "${rounds}", "*", "&a ", "*a", "<<: *a\n", "!!str ", "? ", ": ", "{",
      "}",
      "[", "]", "\"", "'", "|\n", "\r\n", "\u{FEFF}", "\u{2028}", "é", "😀", "#", "%", "0", "-1",
      "1e999",
      "9223372036854775807", "-9223372036854775808", "18446744073709551615", "1e-320", ".inf",
      ".nan",
      "null", "~", "true", "''", "0x7F", "0o17", "1_000", "seed: 99999999999999999999\n",
      "when: x.y > 0\n",
      "tolerance: {a: -1}\n", "caption: [a]\n", "split: {train: 1, test: 0}\n", "steps: []\n",
    ].map { Array($0.utf8) } + [[0x00], [0xFF], [0xC3], [0xE2, 0x82]]

  /// A notebook of the corpus with a few faults in it.
  package func next(_ random: inout RandomStream) -> [UInt8] {
    var bytes = corpus[random.integer(below: corpus.count)]
    for _ in 0..<1 + random.integer(below: 5) { damage(&bytes, &random) }
    return bytes
  }

  private func damage(_ bytes: inout [UInt8], _ random: inout RandomStream) {
    let place = random.integer(below: bytes.count + 1)
    switch random.integer(below: 8) {
    case 0, 1:
      let piece = NotebookMutation.splices[random.integer(below: NotebookMutation.splices.count)]
      bytes.insert(contentsOf: piece, at: place)
    case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.integer(below: 40)))
    case 3, 4: replaceWord(at: place, in: &bytes, &random)
    case 5: bytes.insert(contentsOf: lines[random.integer(below: lines.count)] + [10], at: place)
    case 6:
      // A line twice, or lines from elsewhere in the same notebook.
      let end = min(bytes.count, place + random.integer(below: 200))
      bytes.insert(contentsOf: bytes[place..<end], at: random.integer(below: bytes.count + 1))
    default: if place < bytes.count { bytes[place] = UInt8(random.integer(below: 256)) }
    }
  }

  private func replaceWord(at place: Int, in bytes: inout [UInt8], _ random: inout RandomStream) {
    guard let start = bytes[place...].firstIndex(where: { NotebookMutation.isWord($0) }) else {
      return
    }
    let end = bytes[start...].firstIndex { !NotebookMutation.isWord($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: words[random.integer(below: words.count)])
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
