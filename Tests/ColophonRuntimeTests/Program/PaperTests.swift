import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// Documents, cards and signatures as the program writes them, from a notebook to the files.
@Suite struct Papers {
  private func ran() throws -> ProjectFolder {
    let folder = try ProjectFolder.study(RegistryProgram.notebook)
    try #require(try folder.colophon("run", "study.md").status == 0)
    return folder
  }

  @Test func ofEveryStandardAreWritten() throws {
    let folder = try ran()
    let references = ["leavers@2", "output/study.html", "study.md:final"]
    for format in ["prov", "rocrate", "openlineage", "intoto"] {
      for reference in references {
        let ending = try folder.colophon("trace", reference, "--format", format)
        #expect(ending.status == 0, "\(format) \(reference): \(ending.error)")
        for line in format == "openlineage" || format == "intoto"
          ? ending.output.split(separator: "\n") : [ending.output[...]]
        {
          #expect(throws: Never.self, "\(format) \(reference)") { try Value(json: line.utf8) }
        }
        // Nothing of this machine enters a document.
        #expect(!ending.output.contains(folder.path), "\(format) \(reference)")
      }
    }
    let croissant = try folder.colophon("trace", "study.md:people", "--format", "croissant")
    #expect(croissant.status == 0, "\(croissant.error)")
    let unknown = try folder.colophon("trace", "leavers@2", "--format", "croisant")
    #expect(unknown.status == 64 && unknown.error.contains("croissant"))
  }

  /// The time is the run log's or the journal's; said by hand, the same bytes come out anywhere.
  @Test func areTheSameBytesAtTheSameMoment() throws {
    let folder = try ran()
    let one = ["trace", "output/study.html", "--format", "rocrate", "--at", "2026-11-28T14:05"]
    let first = try folder.runner().run(one)
    #expect(first.output.contains("2026-11-28T14:05:00.000Z"))
    try folder.remove(".colophon")
    let second = try folder.runner().run(one)
    #expect(second.output == first.output)
    let unsaid = try folder.colophon("trace", "output/study.html", "--format", "rocrate")
    #expect(unsaid.status == 64 && unsaid.error.contains("--at"))
  }

  @Test func aCrateHoldsWhatTheRunReadAndMade() throws {
    let folder = try ran()
    let ending = try folder.colophon(
      "trace",
      "output/study.html",
      "--format",
      "rocrate",
      "-o",
      "crate"
    )
    #expect(ending.status == 0, "\(ending.error)")
    #expect(try folder.bytes("crate/study.md") == folder.bytes("study.md"))
    #expect(try folder.bytes("crate/data/people.csv") == folder.bytes("data/people.csv"))
    #expect(try folder.bytes("crate/output/study.html") == folder.bytes("output/study.html"))
    let metadata = try Value(json: folder.bytes("crate/ro-crate-metadata.json"))
    let graph = metadata["@graph"]?.asArray ?? []
    let parts = graph.first { $0["@id"]?.asString == "./" }?["hasPart"]?.asArray ?? []
    for part in parts.compactMap({ $0["@id"]?.asString }) {
      #expect(folder.exists("crate/\(part)"), "\(part)")
    }
    #expect(parts.contains { $0["@id"]?.asString?.hasPrefix("models/") == true })
    // A file that was changed since is no longer what the run read.
    try folder.write("age,left\n1,no\n", to: "data/people.csv")
    let later = try folder.colophon(
      "trace",
      "output/study.html",
      "--format",
      "rocrate",
      "-o",
      "later"
    )
    #expect(later.error.contains("data/people.csv is not there any more"))
    #expect(!folder.exists("later/data/people.csv"))
  }

