import ColophonCore
import ColophonLineage
import Foundation
import Testing

/// Kills writers at random moments; whatever was recorded before must be there, and nothing torn.
@Suite struct StoreCrashTests {
  /// Kills for each of the stores that the test works on, and how long a writer lives at most.
  static let kills = 15
  static let longestLife = 25_000

  @Test(arguments: 0..<4)
  func staysWholeWhenAWriterIsKilled(round: Int) throws {
    let folder = try TemporaryFolder()
    var random = RandomStream(root: UInt64(round), cell: "kill", purpose: "moment")
    for _ in 0..<StoreCrashTests.kills {
      // Short lives hit the creation of the store, longer ones the writing.
      let life = random.integer(below: StoreCrashTests.longestLife)
      let last = try StoreCrashTests.lastRecorded(folder.store, seed: random.next(), life: life)
      let store = Store(directory: folder.store)
      let damage = try store.verify().filter { $0.isDamage }
      #expect(damage.isEmpty)
      for number in stride(from: last ?? -1, to: -1, by: -1).prefix(5) {
        try expectWhole(number, in: store)
      }
    }
    let store = Store(directory: folder.store)
    _ = try store.collect(
      keeping: Set(
        try store.previousKey(notebook: "a.md", cell: "fit").map { $0.digest }.map { [$0] } ?? []
      )
    )
    #expect(try store.verify().isEmpty)
  }

  private func expectWhole(_ number: Int, in store: Store) throws {
    let key = CellKey(
      kind: "train",
      configuration: ["number": .integer(number)],
      seed: CellKey.Seed(root: 1, cell: "fit"),
      build: sha("build")
    )
    let outcome = try #require(try store.outcome(for: key.digest))
    #expect(outcome.values["number"] == .integer(number))
    let artifact = try #require(outcome.artifact)
    #expect(try store.read(artifact.digest).count == outcome.values["size"]?.asInteger)
  }

  /// Starts a writer, kills it, and returns the last number that it said it had recorded.
  private static func lastRecorded(_ directory: String, seed: UInt64, life: Int) throws -> Int? {
    let writer = Process()
    writer.executableURL = programs.appendingPathComponent("ColophonStoreWriter")
    writer.arguments = [directory, String(seed)]
    let output = Pipe()
    writer.standardOutput = output
    try writer.run()
    usleep(UInt32(life))
    kill(writer.processIdentifier, SIGKILL)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    writer.waitUntilExit()
    try #require(writer.terminationReason == .uncaughtSignal, "the writer ended by itself")
    return text.split(separator: "\n").last.flatMap { Int($0) }
  }

  /// The folder of the built programs: that of the program that runs the tests.
  private static var programs: URL {
    let own =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: own).deletingLastPathComponent()
  }
}
