import Foundation

/// The peers' side of the tuning study: Optuna's samplers on the same functions in the same virtual
/// time, run by run, from a table that is kept in the repository because making it takes hours.
struct TuningPeer {
  private struct Key: Hashable {
    var function: String
    var sampler: String
    var parallel: Int
  }

  private var regrets: [Key: [(after30: Double, after60: Double)]] = [:]

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")
  private static let table = root.appendingPathComponent("tuning-peers.csv").path
  private static let script = root.appendingPathComponent("make/tuning_peers.py").path

  /// Reads the table, after the peers have added what it lacks; without them, what there is.
  init() throws {
    if let python = ProcessInfo.processInfo.environment["COLOPHON_PEER"] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: python)
      process.arguments = ["-P", TuningPeer.script, TuningPeer.table]
      try process.run()
      process.waitUntilExit()
    }
    let lines = try String(contentsOfFile: TuningPeer.table, encoding: .utf8)
      .split(separator: "\n").dropFirst()
    for line in lines {
      let fields = line.split(separator: ",").map { String($0) }
      guard fields.count == 6, let parallel = Int(fields[2]), let after30 = Double(fields[4]),
        let after60 = Double(fields[5])
      else { continue }
      let key = Key(function: fields[0], sampler: fields[1], parallel: parallel)
      regrets[key, default: []].append((after30, after60))
    }
  }

  /// The regrets of a sampler's runs after 30 or 60 jobs; nil where there are fewer than ten runs.
  func sample(_ function: String, _ sampler: String, _ parallel: Int, jobs: Int) -> RegretSample? {
    let key = Key(function: function, sampler: sampler, parallel: parallel)
    guard let runs = regrets[key], runs.count >= 10 else { return nil }
    return RegretSample(values: runs.map { jobs == 30 ? $0.after30 : $0.after60 })
  }
}
