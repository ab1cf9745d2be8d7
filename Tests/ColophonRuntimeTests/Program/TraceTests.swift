import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// `colophon trace`: from results to data, from data to results; and what the store keeps for it.
@Suite struct Tracing {
  private func ran() throws -> ProjectFolder {
    let folder = try ProjectFolder.study(RegistryProgram.notebook)
    try #require(try folder.colophon("run", "study.md").status == 0)
    return folder
  }

  @Test func leadsFromAVersionBackToTheData() throws {
    let folder = try ran()
    let ending = try folder.colophon("trace", "leavers@champion")
    let lines = ending.output.split(separator: "\n").map { String($0) }
    #expect(lines.first == "alias leavers@champion", "\(ending.error)")
    #expect(lines.contains { $0.contains("version leavers@1") })
    #expect(lines.contains { $0.hasSuffix("(above)") })
    #expect(lines.contains { $0.contains("└─ file data/people.csv") })
    #expect(!ending.output.contains("trees"))
  }

  @Test(arguments: ["leavers@2", "output/study.html", "study.md:final"])
  func drawsAGraphForMermaid(reference: String) throws {
    let folder = try ran()
    let ending = try folder.colophon("trace", reference, "--format", "mermaid")
    #expect(ending.status == 0 && ending.output.hasPrefix("flowchart LR\n"), "\(ending.error)")
    // Every arrow joins two boxes that are there.
    let boxes = Set(
      ending.output.matches(of: #/\n  (n\d+)[\[\(\{>]/#).map { String($0.1) }
    )
    let arrows = ending.output.matches(of: #/(n\d+) --> (n\d+)/#)
    #expect(!arrows.isEmpty)
    for arrow in arrows {
      #expect(boxes.contains(String(arrow.1)) && boxes.contains(String(arrow.2)), "\(arrow.0)")
    }
    let json = try folder.colophon("trace", reference, "--format", "json")
    let value = try Value(json: json.output.utf8)
    #expect(value["nodes"]?.asArray?.count == boxes.count)
    #expect(value["edges"]?.asArray?.count == arrows.count)
  }

  @Test func findsAModelByItsDigits() throws {
    let folder = try ran()
    let list = try folder.colophon("registry", "list")
    let row = try #require(list.output.split(separator: "\n").last)
    let digits = String(try #require(row.split(separator: " ").last))
    let ending = try folder.colophon("trace", digits)
    #expect(ending.output.hasPrefix("model line"), "\(ending.output)\(ending.error)")
  }

  @Test(arguments: ["data/people.csv", "dataset:people", "people"])
  func reachesAllThatRestsOnTheData(data: String) throws {
    let folder = try ran()
    let ending = try folder.colophon("trace", "--descendants", data, "--format", "json")
    let value = try Value(json: ending.output.utf8)
    #expect(value["versions"]?.asArray?.map { $0["version"] } == [1, 2])
    #expect(value["aliases"] == ["leavers@champion"])
    let report = try #require(value["reports"]?.asArray?.first)
    #expect(report["report"] == "output/study.html")
    #expect(report["cells"]?.asArray?.contains("second") == true)
  }

  @Test func stopsAtWhatTheDataDidNotReach() throws {
    let folder = try ran()
    let ending = try folder.colophon("trace", "--descendants", "evaluate:simple")
    #expect(ending.output.contains("leavers@1") && !ending.output.contains("leavers@2"))
    let nothing = try folder.colophon("trace", "--descendants", "data/nobody.csv")
    #expect(nothing.status == 64 && nothing.error.contains("nothing descends from"))
  }

  @Test(arguments: ["leavers@9", "study.md:nobody", "nothing", "other.md:final"])
  func saysWhatIsNotThere(reference: String) throws {
    let ending = try ran().colophon("trace", reference)
    #expect(ending.status == 64 && ending.error.hasPrefix("error: "), "\(ending.error)")
  }

  /// A model that no recent run needs stays as long as a version of the registry rests on it.
  @Test func keepsWhatVersionsRestOn() throws {
    let folder = try ran()
    let (before, _) = try models(folder)
    // The notebook no longer makes the models, and is run again.
    try folder.write("# Empty\n\nNothing.\n", to: "study.md")
    try folder.colophon("run", "study.md")
    let collected = try folder.colophon("store", "gc")
    #expect(collected.output.hasPrefix("kept for 2 registry versions"), "\(collected.output)")
    let (after, comparison) = try models(folder)
    #expect(before == after && comparison.contains("test rows are answered otherwise"))
    let why = try folder.colophon("store", "gc", "--why", before[0])
    #expect(why.output.contains("→ model"), "\(why.output)")
    let none = try folder.colophon("store", "gc", "--why", "0123456789abcdef")
    #expect(none.output == "no registry version keeps it\n")
  }

  /// The digests of the versions' models, and what a comparison that needs their bytes says.
  private func models(_ folder: ProjectFolder) throws -> ([String], String) {
    let list = try folder.colophon("registry", "list", "--format", "json")
    let versions = try #require(try Value(json: list.output.utf8)["versions"]?.asArray)
    let compared = try folder.colophon("registry", "compare", "leavers@1", "leavers@2")
    return (versions.compactMap { $0["model"]?.asString }, compared.output)
  }

  @Test func carriesAVersionElsewhere() throws {
    let (one, two) = (try ran(), try ProjectFolder())
    try one.colophon("registry", "export", "leavers@2", "a.bundle")
    try Data(try one.bytes("a.bundle")).write(to: URL(filePath: two["a.bundle"]))
    let taken = try two.colophon("registry", "import", "a.bundle")
    #expect(taken.output == "leavers@2 of the file is leavers@1 here\n", "\(taken.error)")
    let again = try two.colophon("registry", "import", "a.bundle")
    #expect(again.output == "leavers@1 is the same version; nothing was to be done\n")
    try two.colophon("registry", "export", "leavers@1", "b.bundle")
    #expect(try two.bytes("b.bundle") == one.bytes("a.bundle"))
    let audit = try two.colophon("registry", "audit")
    #expect(audit.status == 0, "\(audit.output)")
    try two.write("{}", to: "bad.bundle")
    #expect(try two.colophon("registry", "import", "bad.bundle").status == 1)
  }

  @Test func asksForTheKeyOfARole() throws {
    let folder = try ran()
    let granted = try folder.colophon(
      "registry",
      "grant",
      "leavers",
      "operator",
      "ada",
      "--alias",
      "champion",
      "--new-key"
    )
    #expect(granted.status == 0, "\(granted.error)")
    let refused = try folder.colophon(
      "registry",
      "promote",
      "leavers@2",
      "--to",
      "champion",
      "--by",
      "bob"
    )
    #expect(refused.status == 1 && refused.error.contains("bob is no operator"), "\(refused.error)")
    let moved = try folder.colophon(
      "registry",
      "promote",
      "leavers@2",
      "--to",
      "champion",
      "--by",
      "ada"
    )
    #expect(moved.status == 0, "\(moved.error)")
    let audit = try folder.colophon("registry", "audit", "--events")
    #expect(audit.status == 0 && audit.output.contains("bob is no operator"), "\(audit.output)")
  }

  @Test func notesWithdrawnData() throws {
    let folder = try ran()
    let ending = try folder.colophon(
      "registry",
      "withdraw",
      "file:data/people.csv",
      "--why",
      "a person objected"
    )
    #expect(ending.output == "file:data/people.csv is withdrawn; 2 versions descend from it\n")
    let none = try folder.colophon("registry", "withdraw", "file:nothing", "--why", "x")
    #expect(none.status == 64)
  }
}
