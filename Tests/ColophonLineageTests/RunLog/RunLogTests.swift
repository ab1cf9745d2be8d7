import ColophonCore
import ColophonLineage
import Testing

@Suite struct RunLogTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = Store(directory: folder.store)
  }

  private func job(
    _ cell: String,
    job: String? = nil,
    _ status: RunRecord.Status = .done,
    seconds: Double = 1.5
  ) -> JobRecord {
    JobRecord(
      cell: cell,
      job: job,
      kind: "train",
      key: sha(cell),
      status: status,
      why: "ran: first run",
      started: 1_700_000_000.25,
      seconds: seconds,
      peakMemory: 3 << 30,
      threads: 4
    )
  }

  @Test func givesBackARunWithItsJobsInOrder() throws {
    var run = RunRecord(
      notebook: "a.md",
      started: 1_700_000_000,
      ended: 1_700_000_012.5,
      status: .done,
      parameters: ["rounds": 300],
      jobs: [job("fit"), job("fit", job: "trial 1"), job("churn")]
    )
    run.id = try store.log(run)
    #expect(try store.run(run.id) == run)
    #expect(try store.run(run.id + 1) == nil)
  }

  @Test func listsTheNewestRunsFirst() throws {
    for (notebook, start) in [("a.md", 1.0), ("b.md", 2.0), ("a.md", 3.0)] {
      try store.log(RunRecord(notebook: notebook, started: start, status: .done))
    }
    #expect(try store.runs().map { $0.started } == [3, 2, 1])
    #expect(try store.runs(of: "a.md").map { $0.started } == [3, 1])
    #expect(try store.runs(limit: 1).map { $0.started } == [3])
    #expect(try store.runs(of: "c.md").isEmpty)
  }

  @Test func showsARunThatWasKilledAsRunning() throws {
    let id = try store.begin(RunRecord(notebook: "a.md", started: 1))
    try store.log(job("fit"), run: id, notebook: "a.md")
    let found = try #require(try Store(directory: folder.store).run(id))
    #expect(found.status == .running)
    #expect(found.ended == nil)
    #expect(found.jobs.map { $0.cell } == ["fit"])
    try store.end(run: id, at: 9, .failed)
    #expect(try store.run(id)?.status == .failed)
    #expect(try store.run(id)?.ended == 9)
  }

  @Test func tellsHowLongACellTookWhenItLastRan() throws {
    #expect(try store.lastSeconds(notebook: "a.md", cell: "fit") == nil)
    try store.log(RunRecord(notebook: "a.md", started: 1, jobs: [job("fit", seconds: 12.3)]))
    let later = [
      job("fit", .kept, seconds: 0), job("fit", job: "trial 1", seconds: 2),
      job("fit", .failed, seconds: 1),
    ]
    try store.log(RunRecord(notebook: "a.md", started: 2, jobs: later))
    try store.log(RunRecord(notebook: "b.md", started: 3, jobs: [job("fit", seconds: 99)]))
    // Only runs of this notebook that computed to the end count, and not a cell's single jobs.
    #expect(try store.lastSeconds(notebook: "a.md", cell: "fit") == 12.3)
  }
}

@Suite struct SideBySideTests {
  @Test func showsTheLeavesThatDiffer() {
    let table = SideBySide([
      ("a", ["eta": 0.1, "depth": 4, "test": ["auc": 0.9], "l": [1, 2]]),
      ("b", ["eta": 0.2, "depth": 4, "test": ["auc": 0.95], "l": [1, 2]]),
      ("c", ["eta": 0.1, "depth": 4.0, "l": [1, 2], "layers": [["units": 8]]]),
    ])
    #expect(table.labels == ["a", "b", "c"])
    #expect(table.lines.map { $0.path } == ["eta", "layers[0].units", "test.auc"])
    #expect(table.lines[0].values == [0.1, 0.2, 0.1])
    #expect(table.lines[1].values == [nil, nil, 8])
    #expect(table.lines[2].values == [0.9, 0.95, nil])
    // depth and l.
    #expect(table.agreed == 2)
  }

  @Test func hasNothingToShowForOneValue() {
    let table = SideBySide([("a", ["eta": 0.1, "none": [:]])])
    #expect(table.lines.isEmpty)
    #expect(table.agreed == 2)
  }
}
