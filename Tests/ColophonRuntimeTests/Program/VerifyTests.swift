import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// `verify`: a report happens again, or the program names what differs.
@Suite struct Verifying {
  private func ran() throws -> ProjectFolder {
    let folder = try ProjectFolder.study()
    try #require(try folder.colophon("run", "study.md").status == 0)
    return folder
  }

  @Test func confirmsAFreshReport() throws {
    let folder = try ran()
    // The notebook itself is not needed, nor is the store.
    try folder.remove("study.md")
    let store = try folder.files(in: ".colophon")
    let ending = try folder.colophon("verify", "output/study.html", "--quiet")
    #expect(ending.status == 0)
    #expect(ending.error == "")
    let lines = Study.cells.map { "identical  \($0)\n" }.joined()
    #expect(ending.output == lines + "all 7 cells are confirmed\n")
    #expect(try folder.files(in: ".colophon") == store)
  }

  @Test func confirmsAReportOfOtherParameters() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md", "-P", "rate=0.25", "-P", "rounds=7")
    let ending = try folder.colophon("verify", "output/study.html", "--quiet")
    #expect(ending.status == 0, "\(ending.output)")
  }

  @Test func confirmsAReportOfANotebookFromAnotherSystem() throws {
    let folder = try ProjectFolder.study()
    let text = "\u{FEFF}" + Study.notebook.replacing("\n", with: "\r\n")
    try folder.write(text, to: "study.md")
    #expect(try folder.colophon("run", "study.md").status == 0)
    let ending = try folder.colophon("verify", "output/study.html", "--quiet")
    #expect(ending.status == 0, "\(ending.output)\(ending.error)")
  }

  @Test func namesTheFirstCellAfterAChangedDigit() throws {
    let folder = try ran()
    let row = try #require(Study.table.split(separator: "\n").dropFirst(5).first)
    try folder.edit("data/people.csv", "\n\(row)\n", "\n99\(row.dropFirst(2))\n")
    let ending = try folder.colophon("verify", "output/study.html", "--quiet")
    #expect(ending.status == 1)
    #expect(ending.output.contains("different  people: data/people.csv "), "\(ending.output)")
    let last = try #require(ending.output.split(separator: "\n").last)
    #expect(
      last.hasPrefix("the first cell that differs is 'people' (different: data/people.csv "),
      "\(last)"
    )
    let json = try folder.colophon("verify", "output/study.html", "--format", "json")
    #expect(json.status == 1)
    let value = try Value(json: Array(json.output.utf8))
    #expect(value["passed"] == false)
    #expect(value["first"] == "people")
    #expect(value["cells"]?.asArray?.count == Study.cells.count)
    #expect(value["cells"]?.asArray?.first?["verdict"] == "different")
  }

  @Test func saysWhichDataAreMissing() throws {
    let folder = try ran()
    try folder.remove("data")
    let ending = try folder.colophon("verify", "output/study.html", "--quiet")
    #expect(ending.status == 1)
    #expect(ending.output.contains("input missing  people: data/people.csv"), "\(ending.output)")
    #expect(ending.output.contains("input missing  final: data/people.csv"), "\(ending.output)")
  }

  @Test(arguments: [
    "stamp", "source", "cell stamp", "value", "record", "end", "twice", "none", "format",
  ])
  func refusesAReportThatWasEdited(part: String) throws {
    let folder = try ran()
    let page = try folder.text("output/study.html")
    let start = try #require(page.range(of: "id=\"colophon-manifest\">"))
    let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
    let record = String(page[start.upperBound..<end.lowerBound])
    var edited = record
    switch part {
    case "stamp": edited = flipped(record, after: "\"seed\":3,\"stamp\":\"sha256:")
    case "source": edited = record.replacing("Who leaves?", with: "Who stays??")
    case "cell stamp": edited = flipped(record, after: "\"stamp\":\"sha256:")
    case "value": edited = record.replacing("\"rows\":240", with: "\"rows\":241")
    case "record": edited = String(record.dropLast(20))
    case "format": edited = record.replacing("colophon/1", with: "colophon/9")
    default: break
    }
    var text = page.replacing(record, with: edited)
    switch part {
    case "end": text = String(page[..<end.lowerBound])
    case "twice": text += page
    case "none": text = "<!doctype html><title>Another page</title>"
    default: #expect(edited != record)
    }
    try folder.write(text, to: "output/study.html")
    let ending = try folder.colophon("verify", "output/study.html", "--quiet")
    if part == "value" {
      // No stamp in the report follows from a value alone; running the cell again finds it.
      #expect(ending.status == 1, "\(ending.output)")
      #expect(ending.output.contains("different") && ending.output.contains("people"))
    } else {
      #expect(ending.status == 2, "\(ending.output)")
      #expect(ending.error.hasPrefix("error: output/study.html: the "), "\(ending.error)")
    }
  }

  private func flipped(_ record: String, after prefix: String) -> String {
    guard let place = record.range(of: prefix)?.upperBound else { return record }
    let digit = record[place] == "0" ? "1" : "0"
    return record.replacingCharacters(in: place...place, with: digit)
  }

  @Test func takesAReportFromAnywhereWithItsData() throws {
    let folder = try ran()
    let other = try ProjectFolder()
    try other.write(folder.text("output/study.html"), to: "mail/study.html")
    let missing = try other.colophon("verify", "mail/study.html", "--quiet")
    #expect(missing.status == 1)
    #expect(missing.output.contains("input missing  people"))
    let named = try other.colophon("verify", "mail/study.html", "--quiet", "--data", folder.path)
    #expect(named.status == 0, "\(named.output)")
    // Beside the report they are found by themselves.
    try other.write(Study.table, to: "mail/data/people.csv")
    let beside = try other.colophon("verify", "mail/study.html", "--quiet")
    #expect(beside.status == 0, "\(beside.output)")
    #expect(!other.exists(".colophon"))
  }

  @Test(arguments: ["1", "4"])
  func comesToTheSameWithAnyNumberOfJobs(jobs: String) throws {
    let ending = try ran().colophon("verify", "output/study.html", "--quiet", "--jobs", jobs)
    #expect(ending.status == 0, "\(ending.output)")
  }

  @Test func leavesOutWhatARunWithOnlyLeftOut() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md", "--only", "line")
    let ending = try folder.colophon("verify", "output/study.html", "--quiet")
    // The report is not complete, and a complete run is not the same: it says so.
    #expect(ending.status == 1)
    #expect(ending.output.contains("identical  line"), "\(ending.output)")
    #expect(ending.output.contains("status skipped \u{2192} done"), "\(ending.output)")
  }
}

