import ColophonLearning
import Foundation

/// One piece of learning that is timed beside a peer, which does the same to the same rows.
struct LearningCase: Sendable {
  /// What is done, such as `hist, 100 rounds`.
  var title: String
  var rows: Int
  var columns: Int
  /// How many threads each side may use.
  var threads: Int
  /// How often each side is timed; the least time of each counts.
  var turns: Int
  /// How far the table's rows are moved apart into eight groups.
  var apart = 0.0
  /// Of how many columns a row's class follows from its group; 0 for classes with noise.
  var clear = 0
  /// What the engine does; only this is timed.
  var ours: @Sendable (BenchmarkTable) throws -> Void
  /// What the peer does, in Python.
  ///
  /// It defines `run(X, y, z)` of numpy arrays: features, labels 0 and 1, and numbers. Its imports
  /// stand outside of `run` and are not timed.
  var peer: String

  /// What is done, to how many rows, on how many threads.
  var label: String { "\(title), \(rows) x \(columns), threads: \(threads)" }

  init(
    _ title: String,
    rows: Int,
    columns: Int = 28,
    threads: Int = 2,
    turns: Int = 3,
    peer: String,
    ours: @escaping @Sendable (BenchmarkTable) throws -> Void
  ) {
    self.title = title
    self.rows = rows
    self.columns = columns
    self.threads = threads
    self.turns = turns
    self.ours = ours
    self.peer = peer
  }
}

extension Benchmark {
  /// A benchmark of cases that are learned from; `COLOPHON_PEER` names the Python that drives the
  /// peers, and `table` whose study keeps the figures.
  static func learning(
    _ name: String,
    table: String = "classical",
    _ cases: [LearningCase]
  ) -> Benchmark {
    Benchmark(name: name) {
      let only = ProcessInfo.processInfo.environment["COLOPHON_BENCH_CASE"]
      for item in cases where only.map({ item.label.contains($0) }) ?? true {
        do { try measure(item, of: name, table) } catch {
          print("\(item.label): left out: \(error)")
        }
      }
    }
  }

  /// The two sides take turns, so that a change in the machine's speed meets both.
  private static func measure(_ item: LearningCase, of name: String, _ study: String) throws {
    let table = BenchmarkTable(
      rows: item.rows,
      columns: item.columns,
      apart: item.apart,
      clear: item.clear
    )
    var peer: PeerProcess?
    do { peer = try PeerProcess(item.peer, on: table) } catch { print("no peer: \(error)") }
    var (ours, theirs) = (Double.infinity, Double.infinity)
    let clock = ContinuousClock()
    for _ in 0..<item.turns {
      let (seconds, attoseconds) = try clock.measure { try item.ours(table) }.components
      ours = min(ours, Double(seconds) + Double(attoseconds) * 1e-18)
      if let peer { theirs = min(theirs, try peer.turn()) }
    }
    let beside =
      theirs.isFinite ? ", peer \(theirs.short) s, \((theirs / ours).short) of its rate" : ""
    print("\(item.label): \(ours.short) s\(beside)")
    fflush(nil)
    if theirs.isFinite {
      try SpeedTable.keep(item, in: study, of: name, ours: ours, theirs: theirs)
    }
  }
}
