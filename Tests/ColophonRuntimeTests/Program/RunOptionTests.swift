import ColophonCore
import ColophonTestSupport
import Testing

/// The options of `run`.
@Suite struct RunOptionsOnTheCommandLine {
  @Test func onlyBringsACellAndWhatItNeedsUpToDate() throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("run", "study.md", "--progress", "json", "--only", "line")
    #expect(ending.status == 0, "\(ending.error)")
    let reasons = ProgressEvent.reasons(in: ending.error)
    #expect(reasons["people"] == "ran: first run")
    #expect(reasons["line"] == "ran: first run")
    #expect(reasons["trees"] == "left out: not asked for by --only")
    #expect(reasons["final"] == "skipped: 'trees' was skipped")
    let page = try folder.text("output/study.html")
    #expect(page.contains("This report is not complete: it was made with --only"))
    // The rest follows with the next whole run.
    let whole = try folder.colophon("run", "study.md")
    #expect(whole.output.contains("5 ran, 2 kept"), "\(whole.error)")
    #expect(try folder.report() == SameBytes.undisturbed.get())
  }

  @Test func onlyWritesAWholeReportWhereTheRestIsUpToDate() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md")
    let ending = try folder.colophon("run", "study.md", "--only", "line", "head")
    #expect(ending.output.contains("0 ran, 7 kept"), "\(ending.error)")
    #expect(try folder.report() == SameBytes.undisturbed.get())
  }

  @Test func onlySuggestsTheCellThatWasMeant() throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("run", "study.md", "--only", "fnal")
    #expect(ending.status == 64)
    #expect(ending.error == "error: --only names no cell 'fnal'\nhint: did you mean 'final'?\n")
    #expect(!folder.exists("output"))
  }

  @Test func onlyWithFreshRunsJustThoseAgain() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md")
    let ending = try folder.colophon(
      "run",
      "study.md",
      "--progress",
      "json",
      "--fresh",
      "--only",
      "line"
    )
    #expect(ending.status == 0, "\(ending.error)")
    let reasons = ProgressEvent.reasons(in: ending.error)
    #expect(reasons["people"] == "ran: asked to run afresh")
    #expect(reasons["line"] == "ran: asked to run afresh")
    // What was not asked for is as it was, and the report is whole.
    #expect(reasons["trees"]?.hasPrefix("kept") == true, "\(reasons)")
    #expect(try folder.report() == SameBytes.undisturbed.get())
  }

  @Test func strictLetsAdviceFailTheRun() throws {
    let folder = try ProjectFolder.study()
    try folder.edit("study.md", "split: test\n", "split: test\nmetrics: [accuracy]\n")
    try folder.edit("study.md", "- final.roc_auc >= ${floor}", "- final.accuracy > 0")
    // The label's rarer value is made rare, so that accuracy alone says little.
    let rows = Study.table.split(separator: "\n").enumerated().map { index, row in
      index == 0 || index % 8 == 0 ? String(row) : String(row).replacing(",yes", with: ",no")
    }
    try folder.write(rows.joined(separator: "\n") + "\n", to: "data/people.csv")
    let plain = try folder.colophon("run", "study.md")
    #expect(plain.status == 0, "\(plain.error)")
    #expect(plain.error.contains("[eval.accuracy-imbalanced]"), "\(plain.error)")
    let strict = try folder.colophon("run", "study.md", "--strict")
    #expect(strict.status == 1)
    #expect(try folder.text("output/study.html").contains("eval.accuracy-imbalanced"))
    try folder.edit("study.md", "seed: 3\n", "seed: 3\nadvice: [eval.accuracy-imbalanced]\n")
    let accepted = try folder.colophon("run", "study.md", "--strict")
    #expect(accepted.status == 0, "\(accepted.error)")
    #expect(!accepted.error.contains("eval.accuracy-imbalanced"))
    #expect(accepted.output.contains("0 ran"))
  }

  @Test func outputNamesAnotherFolder() throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("run", "study.md", "-o", "else/where")
    #expect(ending.status == 0, "\(ending.error)")
    #expect(ending.output.hasPrefix("else/where/study.html  "))
    #expect(!folder.exists("output"))
    #expect(try folder.report("else/where/study") == SameBytes.undisturbed.get())
  }

  @Test func severalNotebooksMakeSeveralReportsAndTheWorstStatusCounts() throws {
    let folder = try ProjectFolder.study()
    try folder.write("# Nothing but prose\n", to: "prose.md")
    try folder.write("```yaml trian x\n```\n", to: "wrong.md")
    let ending = try folder.colophon("run", "prose.md", "wrong.md", "study.md")
    #expect(ending.status == 2)
    #expect(
      try folder.files(in: "output") == ["prose.html", "prose.json", "study.html", "study.json"]
    )
  }

  @Test func aParameterKeepsTheTypeOfItsDefault() throws {
    let folder = try ProjectFolder.study()
    // A whole number given for a default with a point is one with a point.
    let whole = try folder.colophon("run", "study.md", "-P", "rate=1", "--quiet")
    #expect(whole.status == 0, "\(whole.error)")
    let json = try Value(json: folder.bytes("output/study.json"))
    #expect(json["parameters"]?["rate"]?.asNumber == 1)
    #expect(json["parameters"]?["rounds"]?.asNumber == 25)
    for text in ["rounds=2.5", "rounds=many", "rounds=", "rate=yes", "floor=true"] {
      let ending = try folder.colophon("run", "study.md", "-P", text)
      #expect(ending.status == 2, "\(text)")
      #expect(ending.error.contains("-P \(text): the default is "), "\(ending.error)")
      #expect(ending.error.contains("[parameters.override-type]"))
    }
  }

  @Test func aParameterThatIsNoneSuggestsTheOneThatWasMeant() throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("run", "study.md", "-P", "ruonds=3")
    #expect(ending.status == 2)
    #expect(
      ending.error == """
        study.md:1:1: error: -P ruonds: this notebook has no such parameter \
        [parameters.unknown-override]
        1 | ---
          | ^
        hint: did you mean 'rounds'?

        """
    )
    #expect(!folder.exists("output"))
  }

  @Test func theLastOfTwoValuesOfAParameterCounts() throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("run", "study.md", "-P", "rate=0.2", "-P", "rate=0.1")
    #expect(ending.status == 0, "\(ending.error)")
    // The last value is the default's, so the report is the one that no parameter makes.
    #expect(try folder.report() == SameBytes.undisturbed.get())
  }
}