/// `diff`: what changed between two reports.
@Suite struct Comparing {
  private func reports() throws -> ProjectFolder {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md", "-o", "a")
    try folder.colophon("run", "study.md", "-o", "b", "-P", "rate=0.2")
    return folder
  }

  @Test func tellsAChangedParameterAndWhatItDid() throws {
    let folder = try reports()
    let ending = try folder.colophon("diff", "a/study.html", "b/study.html")
    #expect(ending.status == 0)
    #expect(ending.error == "")
    let lines = ending.output.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(lines.contains("rate 0.1 \u{2192} 0.2 (+0.1)"), "\(ending.output)")
    #expect(lines.contains("trees.hyperparameters.eta 0.1 \u{2192} 0.2 (+0.1)"), "\(ending.output)")
    #expect(lines.contains { $0.hasPrefix("final.log_loss ") }, "\(ending.output)")
    #expect(!ending.output.contains("line."))
    // Causes stand before results.
    let parameters = try #require(lines.firstIndex(of: "parameters"))
    let results = try #require(lines.firstIndex(of: "results"))
    #expect(parameters < results)
  }

  @Test func printsTheSameAsJSON() throws {
    let folder = try reports()
    let ending = try folder.colophon("diff", "a/study.html", "b/study.html", "--format", "json")
    #expect(ending.status == 0)
    let value = try Value(json: Array(ending.output.utf8))
    #expect(value["parameters"] == [["path": "rate", "was": 0.1, "now": 0.2, "step": 0.1]])
    #expect(value["data"] == [])
    #expect(value["results"]?.asArray?.isEmpty == false)
    let stamps = try #require(value["stamp"])
    #expect(stamps["was"] != stamps["now"])
  }

  @Test func saysThatNothingChanged() throws {
    let folder = try reports()
    let ending = try folder.colophon("diff", "a/study.html", "a/study.html")
    #expect(ending.status == 0)
    #expect(ending.output.hasPrefix("the two reports carry the same stamp: "))
  }

  @Test func refusesWhatIsNoReport() throws {
    let folder = try reports()
    let ending = try folder.colophon("diff", "a/study.html", "study.md")
    #expect(ending.status == 2)
    #expect(ending.error == "error: study.md: the file carries no Colophon record\n")
  }
}

/// `store`: measured, checked, tidied.
@Suite struct CaringForTheStore {
  @Test func measuresWhatItHolds() throws {
    let folder = try ProjectFolder.study()
    let empty = try folder.colophon("store", "stats")
    #expect(empty.output == "0 results of 0 notebooks in 0 objects, 0 B; 0 logged runs\n")
    #expect(!folder.exists(".colophon"))
    try folder.colophon("run", "study.md")
    let full = try folder.colophon("store", "stats")
    #expect(full.output.hasPrefix("7 results of 1 notebook in "), "\(full.output)")
    #expect(full.output.hasSuffix("; 1 logged run\n"), "\(full.output)")
  }

  @Test func keepsWhatTheLastRunNeedsAndRemovesTheRest() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md", "-P", "rate=0.2")
    try folder.colophon("run", "study.md", "-P", "rate=0.3")
    try folder.colophon("run", "study.md")
    let before = try folder.files(in: ".colophon/objects").count
    let ending = try folder.colophon("store", "gc")
    #expect(ending.status == 0, "\(ending.error)")
    #expect(ending.output.hasPrefix("removed 6 results, "), "\(ending.output)")
    #expect(try folder.files(in: ".colophon/objects").count < before)
    let next = try folder.colophon("run", "study.md")
    #expect(next.output.contains("0 ran, 7 kept"), "\(next.error)")
    let again = try folder.colophon("store", "gc")
    #expect(again.output == "removed 0 results, 0 objects (0 B), 0 leftovers\n")
  }

  @Test func findsNothingWrongWithASoundStore() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md")
    let ending = try folder.colophon("store", "verify")
    #expect(ending.status == 0)
    #expect(ending.output == "nothing is damaged\n")
  }

  @Test func lendsItselfToSeveralProcessesAtOnce() async throws {
    let folder = try ProjectFolder.study()
    for number in 1...4 {
      try folder.write(
        Study.notebook.replacing("seed: 3", with: "seed: \(number)"),
        to: "n\(number).md"
      )
    }
    try await withThrowingTaskGroup(of: ProcessRunner.Ending.self) { group in
      for number in 1...4 { group.addTask { try folder.colophon("run", "n\(number).md") } }
      for try await ending in group { #expect(ending.status == 0, "\(ending.error)") }
    }
    #expect(try folder.colophon("store", "verify").status == 0)
    for number in 1...4 {
      #expect(try folder.colophon("run", "n\(number).md").output.contains("0 ran, 7 kept"))
    }
  }
}
