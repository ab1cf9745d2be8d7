import ColophonCore
import ColophonTestSupport
import Testing

/// What runs again after a change, and what the program says of it.
@Suite struct WhatRunsAgain {
  /// Runs the study, changes something, and runs it again.
  private func reasons(
    _ options: [String] = [],
    after change: (ProjectFolder) throws -> Void
  ) throws -> [String: String] {
    let folder = try ProjectFolder.study()
    try #require(try folder.colophon("run", "study.md").status == 0)
    try change(folder)
    let ending = try folder.runner().run(["run", "study.md", "--progress", "json"] + options)
    try #require(ending.status == 0, "\(ending.error)")
    return ProgressEvent.reasons(in: ending.error)
  }

  private func ran(_ reasons: [String: String]) -> [String] {
    Study.cells.filter { reasons[$0]?.hasPrefix("ran") == true }
  }

  @Test(arguments: [
    ("Who leaves?", "Who on earth leaves, and why?\n\n> A quote.\n\n"),
    ("caption: The people, all", "caption: People *everywhere*, all"),
    ("title: A small study", "title: Another title"),
    ("authors: [A. Tester]", "authors: [A. Tester, B. Tester]\nkeywords: [one, two]"),
    ("# the learning rate", "# a comment that says something else"),
    ("  max_depth: 3\n  subsample: 0.8\n", "  subsample: 0.80\n\n  max_depth:   3\n"),
    ("data: people\nalgorithm: linear_learner", "algorithm: linear_learner\ndata: people"),
    ("{alpha: 0.01, l1_ratio: 0.5}", "{\"l1_ratio\": 5e-1, alpha: 0.01}"),
    ("yaml evaluate final", "yaml evaluate final show"),
    ("  rate: 0.1\n", "  rate: 0.1\n  unused: 3\n"),
    ("limit: 3", "limit: 3\ntolerance: 0.1"),
  ])
  func nothingAfterAChangeOfWords(old: String, new: String) throws {
    let reasons = try reasons { try $0.edit("study.md", old, new) }
    #expect(reasons.count == Study.cells.count)
    #expect(ran(reasons).isEmpty, "\(reasons)")
  }

