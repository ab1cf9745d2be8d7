import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// Register cells and `colophon registry`, from the notebook to the audit.
@Suite struct RegistryProgram {
  /// The study with a model registered, and a second one that must beat the first.
  static let notebook =
    Study.notebook.replacing("```yaml plot ages", with: releases + "```yaml plot ages")

  static let releases = """
    ```yaml evaluate simple
    model: line
    split: test
    confidence: {method: bootstrap, level: 0.95, resamples: 200}
    ```

    ```yaml register first
    model: line
    group: leavers
    evaluation: [simple]
    description: A straight line.
    approve_if:
    - simple.ci.roc_auc.low > 0.4
    alias: champion
    ```

    ```yaml register second
    model: trees
    group: leavers
    evaluation: [final]
    limitations: Only for a test.
    reject_if:
    - final.ci.roc_auc.high < 0.4
    approve_if:
    - final.ci.roc_auc.low > 0.4
    - champion.version is missing or final.roc_auc > champion.roc_auc - 0.5
    ```

    The line is version `= first.version`, the trees are `= second.version` (`= second.status`)
    beside version `= second.champion.version`.


    """

  private func ran(_ text: String = notebook) throws -> ProjectFolder {
    let folder = try ProjectFolder.study(text)
    let ending = try folder.colophon("run", "study.md", "--progress", "json")
    try #require(ending.status == 0, "\(ending.error)")
    return folder
  }

  private func json(_ folder: ProjectFolder, _ arguments: String...) throws -> (Int32?, Value) {
    let ending = try folder.runner().run(["registry"] + arguments + ["--format", "json"])
    let value = try Value(json: ending.output.utf8)
    return (ending.status, value)
  }

