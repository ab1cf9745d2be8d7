import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// `colophon registry` as people use it at a terminal: what they read, who may do what, and two
/// registries that become one.
@Suite struct RegistryAtATerminal {
  private func ran() throws -> ProjectFolder {
    let folder = try ProjectFolder.study(RegistryProgram.notebook)
    let ending = try folder.colophon("run", "study.md", "--progress", "json")
    try #require(ending.status == 0, "\(ending.error)")
    return folder
  }

  private func json(_ folder: ProjectFolder, _ arguments: String...) throws -> (Int32?, Value) {
    let ending = try folder.runner().run(["registry"] + arguments + ["--format", "json"])
    return (ending.status, try Value(json: ending.output.utf8))
  }

  @Test func showsListsAndComparesTheEvidence() throws {
    let folder = try ran()
    let show = try folder.colophon("registry", "show", "leavers@1")
    let lines = show.output.split(separator: "\n").map(String.init)
    let place = try #require(lines.firstIndex(of: "metrics"))
    let area = try #require(lines[place...].first { $0.hasPrefix("  simple  roc_auc") })
    // The number and both ends of its interval.
    #expect(area.contains("[0.") && area.hasSuffix("]"), "\(area)")
    let list = try folder.colophon("registry", "list", "roc_auc > 0 and alias = champion")
    #expect(list.output.hasPrefix("version    status    aliases   model     roc_auc\n"))
    #expect(list.output.contains("leavers@1  Approved  champion"))
    let typo = try folder.colophon("registry", "list", "rocauc > 0")
    #expect(typo.output == "no version\n" && typo.status == 0)
    #expect(typo.error == "hint: no version has a value 'rocauc'; did you mean 'roc_auc'?\n")
    let compare = try folder.colophon("registry", "compare", "leavers@1", "leavers@2")
    for title in [
      "data", "configuration", "parameters", "engine", "card", "metrics", "predictions",
    ] {
      #expect(compare.output.contains("\n\(title)\n"), "\(title) in \(compare.output)")
    }
    let (_, value) = try json(folder, "compare", "leavers@1", "leavers@2")
    let metric = try #require(value["metrics"]?.asArray?.first { $0["path"] == "roc_auc" })
    #expect(metric["was_interval"]?.asArray?.count == 2 && metric["apart"] != nil)
    #expect(value["predictions"]?["rows"]?.asInteger ?? 0 > 0)
  }

  /// Roles by keys, as people take them up at a terminal.
  @Test func tellsWhoHoldsWhichRole() throws {
    let folder = try ran()
    let missing = try folder.colophon("registry", "grant", "leavers", "operator", "carol")
    #expect(missing.status == 64 && missing.error.contains("carol has no key"))
    #expect(missing.error.contains("hint: make a pair with --new-key"))
    let granted = try folder.runner().run(
      ["registry", "grant", "leavers", "operator", "carol", "--alias", "champion", "--new-key"]
    )
    #expect(granted.status == 0, "\(granted.error)")
    try folder.colophon("registry", "rule", "leavers", "--separate-approver", "on")
    let refused = try folder.runner().run(
      ["registry", "promote", "leavers@2", "--to", "champion", "--by", "bob"]
    )
    #expect(refused.status == 1 && refused.error.contains("hint: it takes the key of carol"))
    let moved = try folder.runner().run(
      ["registry", "promote", "leavers@2", "--to", "champion", "--by", "carol"]
    )
    #expect(moved.status == 0, "\(moved.error)")
    let show = try folder.colophon("registry", "show", "leavers")
    #expect(show.output.contains("operator  of champion  carol  key "), "\(show.output)")
    #expect(show.output.contains("the approver must be another than the registrant"))
    let audit = try folder.colophon("registry", "audit", "--events")
    #expect(audit.status == 0, "\(audit.output)")
    // The refused move left its trace, the taken one its key.
    #expect(audit.output.contains("bob is no operator of the alias 'champion'"))
    #expect(audit.output.contains("carol, key "))
    let wrong = try folder.runner().run(
      ["registry", "revoke", "leavers", "operator", "0000", "--alias", "champion", "--why", "x"]
    )
    #expect(wrong.status == 64 && wrong.error.contains("the key '0000' is no operator"))
  }

  @Test func mergesAnotherRegistryWhole() throws {
    let (one, two) = (try ran(), try ran())
    try two.edit("study.md", "limitations: Only for a test.", "limitations: Another.")
    let again = try two.colophon("run", "study.md")
    try #require(again.status == 0, "\(again.error)")
    let other = two[".colophon/registry.sqlite"]
    let merged = try one.colophon("registry", "import", other, "--by", "dan")
    // The first two are the same versions by content; only the third is new here, and waits.
    #expect(
      merged.output == """
        leavers@1 is the same version; nothing was to be done
        leavers@2 is the same version; nothing was to be done
        leavers@3 of the file is leavers@3 here

        """,
      "\(merged.error)"
    )
    let (_, show) = try json(one, "show", "leavers@3")
    #expect(show["status"] == "PendingManualApproval")
    // What was taken in once is known.
    let (_, second) = try json(one, "import", other)
    #expect(second["versions"]?.asArray?.allSatisfy { $0["new"] == false } == true)
    // Merged the other way, both know the same contents.
    let back = try two.colophon("registry", "import", one[".colophon/registry.sqlite"])
    #expect(!back.output.contains(" here\n"), "\(back.output)")
    for folder in [one, two] {
      let audit = try folder.colophon("registry", "audit")
      #expect(audit.status == 0, "\(audit.output)")
    }
  }
}
