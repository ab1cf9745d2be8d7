import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// What the program does, and says, when something goes wrong.
@Suite struct WhenACellFails {
  /// A study whose second dataset has a row that is too short, found only when it is read.
  private func ragged() throws -> ProjectFolder {
    let folder = try ProjectFolder.study(
      Study.notebook + """

        ```yaml dataset visits
        source: data/visits.csv
        ```

        ```yaml table listing
        from: visits
        ```

        ```yaml require enough
        - visits.rows > 3
        ```

        There are `= visits.rows` visits.

        """
    )
    let rows = (1...40).map { "\($0),\($0 * 3),\($0 % 7)" }
    try folder.write("a,b,c\n" + rows.joined(separator: "\n") + "\n41,12\n", to: "data/visits.csv")
    return folder
  }

  @Test func whatNeedsItIsSkippedAndTheRestGoesOn() throws {
    let folder = try ragged()
    let ending = try folder.colophon("run", "study.md", "--progress", "json")
    #expect(ending.status == 3)
    let reasons = ProgressEvent.reasons(in: ending.error)
    #expect(reasons["visits"]?.hasPrefix("failed: ") == true, "\(reasons)")
    #expect(reasons["listing"] == "skipped: 'visits' failed")
    #expect(reasons["enough"] == "skipped: 'visits' failed")
    for cell in Study.cells { #expect(reasons[cell] == "ran: first run") }
  }

  @Test func theReportSaysSoOnTopAndLeadsToTheCell() throws {
    let folder = try ragged()
    let ending = try folder.colophon("run", "study.md")
    #expect(ending.output.contains("7 ran, 0 kept, 1 failed, 2 skipped"), "\(ending.output)")
    #expect(ending.error.contains("[run.cell-failed]"))
    #expect(ending.error.contains("study.md:65:9: error: "), "\(ending.error)")
    let page = try folder.text("output/study.html")
    let body = try #require(page.range(of: "<body")?.lowerBound)
    let notice = try #require(
      page.range(of: "The cell “visits” failed", range: body..<page.endIndex)
    )
    let link = try #require(page.range(of: "href=\"#cell-visits\"", range: body..<page.endIndex))
    let first = try #require(page.range(of: "id=\"cell-people\""))
    #expect(notice.lowerBound < first.lowerBound)
    #expect(link.lowerBound < first.lowerBound)
    #expect(page.contains("Not run, because they need a cell that failed: listing, enough"))
    #expect(!page.contains(folder.path))
    let json = try Value(json: folder.bytes("output/study.json"))
    let cells = try #require(json["cells"]?.asArray)
    let statuses = Dictionary(
      uniqueKeysWithValues: cells.map { ($0["name"]?.asString ?? "", $0["status"]?.asString ?? "") }
    )
    #expect(statuses["visits"] == "failed" && statuses["listing"] == "skipped")
    #expect(statuses["final"] == "done")
    #expect(cells.first { $0["name"] == "visits" }?["stamp"] == nil)
  }

  @Test func itGivesTheSameBytesEachTimeAndIsTriedAgain() throws {
    let folder = try ragged()
    try folder.colophon("run", "study.md")
    let first = try folder.report()
    let again = try folder.colophon("run", "study.md", "--progress", "json")
    #expect(again.status == 3)
    #expect(ProgressEvent.reasons(in: again.error)["visits"]?.hasPrefix("failed: ") == true)
    #expect(try folder.report() == first)
    try folder.edit("data/visits.csv", "41,12\n", "41,12,1\n")
    let mended = try folder.colophon("run", "study.md")
    #expect(mended.status == 0, "\(mended.error)")
    #expect(mended.output.contains("3 ran, 7 kept"), "\(mended.output)")
  }

  @Test func aReportOfItIsVerifiedToFailInTheSameWay() throws {
    let folder = try ragged()
    try folder.colophon("run", "study.md")
    let ending = try folder.colophon("verify", "output/study.html", "--quiet")
    #expect(ending.status == 0, "\(ending.output)\(ending.error)")
    #expect(ending.output.contains("identical  visits"))
  }
}

