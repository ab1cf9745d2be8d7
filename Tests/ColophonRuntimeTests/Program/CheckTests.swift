import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// `check`: every mistake at once, each at its place, in three formats.
@Suite struct Checking {
  /// Ten mistakes of ten kinds; each is found at the first place of a text.
  static let mistakes: [(text: String, code: String)] = [
    ("  rounds: [1, 2]", "parameters.no-scalar"),
    ("tarqet", "cell.unknown-field"),
    ("trian", "cell.unknown-kind"),
    ("poeple", "plan.unknown-cell"),
    ("1.5", "cell.out-of-range"),
    ("deep", "cell.wrong-type"),
    ("data/visits.csv", "cell.missing-file"),
    ("${ruonds}", "parameters.unknown"),
    ("final.roc_acu", "value.unknown-path"),
    ("visits.rows >", "expression.invalid"),
  ]

  private static let folder = "Tests/Fixtures/check"

  private func project() throws -> ProjectFolder {
    let text = String(
      decoding: try Repository.bytes("\(Checking.folder)/mistakes.md"),
      as: UTF8.self
    )
    let folder = try ProjectFolder.study()
    try folder.write(text, to: "mistakes.md")
    return folder
  }

  @Test func placesEachOfTenMistakes() throws {
    let folder = try project()
    let ending = try folder.colophon("check", "mistakes.md", "--format", "json")
    #expect(ending.status == 2)
    #expect(ending.error == "")
    let found = try #require(
      try Value(json: Array(ending.output.utf8))["diagnostics"]?.asArray
    )
    let text = try folder.text("mistakes.md")
    let expected = try Checking.mistakes.map { mistake -> String in
      let place = try #require(text.range(of: mistake.text)?.lowerBound, "\(mistake.text)")
      let before = text[..<place].split(separator: "\n", omittingEmptySubsequences: false)
      let shift = mistake.code == "parameters.no-scalar" ? "  rounds: ".utf8.count : 0
      let tail = mistake.code == "expression.invalid" ? "visits.rows >".utf8.count : 0
      let column = (before.last ?? "").utf8.count + 1 + shift + tail
      return "\(before.count):\(column) \(mistake.code)"
    }
    let places = found.map { finding in
      "\(finding["line"]?.asInteger ?? 0):\(finding["column"]?.asInteger ?? 0) "
        + (finding["code"]?.asString ?? "")
    }
    #expect(Set(places) == Set(expected))
    #expect(places.count == 10)
    #expect(found.allSatisfy { $0["severity"] == "error" && $0["path"] == "mistakes.md" })
  }

  @Test(arguments: ["text", "json", "sarif"])
  func printsTheSameTextAsEver(format: String) throws {
    let ending = try project().colophon("check", "mistakes.md", "--format", format)
    #expect(ending.status == 2)
    let printed = ending.error + ending.output
    let name = "\(Checking.folder)/mistakes.\(format)"
    if Repository.isRecording {
      try Data(printed.utf8).write(to: URL(filePath: "\(Repository.root)/\(name)"))
      Issue.record("recorded \(name)")
    }
    #expect(try String(decoding: Repository.bytes(name), as: UTF8.self) == printed)
  }

  @Test func writesSARIFThatHostsRead() throws {
    let ending = try project().colophon("check", "mistakes.md", "--format", "sarif")
    let log = try Value(json: Array(ending.output.utf8))
    #expect(log["version"] == "2.1.0")
    let run = try #require(log["runs"]?.asArray?.first)
    #expect(run["tool"]?["driver"]?["name"] == "colophon")
    let results = try #require(run["results"]?.asArray)
    #expect(results.count == 10)
    let rules = (run["tool"]?["driver"]?["rules"]?.asArray ?? []).compactMap { $0["id"]?.asString }
    for result in results {
      let location = try #require(result["locations"]?.asArray?.first?["physicalLocation"])
      #expect(location["artifactLocation"]?["uri"] == "mistakes.md")
      #expect((location["region"]?["startLine"]?.asInteger ?? 0) > 0)
      let rule = try #require(result["ruleId"]?.asString)
      #expect(rules.contains(rule))
      #expect(result["level"] == "error")
      #expect(result["message"]?["text"]?.asString?.isEmpty == false)
    }
  }

  @Test func saysThatThereIsNothing() throws {
    let folder = try ProjectFolder.study()
    let text = try folder.colophon("check", "study.md")
    #expect(text.status == 0)
    #expect(text.output == "study.md: 7 cells, nothing to report\n")
    let json = try folder.colophon("check", "study.md", "--format", "json")
    #expect(try Value(json: Array(json.output.utf8)) == ["diagnostics": []])
    // It runs nothing and leaves nothing.
    #expect(!folder.exists(".colophon") && !folder.exists("output"))
  }

  @Test func takesAdviceForFailureWhereItIsStrict() throws {
    let folder = try ProjectFolder.study()
    try folder.write(
      Study.notebook + Study.choice("once") + Study.choice("twice"),
      to: "study.md"
    )
    let plain = try folder.colophon("check", "study.md")
    #expect(plain.status == 0)
    #expect(plain.error.contains("advice: "), "\(plain.error)")
    #expect(try folder.colophon("check", "study.md", "--strict").status == 1)
  }

  @Test func checksWithTheParametersThatAreSet() throws {
    let folder = try ProjectFolder.study()
    #expect(try folder.colophon("check", "study.md", "-P", "rounds=0").status == 2)
    #expect(try folder.colophon("check", "study.md", "-P", "rounds=10").status == 0)
  }
}
