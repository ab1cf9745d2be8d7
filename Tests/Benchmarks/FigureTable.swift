import Foundation

/// Figures of speed beside a peer or a limit, kept as CSV for a study's chapter.
///
/// `COLOPHON_BENCH_FIGURES` names the file; without it nothing is kept. Figures of another study lie
/// in a file beside it. A figure that is measured again replaces its own row.
enum FigureTable {
  private static let head = "what,rows,threads,seconds,peer,peer_seconds,ratio,goal"

  /// What a figure is measured against.
  struct Peer {
    var name: String
    var seconds: Double
  }

  /// Prints a figure and keeps it: its seconds, its peer's, and what it should be.
  static func keep(
    _ what: String,
    rows: Int,
    threads: Int,
    seconds: Double,
    peer: Peer? = nil,
    goal: String = "",
    table: String? = nil
  ) {
    let ratio = peer.map { $0.seconds / seconds }
    print(
      "  \(what), \(rows) rows, threads: \(threads): \(digits(seconds)) s"
        + (peer.map { ", \($0.name) \(digits($0.seconds)) s" } ?? "")
        + (ratio.map { ": \(digits($0)) times as fast" } ?? "")
    )
    guard var path = ProcessInfo.processInfo.environment["COLOPHON_BENCH_FIGURES"] else { return }
    if let table {
      path = URL(filePath: path).deletingLastPathComponent().appending(path: "\(table).csv").path
    }
    let key = "\(what.replacingOccurrences(of: ",", with: ";")),\(rows),\(threads),"
    let row =
      key
      + [
        digits(seconds), peer?.name ?? "", peer.map { digits($0.seconds) } ?? "",
        ratio.map { digits($0) } ?? "", goal,
      ].joined(separator: ",")
    let before = (try? String(contentsOfFile: path, encoding: .utf8)) ?? head
    var lines = before.split(separator: "\n").map(String.init)
    if let place = lines.firstIndex(where: { $0.hasPrefix(key) }) {
      lines[place] = row
    } else {
      lines.append(row)
    }
    try? (lines.joined(separator: "\n") + "\n")
      .write(toFile: path, atomically: true, encoding: .utf8)
  }

  private static func digits(_ value: Double) -> String { String(format: "%.3g", value) }
}