  @Test func registersWhatTheNotebookSays() throws {
    let folder = try ran()
    let (status, list) = try json(folder, "list")
    #expect(status == 0)
    let versions = try #require(list["versions"]?.asArray)
    #expect(versions.map { $0["version"] } == [2, 1])
    #expect(versions.map { $0["status"] } == ["Approved", "Approved"])
    #expect(versions[1]["aliases"] == ["champion"] && versions[0]["aliases"] == [])
    let (_, show) = try json(folder, "show", "leavers@2")
    #expect(show["decision"]?["champion"]?["version"] == 1)
    #expect(show["content"]?["card"]?["limitations"] == "Only for a test.")
    let report = try Value(json: folder.bytes("output/study.json"))
    let cell = try #require(
      report["cells"]?.asArray?.first { $0["name"] == "second" }?["values"]
    )
    #expect(cell["version"] == 2 && cell["champion"]?["version"] == 1)
    #expect(cell["held"] == 2 && cell["total"] == 3)
    #expect(cell["champion"]?["values"]?["roc_auc"] != nil)
    let audit = try folder.colophon("registry", "audit")
    #expect(audit.status == 0 && audit.output.hasPrefix("the journal is whole: 5 events"))
  }

  /// The same bytes again, whatever has happened in the registry since, and no new event.
  @Test func saysTheSameInEveryLaterRun() throws {
    let folder = try ran()
    let page = try folder.bytes("output/study.html")
    try folder.colophon("registry", "promote", "leavers@2", "--to", "champion")
    try folder.colophon("registry", "retire", "leavers@1", "--why", "old")
    let (_, before) = try json(folder, "audit")
    for arguments in [[], ["--fresh"], ["--jobs", "4"]] {
      let ending = try folder.runner().run(["run", "study.md"] + arguments)
      #expect(ending.status == 0, "\(ending.error)")
      #expect(try folder.bytes("output/study.html") == page, "\(arguments)")
    }
    let (_, after) = try json(folder, "audit")
    #expect(before == after)
  }

  /// In a clean clone, at another time and by another hand, the report is the same.
  @Test func makesTheSameReportInACleanProject() throws {
    let (one, two) = (try ran(), try ran())
    #expect(try one.bytes("output/study.html") == two.bytes("output/study.html"))
    #expect(try one.bytes("output/study.json") == two.bytes("output/study.json"))
    let tails = try [one, two].map { try json($0, "audit").1["head"] }
    #expect(tails[0] != tails[1])
  }

  @Test func isRegisteredAgainWhereTheRegistryIsGone() throws {
    let folder = try ran()
    let page = try folder.bytes("output/study.html")
    for name in try folder.files(in: ".colophon") where name.hasPrefix("registry.sqlite") {
      try folder.remove(".colophon/\(name)")
    }
    let ending = try folder.colophon("run", "study.md", "--progress", "json")
    let reasons = ProgressEvent.reasons(in: ending.error + ending.output)
    #expect(reasons["first"] == "ran: the registry does not hold the version", "\(reasons)")
    #expect(reasons["trees"]?.hasPrefix("kept") == true)
    #expect(try folder.bytes("output/study.html") == page)
  }

  @Test func isVerifiedWithoutTheRegistry() throws {
    let folder = try ran()
    try folder.remove(".colophon")
    let ending = try folder.colophon("verify", "output/study.html", "--quiet")
    #expect(ending.status == 0, "\(ending.output)")
    #expect(ending.output.contains("identical  second"))
    #expect(try !folder.exists(".colophon/registry.sqlite"))
  }

  @Test func appendsTheVerdictOfASecondRun() throws {
    let folder = try ran()
    let ending = try folder.colophon("registry", "verify", "leavers@2", "--quiet")
    #expect(ending.status == 0, "\(ending.output)\(ending.error)")
    #expect(ending.output.hasSuffix("leavers@2: identical\n"), "\(ending.output)")
    // One digit of the data is another result, found where it enters.
    let row = try #require(Study.table.split(separator: "\n").dropFirst(5).first)
    try folder.edit("data/people.csv", "\n\(row)\n", "\n99\(row.dropFirst(2))\n")
    let other = try folder.colophon("registry", "verify", "leavers@2", "--quiet")
    #expect(other.status == 1)
    #expect(other.output.hasSuffix("leavers@2: different at people\n"), "\(other.output)")
    let (_, show) = try json(folder, "show", "leavers@2")
    let verdicts = try #require(show["events"]?.asArray).filter { $0["kind"] == "verified" }
    #expect(verdicts.map { $0["new"] } == ["identical", "different at people"])
  }

  @Test func movesAndTellsWhoLost() throws {
    let folder = try ran()
    let moved = try folder.colophon(
      "registry",
      "promote",
      "leavers@2",
      "--to",
      "champion",
      "--expect",
      "1",
      "--by",
      "ada"
    )
    #expect(moved.output == "leavers champion: leavers@1 → leavers@2\n", "\(moved.error)")
    let (status, lost) = try json(
      folder,
      "promote",
      "leavers@1",
      "--to",
      "champion",
      "--expect",
      "1"
    )
    #expect(status == 1 && lost["refused"] == "stale" && lost["current"] == "2")
    let back = try folder.colophon(
      "registry",
      "rollback",
      "leavers",
      "--alias",
      "champion",
      "--why",
      "more complaints"
    )
    #expect(back.output == "leavers champion: leavers@2 → leavers@1\n", "\(back.error)")
    let audit = try folder.colophon("registry", "audit", "--events")
    #expect(audit.output.contains("more complaints") && audit.output.contains("ada"))
    let day = try folder.colophon("registry", "audit", "--at", "2020-01-01")
    #expect(day.output.hasSuffix("nothing was registered\n"))
  }

  @Test(arguments: [
    (["show", "leaver"], 64, "did you mean 'leavers'?"),
    (["show", "leavers@9"], 64, "versions go from 1 to 2"),
    (["list", "status = Aproved"], 64, "did you mean 'Approved'?"),
    (["approve", "leavers@1", "--why", "x"], 1, "legal now: reject, retire"),
    (["approve", "leavers@1"], 64, "--why"), (["audit", "--at", "soon"], 64, "is no date"),
    (["retire", "leavers@1", "--why", "x"], 1, "move the alias first"),
    (["rollback", "leavers", "--alias", "champion", "--why", "x"], 1, "pointed nowhere before"),
  ])
  func saysWhatIsWrong(arguments: [String], status: Int32, words: String) throws {
    let folder = try ran()
    let ending = try folder.runner().run(["registry"] + arguments)
    #expect(ending.status == status, "\(ending.error)")
    #expect(ending.error.contains(words), "\(ending.error)")
  }

  @Test func endsWithFourWhereTheJournalWasEdited() throws {
    let folder = try ran()
    var bytes = try folder.bytes(".colophon/registry.sqlite")
    let name = Array("leavers".utf8)
    let place = try #require(
      bytes.indices.last { bytes[$0...].starts(with: name) }
    )
    bytes[place] = UInt8(ascii: "b")
    try Data(bytes).write(to: URL(filePath: folder[".colophon/registry.sqlite"]))
    let ending = try folder.colophon("registry", "audit")
    #expect(ending.status == 4, "\(ending.output)")
  }

  @Test func isWitnessedByReports() throws {
    let folder = try ran()
    for name in try folder.files(in: ".colophon") where name.hasPrefix("registry.sqlite") {
      try folder.remove(".colophon/\(name)")
    }
    // Another registry in its place, which knows only the first model.
    let text = Self.notebook.replacing("evaluation: [simple]", with: "evaluation: [simple, final]")
    try folder.write(text, to: "other.md")
    try folder.colophon("run", "other.md", "-o", "elsewhere")
    let ending = try folder.colophon("registry", "audit")
    #expect(ending.status == 4)
    #expect(ending.output.contains("study.json: it witnessed leavers@1"), "\(ending.output)")
  }

  @Test func advisesAgainstLuckAndAgainstNoEvidence() throws {
    let text = Self.notebook
      .replacing("- simple.ci.roc_auc.low > 0.4", with: "- simple.roc_auc > 0.4")
      .replacing("evaluation: [final]\nlimit", with: "evaluation: [ages]\nlimit")
    let folder = try ProjectFolder.study(text)
    let ending = try folder.colophon("check", "study.md")
    #expect(ending.error.contains("register.one-run"), "\(ending.error)")
    #expect(ending.error.contains("register.no-evaluation"))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("simple.roc_auc > 0.4") }) + 1
    #expect(ending.error.contains("study.md:\(line):3: advice"), "\(ending.error)")
  }

  @Test func saysThatThereIsNoChampionYet() throws {
    let text = Self.notebook
      .replacing("champion.version is missing or ", with: "")
      .replacing("\nalias: champion", with: "")
    let folder = try ProjectFolder.study(text)
    let ending = try folder.colophon("run", "study.md")
    #expect(ending.status == 3)
    #expect(ending.error.contains("the group has no champion yet"), "\(ending.error)")
    // What failed left nothing behind.
    let (_, list) = try json(folder, "list")
    #expect(list["versions"]?.asArray?.count == 1)
  }

  @Test func waitsWithoutAGate() throws {
    let text = Self.notebook.replacing(
      "approve_if:\n- simple.ci.roc_auc.low > 0.4\n",
      with: ""
    ).replacing(
      "- champion.version is missing or final.roc_auc > champion.roc_auc - 0.5\n",
      with: ""
    ).replacing("\nbeside version `= second.champion.version`", with: "")
    let folder = try ran(text)
    let (_, show) = try json(folder, "show", "leavers@1")
    #expect(show["status"] == "PendingManualApproval" && show["aliases"] == [])
    let ending = try folder.colophon(
      "registry",
      "approve",
      "leavers@1",
      "--why",
      "looked at",
      "--by",
      "bob"
    )
    #expect(ending.output == "leavers@1 is Approved\n")
  }
}
