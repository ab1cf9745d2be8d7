import ColophonCore
import ColophonRegistry
import Foundation
import Glibc
import Testing

/// Many writers at once, killed at random moments: nothing is lost, nothing is doubled, and every
/// loser is told what there is now.
@Suite struct RegistryCrashes {
  /// In `make test`; `make study` runs 2,000 steps of 16 processes.
  static let processes = 8
  static let kills = 24

  @Test func losesNothingAndDoublesNothing() throws {
    let sample = try SampleRegistry()
    var random = RandomStream(root: 7, cell: "kill", purpose: "moment")
    var running = try (0..<Self.processes).map {
      try RegistryWriterProcess(sample.path, name: "w\($0)", seed: random.next())
    }
    var lines: [[Substring]] = []
    for kill in 0..<Self.kills {
      let index = random.integer(below: running.count)
      // After some of its steps, whenever they are done, and a moment into the next one.
      running[index].read(random.integer(below: 30))
      usleep(UInt32(random.integer(below: 20_000)))
      lines += try running[index].kill()
      if kill < Self.kills - Self.processes {
        running[index] = try RegistryWriterProcess(
          sample.path,
          name: "w\(Self.processes + kill)",
          seed: random.next()
        )
      } else {
        running.remove(at: index)
      }
    }
    let audit = try sample.registry.audit()
    #expect(audit.isSound, "\(audit.text)")
    try check(lines, sample.registry)
  }

  /// What the writers were told must be what the journal holds.
  private func check(_ lines: [[Substring]], _ registry: Registry) throws {
    let events = try registry.events()
    let registered = Dictionary(grouping: events.filter { $0.kind == .registered }) { $0.new }
    #expect(registered.values.allSatisfy { $0.count == 1 })
    let moves = events.filter { $0.kind == .moved }.map { "\($0.expected) \($0.new)" }
    var told: [String: Int] = [:]
    for line in lines where line.count == 3 {
      switch line[0] {
      case "registered", "found":
        let event = registered[String(line[1])]?.first
        #expect(event.map { String($0.version) } == String(line[2]))
      case "promoted": told["\(line[1]) \(line[2])", default: 0] += 1
      case "lost": #expect(line[1] != line[2])
      default: Issue.record("\(line)")
      }
    }
    for (move, count) in told {
      #expect(moves.count { $0 == move } >= count, "\(move)")
    }
    #expect(lines.contains { $0.first == "lost" } && lines.contains { $0.first == "promoted" })
  }
}

/// A running `ColophonRegistryWriter`.
struct RegistryWriterProcess {
  private let process = Process()
  private let output = Pipe()
  private var text: [UInt8] = []

  init(_ path: String, name: String, seed: UInt64) throws {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    process.executableURL = URL(fileURLWithPath: own).deletingLastPathComponent()
      .appendingPathComponent("ColophonRegistryWriter")
    process.arguments = [path, name, String(seed), "1000000"]
    process.standardOutput = output
    try process.run()
  }

  /// Waits until it has written so many lines.
  mutating func read(_ count: Int) {
    while text.count(where: { $0 == UInt8(ascii: "\n") }) < count {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return }
      text += more
    }
  }

  /// Kills it; the lines that it wrote, as words.
  mutating func kill() throws -> [[Substring]] {
    Glibc.kill(process.processIdentifier, SIGKILL)
    text += output.fileHandleForReading.readDataToEndOfFile()
    let text = String(decoding: text, as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationReason == .uncaughtSignal, "the writer ended by itself")
    // A line that the kill cut off says nothing.
    let whole = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return whole.map { $0.split(separator: " ") }
  }
}