@Suite struct WhenARequirementFails {
  @Test func theReportIsWrittenAndTheStatusIsOne() throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("run", "study.md", "-P", "floor=1.5")
    #expect(ending.status == 1)
    #expect(ending.output.contains("1 of 1 requirements do not hold"))
    #expect(try folder.text("output/study.html").contains("href=\"#cell-acceptance\""))
    // Nothing runs again, and it still fails.
    let again = try folder.colophon("run", "study.md", "-P", "floor=1.5")
    #expect(again.status == 1)
    #expect(again.output.contains("0 ran, 7 kept"))
  }

  @Test func aConditionOverAMissingValueIsNeverSilentlyFalse() throws {
    let folder = try ProjectFolder.study()
    try folder.edit("study.md", "- final.roc_auc >= ${floor}", "- people.classes.maybe < 3")
    let ending = try folder.colophon("run", "study.md")
    #expect(ending.status == 3)
    #expect(ending.error.contains("can't be decided"), "\(ending.error)")
  }
}

@Suite struct WhenTheNotebookIsInvalid {
  @Test func nothingRunsAndEverythingIsReported() throws {
    let folder = try ProjectFolder.study()
    try folder.edit("study.md", "yaml train trees", "yaml trian trees")
    try folder.edit("study.md", "target: left", "tarqet: left")
    try folder.edit("study.md", "limit: 3", "limit: many")
    let ending = try folder.colophon("run", "study.md")
    #expect(ending.status == 2)
    for code in ["cell.unknown-kind", "cell.unknown-field", "cell.wrong-type"] {
      #expect(ending.error.contains("[\(code)]"), "\(ending.error)")
    }
    #expect(!folder.exists("output"))
    #expect(!folder.exists(".colophon"))
  }

  @Test(arguments: [
    ["run", "no.md"], ["check", "no.md"], ["verify", "no.html"], ["diff", "no.html", "no.html"],
  ])
  func aFileThatIsNotThereIsNamed(arguments: [String]) throws {
    let folder = try ProjectFolder()
    let ending = try folder.runner().run(arguments)
    #expect(ending.status == 2)
    #expect(ending.error == "error: can't read \(arguments[1]): No such file or directory\n")
    #expect(ending.output == "")
  }

  @Test func aFolderIsNoNotebook() throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("run", "data")
    #expect(ending.status == 2)
    #expect(ending.error == "error: can't read data: Is a directory\n")
  }

  @Test func anEmptyFileMakesAnEmptyReport() throws {
    let folder = try ProjectFolder()
    try folder.write("", to: "empty.md")
    let ending = try folder.colophon("run", "empty.md")
    #expect(ending.status == 0, "\(ending.error)")
    #expect(folder.exists("output/empty.html"))
    #expect(!folder.exists(".colophon"))
  }
}

@Suite struct WhenTheStoreIsDamaged {
  /// A study that ran once.
  private func ran() throws -> ProjectFolder {
    let folder = try ProjectFolder.study()
    try #require(try folder.colophon("run", "study.md").status == 0)
    return folder
  }

  @Test func aDamagedIndexEndsTheRunWithFourAndAWayOut() throws {
    let folder = try ran()
    for name in ["index.sqlite-wal", "index.sqlite-shm"] where folder.exists(".colophon/\(name)") {
      try folder.remove(".colophon/\(name)")
    }
    try folder.write(String(repeating: "no database ", count: 400), to: ".colophon/index.sqlite")
    let ending = try folder.colophon("run", "study.md")
    #expect(ending.status == 4)
    #expect(ending.error.contains("error: the store's index "), "\(ending.error)")
    #expect(ending.error.contains("hint: move the index away"))
    for command in ["verify", "gc", "stats"] {
      #expect(try folder.colophon("store", command).status == 4, "\(command)")
    }
    // The way out that the hint names works.
    try folder.remove(".colophon/index.sqlite")
    let next = try folder.colophon("run", "study.md")
    #expect(next.status == 0, "\(next.error)")
    #expect(try folder.report() == SameBytes.undisturbed.get())
  }

  @Test func aFileInThePlaceOfTheStoreEndsTheRunWithFour() throws {
    let folder = try ProjectFolder.study()
    try folder.write("no folder", to: ".colophon")
    let ending = try folder.colophon("run", "study.md")
    #expect(ending.status == 4)
    #expect(ending.error.contains("\nerror: "), "\(ending.error)")
  }

