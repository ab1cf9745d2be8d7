import ColophonCore
import ColophonLineage
import Foundation
import Glibc
import Testing

/// Kills writers at random moments; whatever was recorded before must be there, and nothing torn.
@Suite struct StoreCrashTests {
  /// Kills for each of the stores that the test works on, and how long a writer lives at most.
  static let kills = 15
  static let longestLife = 40_000

  @Test(arguments: 0..<4)
  func staysWholeWhenAWriterIsKilled(round: Int) throws {
    let folder = try TemporaryFolder()
    var random = RandomStream(root: UInt64(round), cell: "kill", purpose: "moment")
    for _ in 0..<StoreCrashTests.kills {
      // Short lives hit the creation of the store, longer ones the writing.
      let writer = try Writer(folder.store, seed: random.next())
      usleep(UInt32(random.integer(below: StoreCrashTests.longestLife)))
      let last = try writer.kill()
      let store = Store(directory: folder.store)
      let damage = try store.verify().filter { $0.isDamage }
      #expect(damage.isEmpty)
      for number in (0..<((last ?? -1) + 1)).suffix(5) {
        try expectWhole(number, in: store)
      }
    }
    let store = Store(directory: folder.store)
    _ = try store.collect()
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

  @Test(arguments: 0..<3)
  func staysWholeWhenSeveralWritersAreKilled(round: Int) throws {
    let folder = try TemporaryFolder()
    var random = RandomStream(root: UInt64(round), cell: "kill", purpose: "several")
    // They write the same keys with different content: the last row of each stands.
    let writers = try (0..<3).map { _ in try Writer(folder.store, seed: random.next()) }
    var last = -1
    for writer in writers {
      usleep(UInt32(random.integer(below: StoreCrashTests.longestLife)))
      last = max(last, try writer.kill() ?? -1)
    }
    let store = Store(directory: folder.store)
    #expect(try store.verify().filter { $0.isDamage }.isEmpty)
    for number in 0..<(last + 1) { try expectWhole(number, in: store) }
  }
}

/// A running `ColophonStoreWriter`.
private struct Writer {
  private let process = Process()
  private let output = Pipe()

  init(_ directory: String, seed: UInt64) throws {
    process.executableURL = Writer.programs.appendingPathComponent("ColophonStoreWriter")
    process.arguments = [directory, String(seed)]
    process.standardOutput = output
    try process.run()
  }

  /// Kills it; the last number that it said it had recorded.
  func kill() throws -> Int? {
    Glibc.kill(process.processIdentifier, SIGKILL)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationReason == .uncaughtSignal, "the writer ended by itself")
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
