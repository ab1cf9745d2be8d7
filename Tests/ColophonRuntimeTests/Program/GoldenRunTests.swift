import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// Notebooks whose values must stay as they are: the folders of Tests/Fixtures/golden, each with a
/// `notebook.md`, its data, and the values of every cell in `values.json`.
@Suite struct GoldenRuns {
  private static let root = "\(Repository.root)/Tests/Fixtures/golden"
  static let names =
    ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).sorted()

  @Test func hasFolders() { #expect(!GoldenRuns.names.isEmpty) }

  @Test(arguments: names)
  func yieldTheSameValues(name: String) throws {
    let folder = try ProjectFolder()
    try FileManager.default.copyItem(
      atPath: "\(GoldenRuns.root)/\(name)",
      toPath: folder["run"]
    )
    let ending = try folder.colophon("run", "run/notebook.md", "--progress", "json")
    #expect(ending.status == 0, "\(ending.error)")
    let report = try Value(json: folder.bytes("output/notebook.json"))
    let cells = try #require(report["cells"]?.asArray).map { cell in
      Value.array([cell["name"] ?? .null, cell["values"] ?? .null, cell["advice"] ?? .null])
    }
    let made = Value.array(cells).canonicalBytes + [UInt8(ascii: "\n")]
    let file = "Tests/Fixtures/golden/\(name)/values.json"
    if Repository.isRecording {
      try Data(made).write(to: URL(filePath: "\(Repository.root)/\(file)"))
      Issue.record("recorded \(file)")
    }
    let kept = try #require(try? Repository.bytes(file), "\(file) is not in the repository")
    let difference = try Value(json: made).firstDifference(from: Value(json: kept))
    let isSame = made == kept
    #expect(isSame, "\(difference.debugDescription)")
  }
}
