import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// Ends the program in the middle of long jobs, by kill -9 and by Ctrl-C, and lets the next run go
/// on from their checkpoints.
@Suite struct AJobThatWasEnded {
  static let rounds = 1500
  static let every = 25

  /// Two jobs of many small rounds; the second on spot capacity, whose every round takes a minute.
  static let notebook = """
    ---
    seed: 5
    ---

    ```yaml dataset people
    source: data/people.csv
    target: left
    positive: "yes"
    split: {train: 0.6, validation: 0.2, test: 0.2, by: stratified}
    ```

    ```yaml train long
    data: people
    algorithm: xgboost
    hyperparameters: {num_round: \(rounds), eta: 0.02, subsample: 0.8, colsample_bytree: 0.9}
    checkpoint: {every: \(every)}
    ```

    ```yaml train spotted
    data: people
    algorithm: xgboost
    hyperparameters: {num_round: \(rounds / 2), eta: 0.02}
    checkpoint: {every: \(every)}
    instance: ml.m5.xlarge
    round_seconds: 60
    spot: {max_run: 100000, max_wait: 200000, interruptions: [5000, 12000, 26000]}
    ```

    The last of them saved `= spotted.saving | percent`.

    """

  static let command = ["run", "study.md", "--progress", "json", "--jobs", "1"]

  /// What an undisturbed run writes.
  static let undisturbed = Result { () throws -> [[UInt8]] in
    let folder = try ProjectFolder.study(notebook)
    let ending = try folder.runner().run(command)
    try #require(ending.status == 0, "\(ending.error.suffix(2000))")
    return try folder.report()
  }

  /// Runs the study and ends it with a signal after so many rounds of both jobs.
  private func run(
    _ folder: ProjectFolder,
    endedBy signal: Int32 = SIGKILL,
    after rounds: Int
  ) throws -> ProcessRunner.Ending {
    try folder.runner().run(
      AJobThatWasEnded.command,
      signal: signal,
      afterSeeing: "\"event\":\"progress\"",
      times: rounds
    )
  }

  /// The last round that a run told of for a cell that it did not finish; 0 for none.
  private func lastRound(of cell: String, in ending: ProcessRunner.Ending, of rounds: Int) -> Int {
    let events = ProgressEvent.all(in: ending.error).filter { $0.cell == cell }
    guard !events.contains(where: { $0.event == "finished" && $0.status == "done" }) else {
      return 0
    }
    let fractions = events.filter { $0.event == "progress" }
      .compactMap { $0.members["fraction"]?.asNumber }
    return fractions.last.map { Int(($0 * Double(rounds)).rounded()) } ?? 0
  }

  /// Runs to the end, and checks where it took up the work of a run that was ended.
  private func finish(_ folder: ProjectFolder, after ended: ProcessRunner.Ending, keeps: Int) throws
    -> Int
  {
    let last = lastRound(of: "long", in: ended, of: AJobThatWasEnded.rounds)
    let next = try folder.runner().run(AJobThatWasEnded.command)
    #expect(next.status == 0, "\(next.error.suffix(2000))")
    let why = ProgressEvent.reasons(in: next.error)["long"] ?? ""
    if last > keeps {
      let resumed = try #require(why.range(of: "resumed at round "), "\(why), after \(last)")
      let round = try #require(Int(why[resumed.upperBound...].prefix { $0.isNumber }))
      #expect(why.hasSuffix("resumed at round \(round) of \(AJobThatWasEnded.rounds)"))
      #expect(round >= last - keeps && round <= last + keeps, "\(round) after \(last)")
    }
    #expect(try folder.report() == AJobThatWasEnded.undisturbed.get())
    #expect(try folder.files(in: ".colophon").filter { $0.hasPrefix("checkpoints/") } == [])
    #expect(try folder.colophon("store", "verify").status == 0)
    return last
  }