@Suite struct ProgressOnTheCommandLine {
  @Test func isQuietWhereAskedTo() throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("run", "study.md", "--quiet")
    #expect(ending.status == 0)
    #expect(ending.error == "")
    #expect(ending.output == "")
    #expect(try folder.report() == SameBytes.undisturbed.get())
  }

  @Test func isALineForEachCellElsewhere() throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("run", "study.md", "--jobs", "1")
    let lines = ending.error.split(separator: "\n")
    #expect(lines.count == Study.cells.count)
    for cell in Study.cells {
      let line = try #require(lines.first { $0.contains(" \(cell) ") }, "\(cell)")
      #expect(line.hasPrefix("  ✓ ") && line.contains("ran: first run"), "\(line)")
    }
    #expect(!ending.error.contains("\u{1B}"))
    #expect(!ending.output.contains("\u{1B}"))
    let summary = ending.output.split(separator: "\n")
    #expect(summary.count == 2)
    #expect(summary[0].hasPrefix("output/study.html  "))
    #expect(summary[1] == "7 ran, 0 kept, 1 of 1 requirements hold")
  }

  @Test func isAnObjectALineForPrograms() throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("run", "study.md", "--progress", "json")
    let lines = ending.error.split(separator: "\n")
    let events = ProgressEvent.all(in: ending.error)
    #expect(events.count == lines.count)
    let planned = try #require(events.first)
    #expect(planned.event == "planned")
    #expect(
      planned.members["cells"]?.asArray?.compactMap { $0.asString }.sorted() == Study.cells.sorted()
    )
    let members: [String: [String]] = [
      "planned": ["cells", "event"],
      "started": ["cell", "event", "kind", "why"],
      "progress": ["cell", "event", "fraction", "note"],
      "finished": ["cell", "event", "kind", "seconds", "status", "why"],
    ]
    for event in events { #expect(event.members.keys.sorted() == members[event.event]) }
    for cell in Study.cells {
      let own = events.filter { $0.cell == cell }.map { $0.event }
      #expect(own.first == "started" && own.last == "finished", "\(cell): \(own)")
      #expect(own.filter { $0 != "progress" }.count == 2)
    }
    let fractions = events.compactMap { $0.members["fraction"]?.asNumber }
    #expect(fractions.allSatisfy { (0...1).contains($0) })
    // The second time each cell that is started again tells how long it took.
    let again = try folder.colophon("run", "study.md", "--progress", "json", "--fresh")
    let started = ProgressEvent.all(in: again.error).filter { $0.event == "started" }
    #expect(started.count == Study.cells.count)
    #expect(started.allSatisfy { ($0.members["last_seconds"]?.asNumber ?? -1) >= 0 })
  }

  @Test func staysAnObjectALineWhereThereIsSomethingToReport() throws {
    let folder = try ProjectFolder.study()
    try folder.edit(
      "study.md",
      "split: {train: 0.6, validation: 0.2, test: 0.2, by: stratified}",
      "split: {train: 0.6, validation: 0.2, test: 0.2, by: random}"
    )
    try folder.write(Study.table + "21,5.5,1\n", to: "data/people.csv")
    let ending = try folder.colophon("run", "study.md", "--progress", "json")
    #expect(ending.status == 3)
    let lines = ending.error.split(separator: "\n")
    let events = ProgressEvent.all(in: ending.error)
    #expect(events.count == lines.count, "\(ending.error)")
    let finding = try #require(events.first { $0.event == "diagnostic" })
    #expect(finding.members["code"] == "run.cell-failed")
    #expect(finding.members["line"]?.asInteger != nil)
  }
}
