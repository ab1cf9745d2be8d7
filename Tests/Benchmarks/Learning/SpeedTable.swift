import Foundation

/// The figures of learning beside its peers, kept as CSV for the studies' chapters.
///
/// `COLOPHON_BENCH_TABLES` names the folder; without it nothing is kept. A case that is measured again
/// replaces its own row, so that the cases may be measured one by one.
enum SpeedTable {
  private static let head = "benchmark,case,rows,columns,threads,seconds,peer_seconds,ratio"

  /// Keeps a case's seconds and its peer's.
  static func keep(
    _ item: LearningCase,
    in table: String,
    of benchmark: String,
    ours: Double,
    theirs: Double
  ) throws {
    let folder = ProcessInfo.processInfo.environment["COLOPHON_BENCH_TABLES"]
    guard let path = folder.map({ "\($0)/\(table)-speed.csv" }) else { return }
    let subject = benchmark.replacingOccurrences(of: "learning-", with: "")
    let title = item.title.replacingOccurrences(of: ",", with: ";")
    let key = "\(subject),\(title),\(item.rows),\(item.columns),\(item.threads),"
    let row = key + [ours, theirs, theirs / ours].map { $0.digits(4) }.joined(separator: ",")
    let before = (try? String(contentsOfFile: path, encoding: .utf8)) ?? head
    var lines = before.split(separator: "\n").map(String.init)
    if let place = lines.firstIndex(where: { $0.hasPrefix(key) }) {
      lines[place] = row
    } else {
      lines.append(row)
    }
    let sorted = [lines[0]] + lines.dropFirst().sorted { order($0) < order($1) }
    try (sorted.joined(separator: "\n") + "\n")
      .write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// By benchmark, then rows, threads and case.
  private static func order(_ line: String) -> String {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let rows = String(repeating: "0", count: max(0, 9 - fields[2].count)) + fields[2]
    return [fields[0], rows, fields[4], fields[1]].joined(separator: "\u{0}")
  }
}

extension Double {
  /// The number with so many significant digits.
  fileprivate func digits(_ count: Int) -> String { String(format: "%.\(count)g", self) }
}
