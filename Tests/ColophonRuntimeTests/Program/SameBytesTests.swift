import ColophonCore
import ColophonRuntime
import ColophonTestSupport
import Foundation
import Testing

/// The promise of the program: the same notebook and data give the same two files, whatever else
/// differs.
@Suite struct SameBytes {
  /// What a plain run in a fresh project writes.
  static let undisturbed = Result { () throws -> [[UInt8]] in
    let folder = try ProjectFolder.study()
    let ending = try folder.colophon("run", "study.md")
    try #require(ending.status == 0, "\(ending.error)")
    return try folder.report()
  }

  /// Runs the study with some options in a fresh project and compares what it writes.
  private func expectSame(
    _ options: [String],
    environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = try ProjectFolder.study()
    let ending = try folder.runner(environment: environment).run(["run", "study.md"] + options)
    #expect(ending.status == 0, "\(ending.error)", sourceLocation: sourceLocation)
    let isSame = try folder.report() == SameBytes.undisturbed.get()
    #expect(isSame, "\(options) \(environment)", sourceLocation: sourceLocation)
  }

  @Test func comeOutOfASecondRunThatKeepsEverything() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md")
    let first = try folder.report()
    #expect(try first == SameBytes.undisturbed.get())
    let again = try folder.colophon("run", "study.md", "--progress", "json")
    #expect(ProgressEvent.reasons(in: again.error).values.allSatisfy { $0.hasPrefix("kept") })
    #expect(try folder.report() == first)
    // Afresh: everything runs again and nothing changes.
    let afresh = try folder.colophon("run", "study.md", "--fresh", "--progress", "json")
    let reasons = ProgressEvent.reasons(in: afresh.error)
    #expect(reasons.count == Study.cells.count)
    #expect(reasons.values.allSatisfy { $0 == "ran: asked to run afresh" })
    #expect(try folder.report() == first)
  }

  @Test(arguments: [1, 2, 4, 9])
  func comeOutOfAnyNumberOfJobs(jobs: Int) throws {
    try expectSame(["--jobs", "\(jobs)"])
  }

  @Test(arguments: Engine.instructionSets)
  func comeOutOfEveryInstructionSet(name: String) throws {
    try expectSame(["--instructions", name])
  }

  @Test(arguments: [
    ["LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"], ["LC_ALL": "tr_TR.UTF-8"], ["LC_ALL": "C"],
    ["TZ": "Pacific/Kiritimati"], ["HOME": "/tmp", "USER": "somebody", "LOGNAME": "somebody"], [:],
    ["OMP_NUM_THREADS": "1"], ["OMP_NUM_THREADS": "7"],
    ["SOURCE_DATE_EPOCH": "0", "COLUMNS": "20"],
  ])
  func comeOutOfAnyEnvironment(environment: [String: String]) throws {
    try expectSame([], environment: environment)
  }

  @Test func comeOutOfAnotherFolderAndByAnotherPath() throws {
    let folder = try ProjectFolder.study()
    try folder.write("", to: ".colophon/keep")
    try folder.write("", to: "deep/er/keep")
    // From a folder within the project, by a path that climbs, and by an absolute one.
    let climbing = try folder.colophon("run", "../../study.md", in: "deep/er")
    #expect(climbing.status == 0, "\(climbing.error)")
    #expect(try folder.report() == SameBytes.undisturbed.get())
    #expect(!folder.exists("deep/er/.colophon"))
    try folder.remove("output")
    let absolute = try folder.colophon("run", folder["study.md"], "--fresh")
    #expect(absolute.status == 0, "\(absolute.error)")
    #expect(try folder.report() == SameBytes.undisturbed.get())
    try folder.remove("output")
    let dotted = try folder.colophon("run", "./deep/../study.md", "--fresh")
    #expect(dotted.status == 0, "\(dotted.error)")
    #expect(try folder.report() == SameBytes.undisturbed.get())
  }

  @Test func comeOutWhereTheStoreCannotBeWritten() throws {
    let folder = try ProjectFolder.study()
    // Whoever runs as root writes through permissions, so the folder is a file system's read-only one.
    try folder.write("", to: ".colophon/objects/keep")
    for name in [".colophon/objects", ".colophon"] { chmod(folder[name], 0o555) }
    let ending = try folder.colophon("run", "study.md")
    #expect(ending.status == 0, "\(ending.error)")
    #expect(try folder.report() == SameBytes.undisturbed.get())
  }

  @Test func holdNoPathNoHostAndNoClock() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md")
    let host = ProcessInfo.processInfo.hostName
    let year = "\(Calendar(identifier: .gregorian).component(.year, from: Date()))-"
    for text in try folder.report().map({ String(decoding: $0, as: UTF8.self) }) {
      #expect(!text.contains(folder.path))
      #expect(!text.contains(FileManager.default.temporaryDirectory.path + "/"))
      #expect(host.count < 4 || !text.contains(host))
      #expect(!text.contains(year))
    }
  }

  @Test func areNotWrittenAgainWhereNothingChanged() throws {
    let folder = try ProjectFolder.study()
    try folder.colophon("run", "study.md")
    func facts() throws -> [String] {
      try ["html", "json"].map { name in
        let facts = try FileManager.default.attributesOfItem(atPath: folder["output/study.\(name)"])
        return "\(facts[.systemFileNumber] ?? "") \(facts[.modificationDate] ?? "")"
      }
    }
    let before = try facts()
    try folder.colophon("run", "study.md")
    #expect(try facts() == before)
    #expect(try folder.files(in: "output") == ["study.html", "study.json"])
  }
}