  @Test func aCardIsAPageAndFourFormats() throws {
    let folder = try ran()
    let page = try folder.colophon("registry", "card", "leavers@champion")
    #expect(page.output == "wrote output/leavers-1-card.html\n", "\(page.error)")
    let html = try folder.text("output/leavers-1-card.html")
    for words in [
      "leavers@1", "A straight line.", "simple.ci.roc_auc.low &gt; 0.4", "Approved", "champion",
    ] { #expect(html.contains(words), "\(words)") }
    // It speaks of the other version too, which is no evidence of this one.
    #expect(!html.contains("The line is version"))
    #expect(!html.contains("http://") && !html.contains("https://"))
    for format in ["json", "cyclonedx", "sagemaker", "model-package"] {
      let ending = try folder.colophon("registry", "card", "leavers@1", "--format", format)
      #expect(ending.status == 0, "\(format): \(ending.error)")
      let text = ending.output
      #expect(throws: Never.self, "\(format)") { try Value(json: text.utf8) }
    }
    #expect(try folder.colophon("registry", "card", "leavers").status == 64)
    #expect(try folder.colophon("registry", "card", "leavers@9").status == 64)
  }

  @Test func aSignatureIsMadeKeptAndChecked() throws {
    let folder = try ran()
    func registry(_ arguments: String...) throws -> ProcessRunner.Ending {
      try folder.runner().run(["registry"] + arguments)
    }
    let keyless = try registry("sign", "leavers@2", "--by", "ada")
    #expect(keyless.status == 64 && keyless.error.contains("--new-key"))
    let none = try registry("verify-signature", "leavers@2")
    #expect(none.status == 1 && none.error.contains("nobody has signed"))
    let signed = try registry("sign", "leavers@2", "--new-key", "-o", "signed", "--by", "ada")
    #expect(signed.status == 0, "\(signed.error)")
    let good = try registry("verify-signature", "leavers@2")
    #expect(good.status == 0 && good.output.hasPrefix("good  leavers@2 by ada"), "\(good.error)")
    #expect(try registry("verify-signature", "signed").status == 0)
    let key = ".colophon/keys/ada.pub.pem"
    #expect(try registry("verify-signature", "signed", "--key", key).status == 0)
    try folder.write("another model", to: "signed/model")
    let bad = try registry("verify-signature", "signed")
    #expect(bad.status == 1 && bad.output.contains("model is not the file that was signed"))
    // Another's key is not the signer's.
    _ = try registry("sign", "leavers@1", "--new-key", "--by", "bob")
    let other = ".colophon/keys/bob.pub.pem"
    #expect(try registry("verify-signature", "leavers@2", "--key", other).status == 1)
    #expect(try registry("audit").status == 0)
  }

  @Test func withdrawnDataAreMarked() throws {
    let folder = try ran()
    let withdrawn = try folder.colophon(
      "registry",
      "withdraw",
      "file:data/people.csv",
      "--why",
      "consent was taken back"
    )
    #expect(withdrawn.output.contains("2 versions descend from it"), "\(withdrawn.error)")
    let list = try folder.colophon("registry", "list")
    #expect(list.output.components(separatedBy: "withdrawn data").count == 3)
    let show = try folder.colophon("registry", "show", "leavers@1")
    #expect(show.output.contains("file:data/people.csv: consent was taken back"))
    let json = try folder.colophon("registry", "list", "--format", "json")
    let versions = try Value(json: json.output.utf8)["versions"]?.asArray
    #expect(versions?.allSatisfy { $0["withdrawn"] == true } == true)
  }

  /// The reports beside a registry are witnesses of the project's own journal, not of another's.
  @Test func anotherRegistryIsNotHeldToTheProjectsReports() throws {
    let folder = try ran()
    _ = try folder.colophon("registry", "export", "leavers@2", "two.bundle")
    let other = ["--registry", "other.sqlite"]
    _ = try folder.runner().run(["registry", "import", "two.bundle"] + other)
    let audit = try folder.runner().run(["registry", "audit"] + other)
    #expect(audit.status == 0, "\(audit.output)")
    _ = try folder.runner().run(["registry", "export", "leavers@1", "again.bundle"] + other)
    #expect(try folder.bytes("again.bundle") == folder.bytes("two.bundle"))
  }
}
