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
        "wrongly_told", "sound",
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
    var count = 16
    var kills = 0
    var lines: [[Substring]] = []
    var running = try (0..<count).map { try Self.start(path, "w\($0)", random.next()) }
    while lines.count < operations {
      usleep(UInt32(random.integer(below: 150_000)))
      let index = random.integer(below: running.count)
      lines += Self.kill(running[index])
      kills += 1
      running[index] = try Self.start(path, "w\(count)", random.next())
      count += 1
    }
    for writer in running { lines += Self.kill(writer) }
    kills += running.count
    return try row(lines, kills, Registry(path: path))
  }

  private func row(_ lines: [[Substring]], _ kills: Int, _ registry: Registry) throws -> [String] {
    let events = try registry.events()
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
    func count(_ word: String) -> String {
      String(lines.count { $0.first.map(String.init) == word })
    }
    return [
      "16", String(kills), String(lines.count), count("registered"), count("promoted"),
      count("lost"), String(missing), String(registered.values.count { $0.count > 1 }),
      String(wrong), try registry.audit().isSound ? "yes" : "no",
    ]
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