/// Kills the program at random moments and lets the next run go on.
@Suite struct AfterAKill {
  /// How many moments, over how many tests that share the processors.
  static let parts = 5
  static let kills = 10

  /// How long a whole run takes here, in seconds; the moments are spread over it.
  static let length = Result { () throws -> Double in
    let folder = try ProjectFolder.study()
    let start = DispatchTime.now().uptimeNanoseconds
    try folder.colophon("run", "study.md")
    return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }

  @Test(arguments: 0..<parts)
  func theNextRunGoesOnAndWritesTheSameBytes(part: Int) throws {
    let longest = try AfterAKill.length.get() * 1.1
    let expected = try SameBytes.undisturbed.get()
    var random = RandomStream(root: 1, cell: "kill", purpose: "moment", index: part)
    for round in 0..<AfterAKill.kills {
      let folder = try ProjectFolder.study()
      let command = ["run", "study.md", "--progress", "json"]
      let killed = try folder.runner().run(command, killedAfter: random.uniform() * longest)
      let finished = ProgressEvent.all(in: killed.error)
        .filter { $0.event == "finished" && $0.status == "done" }.map { $0.cell }
      if killed.status == nil, folder.exists("output/study.html") {
        // A report is there whole or not at all.
        #expect(try folder.bytes("output/study.html") == expected[0])
      }
      let next = try folder.runner().run(command)
      #expect(next.status == 0, "\(next.error)")
      let reasons = ProgressEvent.reasons(in: next.error)
      for cell in finished {
        #expect(
          reasons[cell]?.hasPrefix("kept") == true,
          "\(cell): \(reasons[cell] ?? "") (\(round))"
        )
      }
      let isSame = try folder.report() == expected
      #expect(isSame, "part \(part), round \(round), after \(finished)")
      let store = try folder.colophon("store", "verify")
      #expect(store.status == 0, "\(store.output)\(store.error)")
    }
  }

  @Test func manyKillsOfOneProjectDoNoHarm() throws {
    let longest = try AfterAKill.length.get() * 0.5
    var random = RandomStream(root: 2, cell: "kill", purpose: "again")
    let folder = try ProjectFolder.study()
    for _ in 0..<10 {
      let moment = random.uniform() * longest
      _ = try folder.runner().run(["run", "study.md", "--quiet"], killedAfter: moment)
    }
    let ending = try folder.colophon("run", "study.md")
    #expect(ending.status == 0, "\(ending.error)")
    #expect(try folder.report() == SameBytes.undisturbed.get())
    let collected = try folder.colophon("store", "gc")
    #expect(collected.status == 0, "\(collected.error)")
    #expect(try folder.files(in: ".colophon/objects").allSatisfy { !$0.contains("partial") })
  }
}
