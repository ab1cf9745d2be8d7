import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// Cells that divide the training rows anew, as the program runs them.
@Suite struct CrossValidationOfANotebook {
  private static let folder = "Tests/Fixtures/watch"

  private func project() throws -> ProjectFolder {
    let text = String(
      decoding: try Repository.bytes("\(CrossValidationOfANotebook.folder)/watch.md"),
      as: UTF8.self
    )
    let folder = try ProjectFolder()
    try folder.write(text, to: "watch.md")
    try folder.write(Study.table, to: "data/people.csv")
    return folder
  }

  @Test(arguments: ["html", "json"])
  func rendersTheGoldenPage(form: String) throws {
    let folder = try project()
    let ending = try folder.colophon("run", "watch.md")
    #expect(ending.status == 0, "\(ending.error)")
    let name = "\(CrossValidationOfANotebook.folder)/watch.\(form)"
    let made = try folder.bytes("output/watch.\(form)")
    if Repository.isRecording {
      try Data(made).write(to: URL(filePath: "\(Repository.root)/\(name)"))
      Issue.record("recorded \(name)")
    }
    let kept = try #require(try? Repository.bytes(name), "\(name) is not in the repository")
    let place = zip(made, kept).enumerated().first { $1.0 != $1.1 }?.offset
    let isSame = made == kept
    #expect(isSame, "\(name) differs from byte \(place ?? min(made.count, kept.count))")
  }

  /// The template's result is not asked for: only its recipe and its data are.
  @Test func runsWithoutItsTemplate() throws {
    let folder = try project()
    let ending = try folder.colophon("run", "watch.md", "--only", "folds", "--progress", "json")
    #expect(ending.status == 0, "\(ending.error)")
    let reasons = ProgressEvent.reasons(in: ending.error)
    #expect(reasons["folds"]?.hasPrefix("ran") == true, "\(reasons)")
    #expect(reasons["trees"]?.hasPrefix("ran") != true)
  }

  @Test func runsAgainWhereTheTemplateChanges() throws {
    let folder = try project()
    try #require(try folder.colophon("run", "watch.md").status == 0)
    try folder.edit("watch.md", "max_depth: 4", "max_depth: 3")
    let ending = try folder.colophon("run", "watch.md", "--progress", "json")
    let ran = ProgressEvent.reasons(in: ending.error).filter { $0.value.hasPrefix("ran") }
    #expect(ran.keys.sorted() == ["folds", "trees"], "\(ran)")
    #expect(ran["folds"]?.contains("max_depth") == true, "\(ran)")
  }

  @Test func isKeptWhereNothingChanges() throws {
    let folder = try project()
    try #require(try folder.colophon("run", "watch.md").status == 0)
    #expect(try folder.colophon("run", "watch.md").output.contains("0 ran"))
  }

  @Test(arguments: [
    ("train: trees", "train: tress", "plan.unknown-cell"),
    ("train: trees", "train: people", "plan.wrong-kind"),
    ("train: trees", "train: folds", "plan.self-reference"),
    ("train: trees", "train: whole_regions", "plan.wrong-kind"),
  ])
  func findsATemplateThatIsNone(old: String, new: String, code: String) throws {
    let folder = try project()
    try folder.edit("watch.md", old, new)
    let ending = try folder.colophon("check", "watch.md", "--format", "json")
    #expect(ending.status == 2)
    let found = try #require(try Value(json: Array(ending.output.utf8))["diagnostics"]?.asArray)
    let errors = found.filter { $0["severity"] == "error" }
    #expect(errors.map { $0["code"]?.asString } == [code], "\(found)")
    #expect(errors.first?["column"] == .integer(8))
  }

  @Test func isVerified() throws {
    let folder = try project()
    try #require(try folder.colophon("run", "watch.md").status == 0)
    #expect(try folder.colophon("verify", "output/watch.html").status == 0)
  }
}
