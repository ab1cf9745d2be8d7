import ColophonReport
import Foundation
import Testing

@Suite struct GoldenPages {
  static var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden")
  }

  @Test(arguments: SamplePages.all.map { $0.name })
  func areTheSameBytes(name: String) throws {
    let content = try #require(SamplePages.all.first { $0.name == name }).content
    let file = GoldenPages.folder.appending(path: "\(name).html")
    let bytes = Page.render(content)
    if ProcessInfo.processInfo.environment["COLOPHON_RECORD"] == "1" {
      try Data(bytes).write(to: file)
      Issue.record("recorded \(name).html")
    }
    #expect(try Data(contentsOf: file) == Data(bytes), "\(name).html differs")
  }

  @Test func haveNoFileWithoutAPage() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: GoldenPages.folder.path)
    #expect(files.sorted() == SamplePages.all.map { "\($0.name).html" }.sorted())
  }
}