  @Test(arguments: 0..<4)
  func goesOnAfterAKillAndWritesTheSameBytes(part: Int) throws {
    var random = RandomStream(root: 3, cell: "kill", purpose: "moment", index: part)
    for _ in 0..<3 {
      let folder = try ProjectFolder.study(AJobThatWasEnded.notebook)
      // Up to the middle of the second job.
      let rounds = 1 + random.integer(below: AJobThatWasEnded.rounds * 5 / 4)
      let killed = try run(folder, after: rounds)
      #expect(killed.status == nil)
      _ = try finish(folder, after: killed, keeps: AJobThatWasEnded.every)
    }
  }

  @Test func goesOnAfterManyKills() throws {
    let folder = try ProjectFolder.study(AJobThatWasEnded.notebook)
    for _ in 0..<6 { _ = try run(folder, after: 300) }
    let next = try folder.runner().run(AJobThatWasEnded.command)
    #expect(next.status == 0)
    #expect(try folder.report() == AJobThatWasEnded.undisturbed.get())
  }

  /// Ctrl-C keeps the very round that was under way, with and without an interval.
  @Test(arguments: [true, false])
  func goesOnAfterCtrlC(isNamed: Bool) throws {
    let text =
      isNamed
      ? AJobThatWasEnded.notebook
      : AJobThatWasEnded.notebook.replacing(
        "colsample_bytree: 0.9}\ncheckpoint: {every: \(AJobThatWasEnded.every)}",
        with: "colsample_bytree: 0.9}"
      )
    let folder = try ProjectFolder.study(text)
    let ended = try run(folder, endedBy: SIGINT, after: 300)
    #expect(ended.status == 130)
    #expect(ended.error.contains("the next run goes on"))
    #expect(!folder.exists("output"))
    let last = lastRound(of: "long", in: ended, of: AJobThatWasEnded.rounds)
    try #require(last > 0, "the run was ended before its first round")
    let statistics = try folder.colophon("store", "stats")
    #expect(statistics.output.contains("of unfinished jobs"), "\(statistics.output)")
    let next = try folder.runner().run(AJobThatWasEnded.command)
    let why = ProgressEvent.reasons(in: next.error)["long"] ?? ""
    #expect(why.hasSuffix("resumed at round \(last) of \(AJobThatWasEnded.rounds)"), "\(why)")
    guard isNamed else { return }
    #expect(try folder.report() == AJobThatWasEnded.undisturbed.get())
  }

  /// A damaged checkpoint is never taken up: the one before it counts.
  @Test func goesOnFromTheCheckpointBeforeADamagedOne() throws {
    let folder = try ProjectFolder.study(AJobThatWasEnded.notebook)
    _ = try run(folder, after: 400)
    let states = try folder.files(in: ".colophon/checkpoints").filter { !$0.contains(".tmp-") }
      .sorted { round($0) < round($1) }
    // A kill may come between the writing of one and the removal of the oldest.
    try #require(states.count >= 2, "\(states)")
    let newest = ".colophon/checkpoints/\(states[states.count - 1])"
    var bytes = try folder.bytes(newest)
    bytes[bytes.count / 2] ^= 1
    try Data(bytes).write(to: URL(filePath: folder[newest]))
    let found = try folder.colophon("store", "verify")
    #expect(found.status == 4)
    #expect(found.output.contains("the state of an unfinished job, is damaged"))
    let next = try folder.runner().run(AJobThatWasEnded.command)
    let why = ProgressEvent.reasons(in: next.error)["long"] ?? ""
    #expect(why.hasSuffix("resumed at round \(round(states[states.count - 2])) of 1500"), "\(why)")
    #expect(try folder.report() == AJobThatWasEnded.undisturbed.get())
  }

  private func round(_ file: String) -> Int { Int(file.split(separator: "-").last ?? "") ?? 0 }

  @Test func beginsAnewWhereItIsAskedTo() throws {
    let folder = try ProjectFolder.study(AJobThatWasEnded.notebook)
    _ = try run(folder, after: 300)
    let next = try folder.runner().run(AJobThatWasEnded.command + ["--fresh"])
    #expect(ProgressEvent.reasons(in: next.error)["long"] == "ran: asked to run afresh")
    #expect(try folder.report() == AJobThatWasEnded.undisturbed.get())
  }
}