  @Test func everyDamagedObjectIsFoundAndComputedAgain() throws {
    let objects = try ran().files(in: ".colophon/objects")
    #expect(objects.count >= Study.cells.count)
    for (number, object) in objects.enumerated() {
      let folder = try ran()
      let name = ".colophon/objects/\(object)"
      chmod(folder[name], 0o644)
      var bytes = try folder.bytes(name)
      // Alternately a changed byte, a cut, an empty file and none at all.
      switch number % 4 {
      case 0: bytes[bytes.count / 2] ^= 1
      case 1: bytes.removeLast(bytes.count / 3 + 1)
      case 2: bytes = []
      default: break
      }
      if number % 4 == 3 {
        try folder.remove(name)
      } else {
        try Data(bytes).write(to: URL(filePath: folder[name]))
      }
      let found = try folder.colophon("store", "verify")
      #expect(found.status == 4, "\(object): \(found.output)")
      let ending = try folder.colophon("run", "study.md", "--fresh")
      #expect(ending.status == 0, "\(object): \(ending.error)")
      #expect(try folder.report() == SameBytes.undisturbed.get())
      #expect(try folder.colophon("store", "verify").status == 0)
    }
  }

  @Test func aDamagedResultIsComputedAgainWithoutBeingAsked() throws {
    let other = try ProjectFolder.study()
    try other.colophon("run", "study.md", "-P", "rate=0.3")
    let expected = try other.report()
    let objects = try ran().files(in: ".colophon/objects")
    for object in objects {
      let folder = try ran()
      let name = ".colophon/objects/\(object)"
      chmod(folder[name], 0o644)
      var bytes = try folder.bytes(name)
      bytes[0] ^= 1
      try Data(bytes).write(to: URL(filePath: folder[name]))
      let ending = try folder.colophon("run", "study.md")
      #expect(ending.status == 0, "\(object): \(ending.error)")
      #expect(try folder.report() == SameBytes.undisturbed.get())
      // A change downstream makes the program read what it kept.
      let deeper = try folder.colophon("run", "study.md", "-P", "rate=0.3", "--quiet")
      #expect(deeper.status == 0, "\(object): \(deeper.error)")
      #expect(try folder.report() == expected, "\(object)")
      // An artifact that nothing reads again stays damaged until a run asks for it, or afresh.
      #expect(try folder.colophon("run", "study.md", "--fresh", "--quiet").status == 0)
      #expect(try folder.colophon("store", "verify").status == 0)
    }
  }
}

@Suite struct WhenThingsAreMisused {
  @Test(arguments: [
    ["run"], ["frob"], ["run", "study.md", "--jobs", "0"], ["run", "study.md", "--jobs", "many"],
    ["run", "study.md", "-P", "rounds"], ["run", "study.md", "--executor", "slurm"],
    ["run", "study.md", "--instructions", "mmx"], ["run", "study.md", "--bogus"],
    ["run", "study.md", "--progress", "loud"], ["check", "study.md", "--format", "xml"],
    ["verify"], ["diff", "a.html"], ["cell", "trian"], ["store", "burn"],
  ])
  func theStatusIs64AndNothingIsTouched(arguments: [String]) throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.runner().run(arguments)
    #expect(ending.status == 64, "\(ending.error)")
    #expect(ending.error.count > 20 && ending.output.isEmpty)
    #expect(!folder.exists("output") && !folder.exists(".colophon"))
  }

  @Test func anOutputFolderThatCannotBeMadeIsNamed() throws {
    let folder = try ProjectFolder.study()
    try folder.write("a file", to: "taken")
    for (place, why) in [("taken", "Not a directory"), ("taken/deeper", "Not a directory")] {
      let ending = try folder.colophon("run", "study.md", "-o", place, "--quiet")
      #expect(ending.status != 0 && ending.status != nil)
      #expect(ending.error.contains("error: can't "), "\(ending.error)")
      #expect(ending.error.contains(why), "\(ending.error)")
      #expect(ending.error.split(separator: "\n").count == 1, "\(ending.error)")
    }
    #expect(try folder.text("taken") == "a file")
  }

  @Test func helpIsAskedForAndGiven() throws {
    let folder = try ProjectFolder()
    for arguments in [["--help"], ["help", "run"], ["--version"], ["cell"], ["cell", "train"]] {
      let ending = try folder.runner().run(arguments)
      #expect(ending.status == 0, "\(arguments)")
      #expect(!ending.output.isEmpty && ending.error.isEmpty)
    }
    // What serves proofs alone is not offered.
    #expect(try !folder.runner().run(["help", "run"]).output.contains("--instructions"))
  }
}
