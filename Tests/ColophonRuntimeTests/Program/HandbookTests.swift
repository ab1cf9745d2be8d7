import ColophonTestSupport
import Foundation
import Testing

/// The handbook's reports, rendered again: the same bytes as those that ship.
@Suite struct Handbook {
  static let names = (try? Repository.notebooks(in: "notebooks")) ?? []

  @Test func hasNotebooks() { #expect(!Handbook.names.isEmpty) }

  @Test(arguments: names)
  func isRenderedToTheSameBytes(name: String) throws {
    let folder = try ProjectFolder()
    try FileManager.default.copyItem(
      atPath: "\(Repository.root)/notebooks",
      toPath: folder["notebooks"]
    )
    let ending = try folder.colophon("run", "notebooks/\(name).md", "--progress", "json")
    #expect(ending.status == 0, "\(ending.error)")
    for file in ["output/\(name).html", "output/\(name).json"] {
      let made = try folder.bytes(file)
      if Repository.isRecording {
        try Data(made).write(to: URL(filePath: "\(Repository.root)/\(file)"))
        Issue.record("recorded \(file)")
      }
      let kept = try #require(try? Repository.bytes(file), "\(file) is not in the repository")
      let place = zip(made, kept).enumerated().first { $1.0 != $1.1 }?.offset
      // Compared beforehand: the difference of two long arrays takes minutes to be told.
      let isSame = made == kept
      #expect(isSame, "\(file) differs from byte \(place ?? min(made.count, kept.count))")
    }
  }

  @Test func hasNoReportWithoutItsNotebook() throws {
    let files =
      (try? FileManager.default.contentsOfDirectory(atPath: "\(Repository.root)/output")) ?? []
    let expected = Handbook.names.flatMap { ["\($0).html", "\($0).json"] }
    #expect(Set(files).isSubset(of: expected))
  }
}