  @Test func theWordsReachTheReportAllTheSame() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md")
    try folder.edit("study.md", "Who leaves?", "Who goes?")
    let ending = try folder.colophon("run", "study.md")
    #expect(ending.output.contains("0 ran, 7 kept"))
    #expect(try folder.text("output/study.html").contains("Who goes?"))
  }

  @Test func theDatasetAndWhatFollowsAfterAChangedDigit() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md")
    var rows = Study.table.split(separator: "\n").map { String($0) }
    rows[7] = "99,12.3,1,north,no"
    try folder.write(rows.joined(separator: "\n") + "\n", to: "data/people.csv")
    let ending = try folder.colophon("run", "study.md", "--progress", "json")
    let reasons = ProgressEvent.reasons(in: ending.error)
    let people = try #require(reasons["people"])
    #expect(
      people.hasPrefix("ran: data/people.csv changed (") && people.contains("\u{2192}"),
      "\(people)"
    )
    for cell in ["line", "trees", "ages"] {
      #expect(reasons[cell] == "ran: input 'people' changed")
    }
    #expect(reasons["final"]?.hasPrefix("ran: input") == true, "\(reasons)")
    // Back again: every result is still there.
    try folder.write(Study.table, to: "data/people.csv")
    let back = try folder.colophon("run", "study.md")
    #expect(back.output.contains("0 ran, 7 kept"), "\(back.error)")
  }

  @Test func whatAHyperparameterReaches() throws {
    let reasons = try reasons { try $0.edit("study.md", "alpha: 0.01", "alpha: 0.02") }
    #expect(ran(reasons) == ["line"])
    #expect(reasons["line"] == "ran: hyperparameters.alpha 0.01 \u{2192} 0.02")
  }

  @Test func whatAParameterReachesByItsDefault() throws {
    let reasons = try reasons { try $0.edit("study.md", "rate: 0.1", "rate: 0.2") }
    #expect(reasons["trees"] == "ran: hyperparameters.eta 0.1 \u{2192} 0.2")
    #expect(reasons["line"]?.hasPrefix("kept") == true)
    #expect(reasons["people"]?.hasPrefix("kept") == true)
    #expect(ran(reasons) == ["trees", "final", "acceptance"])
  }

  @Test func whatAParameterReachesByTheCommandLine() throws {
    let reasons = try reasons(["-P", "rate=0.2"]) { _ in }
    #expect(reasons["trees"] == "ran: hyperparameters.eta 0.1 \u{2192} 0.2")
    #expect(ran(reasons) == ["trees", "final", "acceptance"])
  }

  @Test func onlyTheConditionAfterAnotherBound() throws {
    let reasons = try reasons(["-P", "floor=0.4"]) { _ in }
    #expect(ran(reasons) == ["acceptance"])
  }

  @Test func everythingThatDrawsAfterAnotherSeed() throws {
    let reasons = try reasons { try $0.edit("study.md", "seed: 3", "seed: 4") }
    #expect(reasons["people"] == "ran: seed 3 \u{2192} 4")
  }

  @Test func oneCellAfterASeedOfItsOwn() throws {
    let reasons = try reasons {
      try $0.edit("study.md", "confidence: {method", "seed: 9\nconfidence: {method")
    }
    #expect(reasons["final"] == "ran: seed 3 \u{2192} 9")
    #expect(reasons["trees"]?.hasPrefix("kept") == true)
  }

  @Test func aCellThatTookAnotherName() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md")
    try folder.edit("study.md", "yaml train line", "yaml train straight")
    let ending = try folder.colophon("run", "study.md", "--progress", "json")
    let reasons = ProgressEvent.reasons(in: ending.error)
    #expect(reasons["straight"] == "ran: first run")
    #expect(reasons["trees"]?.hasPrefix("kept") == true)
  }

  @Test func onlyOnceForTwoNotebooksOfTheSameCells() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md")
    try folder.write(Study.notebook.replacing("A small study", with: "A copy"), to: "copy.md")
    let ending = try folder.colophon("run", "copy.md")
    #expect(ending.output.contains("0 ran, 7 kept"), "\(ending.error)")
  }
}

/// `when` and the flags that keep a cell from running.
@Suite struct WhatIsSkipped {
  private func run(_ old: String, _ new: String) throws -> (ProjectFolder, ProcessRunner.Ending) {
    let folder = try ProjectFolder.study()
    try folder.edit("study.md", old, new)
    return (folder, try folder.colophon("run", "study.md", "--progress", "json"))
  }

  @Test func aCellWhoseConditionDoesNotHoldAndWhatNeedsIt() throws {
    let (folder, ending) = try run(
      "algorithm: xgboost",
      "algorithm: xgboost\nwhen: people.rows > 1000"
    )
    #expect(ending.status == 0, "\(ending.error)")
    let reasons = ProgressEvent.reasons(in: ending.error)
    #expect(reasons["trees"] == "skipped: people.rows > 1000 does not hold")
    #expect(reasons["final"] == "skipped: 'trees' was skipped")
    #expect(reasons["acceptance"] == "skipped: 'final' was skipped")
    #expect(reasons["line"]?.hasPrefix("ran") == true)
    #expect(try folder.text("output/study.html").contains("people.rows &gt; 1000 does not hold"))
  }

  @Test func nothingWhereTheConditionHolds() throws {
    let (_, ending) = try run("algorithm: xgboost", "algorithm: xgboost\nwhen: people.rows > 100")
    #expect(ending.output.contains("7 ran, 0 kept"), "\(ending.error)")
  }

  @Test func aCellWithTheFlag() throws {
    let (folder, ending) = try run("yaml train trees", "yaml train trees skip")
    #expect(ProgressEvent.reasons(in: ending.error)["trees"] == "skipped: flag 'skip'")
    #expect(try folder.text("output/study.html").contains("Skipped by its author."))
  }
}
