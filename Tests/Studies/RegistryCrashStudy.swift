import ColophonCore
import ColophonRegistry
import Foundation

extension Study {
  /// Sixteen processes register and promote at once, some 2,000 operations, each process killed at a
  /// random moment and followed by another; then the journal is compared with what they were told.
  static let registryCrash = Study(name: "registry-crash") {
    var table = StudyTable(
      "registry-crash",
      columns: [
        "processes", "kills", "confirmed", "registered", "promoted", "lost", "missing", "doubled",
        "wrongly_told", "ended_early", "sound",
      ]
    )
    for round in 0..<3 { table.add(try RegistryCrashRound(round).run()) }
    try table.write()
  }
}

private struct RegistryCrashRound {
  private let seed: UInt64
  private let folder: URL
  private let operations = 2_000
  private let processes = 16

  init(_ round: Int) {
    seed = UInt64(round)
    folder = FileManager.default.temporaryDirectory.appending(path: "registry-crash-\(round)")
  }

  func run() throws -> [String] {
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "registry.sqlite").path
    var random = RandomStream(root: seed, cell: "kill", purpose: "moment")
    var count = processes
    var (kills, early) = (0, 0)
    var lines: [[Substring]] = []
    /// Kills a writer, counts it, and keeps what it had been told.
    func end(_ writer: (Process, Pipe)) {
      lines += Self.kill(writer)
      kills += 1
      // None ends by itself unless something went wrong.
      if writer.0.terminationReason != .uncaughtSignal { early += 1 }
    }
    var running = try (0..<count).map { try Self.start(path, "w\($0)", random.next()) }
    while lines.count < operations {
      usleep(UInt32(random.integer(below: 150_000)))
      let index = random.integer(below: running.count)
      end(running[index])
      running[index] = try Self.start(path, "w\(count)", random.next())
      count += 1
    }
    for writer in running { end(writer) }
    let registry = Registry(path: path)
    let told = try told(lines, registry.events())
    return [String(processes), String(kills), String(lines.count)] + told
      + [String(early), try registry.audit(full: true).isSound ? "yes" : "no"]
  }

  /// What writers were told beside what the journal holds, as columns of the table.
  private func told(_ lines: [[Substring]], _ events: [RegistryEvent]) throws -> [String] {
    let registered = Dictionary(grouping: events.filter { $0.kind == .registered }) { $0.new }
    let moves = Dictionary(grouping: events.filter { $0.kind == .moved }) {
      "\($0.expected) \($0.new)"
    }
    var (missing, wrong) = (0, 0)
    var told: [String: Int] = [:]
    for line in lines where line.count == 3 {
      switch line[0] {
      case "registered", "found":
        let event = registered[String(line[1])]?.first
        if event == nil { missing += 1 }
        if let event, String(event.version) != line[2] { wrong += 1 }
      case "promoted": told["\(line[1]) \(line[2])", default: 0] += 1
      default: if line[1] == line[2] { wrong += 1 }
      }
    }
    for (move, count) in told where moves[move]?.count ?? 0 < count { missing += 1 }
    wrong += Self.wrongRefusals(events)
    func count(_ word: String) -> String {
      String(lines.count { $0.first.map(String.init) == word })
    }
    return [
      count("registered"), count("promoted"), count("lost"), String(missing),
      String(registered.values.count { $0.count > 1 }), String(wrong),
    ]
  }

  /// Refusals of the journal that named another version than the alias pointed to just then.
  private static func wrongRefusals(_ events: [RegistryEvent]) -> Int {
    var champion = "none"
    var wrong = 0
    for event in events {
      if event.kind == .moved { champion = event.new }
      guard event.kind == .refused, event.detail == RegistryRefusal.Kind.stale.rawValue else {
        continue
      }
      if !event.reason.hasSuffix("champion points to \(event.group)@\(champion) now") { wrong += 1 }
    }
    return wrong
  }

  private static func start(_ path: String, _ name: String, _ seed: UInt64) throws -> (
    Process, Pipe
  ) {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: own).deletingLastPathComponent()
      .appendingPathComponent("ColophonRegistryWriter")
    process.arguments = [path, name, String(seed), "1000000"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    return (process, output)
  }

  private static func kill(_ writer: (Process, Pipe)) -> [[Substring]] {
    Foundation.kill(writer.0.processIdentifier, SIGKILL)
    let text = String(
      decoding: writer.1.fileHandleForReading.readDataToEndOfFile(),
      as: UTF8.self
    )
    writer.0.waitUntilExit()
    let whole = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return whole.map { $0.split(separator: " ") }
  }
}
