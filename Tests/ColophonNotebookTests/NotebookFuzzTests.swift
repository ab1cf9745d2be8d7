import ColophonCore
import ColophonNotebook
import Testing

/// Reads mutated notebooks: nothing crashes, and every place lies within the file.
@Suite struct NotebookFuzzing {
  static let rounds = 10_000

  /// Pieces that have broken parsers before.
  static let splices: [[UInt8]] =
    [
      "```yaml train x\n", "```\n", "~~~", "---\n", "\n", "\t", "  ", "> ", "- ", "1. ", "|",
      "|---|\n",
      "[a]: b\n", "[", "](", "![", "`", "`= a.b | .2f`", "${", "${rounds}", "$${", "*", "&a ", "*a",
      "<<: *a\n", "!!str ", "? ", ": ", "{", "}", "\"", "'", "|\n", ">-\n", "\\", "\\u00e9",
      "&amp;",
      "<b>", "<!--", "\r", "\r\n", "\u{FEFF}", "\u{2028}", "\u{85}", "\u{E000}", "é", "😀", "#", "%",
      "@", "seed: 99999999999999999999\n", ".inf", "===\n", "    ",
    ].map { Array($0.utf8) } + [[0x00], [0xFF], [0xC3], [0xE2, 0x82], [0x01]]

  static func mutate(_ bytes: [UInt8], _ random: inout RandomStream) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<1 + random.integer(below: 6) {
      let place = random.integer(below: bytes.count + 1)
      switch random.integer(below: 6) {
      case 0, 1, 2:
        bytes.insert(contentsOf: splices[random.integer(below: splices.count)], at: place)
      case 3:
        bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.integer(below: 40)))
      case 4:
        let end = min(bytes.count, place + random.integer(below: 200))
        bytes.insert(contentsOf: bytes[place..<end], at: random.integer(below: bytes.count + 1))
      default: if place < bytes.count { bytes[place] = UInt8(random.integer(below: 256)) }
      }
    }
    return bytes
  }

  @Test(arguments: 0..<8)
  func neverCrashesAndStaysWithinTheFile(part: Int) throws {
    var random = RandomStream(root: 1, cell: "fuzz", purpose: "notebook", index: part)
    let corpus = try Fixtures.names(in: "notebooks").filter { $0.hasSuffix(".md") }
      .map { try Fixtures.bytes("notebooks/\($0)") }
    let spec = try Example.all().map { Array($0.markdown.utf8) }
    for round in 0..<Self.rounds / 8 {
      let isSpec = round % 3 == 0
      let sources = isSpec ? spec : corpus
      let bytes = Self.mutate(sources[random.integer(below: sources.count)], &random)
      let read = NotebookParser.parse(
        bytes: bytes,
        path: "f.md",
        kinds: kinds,
        overrides: ["rounds": "7"]
      )
      let problems = problems(of: read.notebook, read.diagnostics)
      if !problems.isEmpty {
        let text = String(decoding: bytes, as: UTF8.self)
        Issue.record(
          "\(problems.prefix(3)) in part \(part), round \(round): \(text.debugDescription)"
        )
        return
      }
    }
  }

  private func problems(of notebook: Notebook, _ diagnostics: [Diagnostic]) -> [String] {
    var checker = PlaceChecker(notebook.source)
    for diagnostic in diagnostics {
      checker.checkInside(diagnostic.position)
      for note in diagnostic.notes { checker.checkInside(note.position) }
      // Printing must hold as well.
      _ = diagnostic.text(sourceLine: notebook.sourceLine)
    }
    if !checker.problems.isEmpty { return ["in diagnostics: \(checker.problems)"] }
    for cell in notebook.cells {
      checker.checkInside(cell.start)
      checker.checkInside(cell.end)
      check(cell.config, &checker)
      if !checker.problems.isEmpty { return ["in \(cell): \(checker.problems)"] }
    }
    checker.check(notebook.blocks)
    let isSorted = zip(diagnostics, diagnostics.dropFirst()).allSatisfy { $0 < $1 || $0 == $1 }
    return checker.problems + (isSorted ? [] : ["the diagnostics are not sorted"])
  }

  private func check(_ node: Node, _ checker: inout PlaceChecker) {
    checker.checkInside(node.position)
    for run in node.runs { checker.checkInside(run.position) }
    for entry in node.entries ?? [] {
      checker.checkInside(entry.keyPosition)
      check(entry.value, &checker)
    }
    for item in node.items ?? [] { check(item, &checker) }
  }
}
