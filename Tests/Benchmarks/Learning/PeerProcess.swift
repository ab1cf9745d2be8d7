import ColophonData
import Foundation

/// A Python process that holds a table and does a peer's work on it, one turn at a time.
///
/// `COLOPHON_PEER` names the Python; `make bench` makes one with the peers in it, outside of the
/// project.
final class PeerProcess {
  struct Absent: Error, CustomStringConvertible { var description: String }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let folder: URL
  private var rest = Data()

  /// Starts it, and waits until it has read the table and its libraries.
  init(_ work: String, on table: BenchmarkTable) throws {
    guard let python = ProcessInfo.processInfo.environment["COLOPHON_PEER"] else {
      throw Absent(description: "COLOPHON_PEER names no Python that has the peers")
    }
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("colophon-peer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(table.features.values, "X")
    try write(table.labels.map { Double($0) }, "y")
    try write(table.numbers, "z")
    let script = PeerProcess.before(table.features.columns) + work + PeerProcess.after
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    guard line() == "ready" else {
      throw Absent(description: "the peer did not start; are its packages installed?")
    }
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Does the work once; returns the seconds that it took, by the peer's own clock.
  func turn() throws -> Double {
    try input.fileHandleForWriting.write(contentsOf: Data("turn\n".utf8))
    guard let seconds = line().flatMap({ Double($0) }) else {
      throw Absent(description: "the peer stopped in the middle of a turn")
    }
    return seconds
  }

  private func write(_ values: [Double], _ name: String) throws {
    try values.withUnsafeBytes { bytes in
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
  }

  /// The next line that it prints; nil at its end.
  private func line() -> String? {
    while true {
      if let end = rest.firstIndex(of: 10) {
        defer { rest = Data(rest[rest.index(after: end)...]) }
        return String(decoding: rest[..<end], as: UTF8.self)
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      rest += more
    }
  }

  private static func before(_ columns: Int) -> String {
    """
    import sys, time, warnings
    import numpy as np
    warnings.filterwarnings("ignore")
    y, z = np.fromfile("y"), np.fromfile("z")
    X = np.fromfile("X").reshape(len(y), \(columns))

    """
  }

  private static let after = """

    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        run(X, y, z)
        print(time.perf_counter() - start, flush=True)
    """
}
