import ColophonCore
import ColophonRuntime
import ColophonTestSupport
import Testing

/// Checks damaged notebooks as a whole: nothing crashes, and every place lies within the file.
@Suite struct PreparedFuzzing {
  static let rounds = 10_000
  static let parts = 4

  /// The handbook and the notebooks that exercise the language, with the folder of their files.
  private static func corpus() throws -> [[UInt8]] {
    try ["notebooks", "Tests/Fixtures/notebooks"].flatMap { folder in
      try Repository.notebooks(in: folder).map { try Repository.bytes("\(folder)/\($0).md") }
    } + [Array(Study.notebook.utf8)]
  }

  @Test(arguments: 0..<parts)
  func neverCrashesAndStaysWithinTheFile(part: Int) throws {
    let mutation = NotebookMutation(corpus: try PreparedFuzzing.corpus())
    var random = RandomStream(root: 1, cell: "fuzz", purpose: "prepared", index: part)
    for round in 0..<PreparedFuzzing.rounds / PreparedFuzzing.parts {
      let bytes = mutation.next(&random)
      let prepared = Prepared(
        bytes: bytes,
        path: "f.md",
        name: "f.md",
        directory: "\(Repository.root)/notebooks",
        overrides: round % 2 == 0 ? [:] : ["rounds": "7"]
      )
      guard let problem = problem(of: prepared, bytes) else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      Issue.record("\(problem) in part \(part), round \(round): \(text.debugDescription)")
      return
    }
  }

  private func problem(of prepared: Prepared, _ bytes: [UInt8]) -> String? {
    for diagnostic in prepared.diagnostics {
      for place in [diagnostic.position] + diagnostic.notes.map({ $0.position }) {
        guard place.line >= 1, place.column >= 1, let line = prepared.sourceLine(at: place),
          place.column <= line.utf8.count + 1
        else { return "\(place) of [\(diagnostic.code)] is outside the file" }
      }
      if diagnostic.message.isEmpty { return "[\(diagnostic.code)] says nothing" }
      // A message may quote a file, but tells no folder of this machine.
      let text = diagnostic.text(sourceLine: prepared.sourceLine(at:))
      if text.contains(Repository.root) { return "a path of this machine in \(text)" }
    }
    if prepared.diagnostics != prepared.diagnostics.sorted() {
      return "the diagnostics are not sorted"
    }
    let names = Set(prepared.order)
    if prepared.isValid, names.count != prepared.cellCount { return "the order lacks a cell" }
    for name in names {
      if !names.isSuperset(of: prepared.needs(name)) { return "'\(name)' needs what is not there" }
      if !prepared.closure(of: [name]).contains(name) { return "'\(name)' is not in its closure" }
    }
    return nil
  }
}
