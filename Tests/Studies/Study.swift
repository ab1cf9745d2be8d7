import Foundation

/// One long comparison with something that we did not write: a name to choose it by, and a run that
/// fills tables.
struct Study: Sendable {
  let name: String
  let run: @Sendable () throws -> Void
}

/// A table that a study leaves behind: printed, and kept as CSV beside the handbook's data, where the
/// study's chapter reads it.
struct StudyTable {
  let name: String
  let columns: [String]
  private(set) var rows: [[String]] = []

  init(_ name: String, columns: [String]) {
    self.name = name
    self.columns = columns
  }

  /// Adds a row, one text for each column, and prints it.
  mutating func add(_ row: [String]) {
    precondition(row.count == columns.count, "\(row.count) fields for \(columns.count) columns")
    rows.append(row)
    print(zip(columns, row).map { "\($0) \($1)" }.joined(separator: "  "))
  }

  /// Writes `notebooks/data/studies/NAME.csv`.
  func write() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("notebooks/data/studies")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let lines = ([columns] + rows).map { $0.map(Self.quoted).joined(separator: ",") + "\n" }
    try lines.joined().write(
      to: folder.appendingPathComponent(name + ".csv"),
      atomically: true,
      encoding: .utf8
    )
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}

/// The peers' Python, which `make study` sets up outside of the project.
enum Peer {
  /// Runs a script; its standard output, or nil where the peer is missing or fails.
  static func run(_ script: String, input: String = "") -> String? {
    guard let python = ProcessInfo.processInfo.environment["COLOPHON_PEER"] else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-P", "-c", script]
    let (stdin, stdout) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (stdin, stdout)
    guard (try? process.run()) != nil else { return nil }
    let writer = Thread {
      try? stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try? stdin.fileHandleForWriting.close()
    }
    writer.start()
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: output, as: UTF8.self) : nil
  }
}
