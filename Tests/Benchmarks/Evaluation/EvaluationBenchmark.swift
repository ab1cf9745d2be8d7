import ColophonCore
import ColophonData
import ColophonEvaluation
import Foundation

extension Benchmark {
  /// The area under the ROC curve of many scores, and resampling it, beside scikit-learn.
  static let evaluation = Benchmark(name: "evaluation") {
    do {
      try EvaluationBenchmark.area(rows: 10_000_000)
      try EvaluationBenchmark.bootstrap(rows: 100_000, resamples: 2_000, threads: 2)
    } catch { print("left out: \(error)") }
  }
}

private enum EvaluationBenchmark {
  /// Scores that tell a fifth of positive rows from the others, some of them tied.
  static func rows(_ count: Int) -> (labels: [Int32], scores: [Double]) {
    var random = RandomStream(root: 1, cell: "bench", purpose: "scores")
    var labels = [Int32](repeating: 0, count: count)
    var scores = [Double](repeating: 0, count: count)
    for row in 0..<count {
      let label: Int32 = random.uniform() < 0.2 ? 1 : 0
      labels[row] = label
      scores[row] = 0.25 * Double(label) + 0.7 * random.uniform()
    }
    return (labels, scores)
  }

  static func area(rows count: Int) throws {
    let (labels, scores) = rows(count)
    let metric = Metric.named("roc_auc", task: .binary)
    var found: Double?
    func own() {
      // From bare numbers on, the check of every score included, as the peer checks its own.
      let cases = try? Cases(labels: .classes(labels), predictions: .binary(scores: scores))
      found = cases.flatMap { metric?.value(Sample($0)) }
    }
    let peer = Peer(
      """
      from sklearn.metrics import roc_auc_score
      def run(y, s): return roc_auc_score(y, s)
      """,
      labels,
      scores
    )
    let turns = (0..<3).map { _ in
      (own: Stopwatch.best(rounds: 1, own)[0] / 1e9, peer: peer?.turn())
    }
    let best = turns.map { $0.own }.min() ?? .nan
    var line = "roc_auc of \(count) scores: \(best.short) s"
    if let other = turns.compactMap({ $0.peer?.seconds }).min() {
      line += ", scikit-learn \(other.short) s: \((other / best).short) times as fast"
      if let value = turns.first?.peer?.value, let found {
        line += "; the areas differ by \((value - found).magnitude)"
      }
    }
    print(line)
  }

  static func bootstrap(rows count: Int, resamples: Int, threads: Int) throws {
    let (labels, scores) = rows(count)
    let cases = try Cases(labels: .classes(labels), predictions: .binary(scores: scores))
    guard let metric = Metric.named("roc_auc", task: .binary) else { return }
    for kind in Bootstrap.Kind.allCases {
      let seconds =
        Stopwatch.best(
          rounds: 2,
          {
            _ = Bootstrap(kind: kind, resamples: resamples).intervals(
              of: [metric],
              sample: Sample(cases),
              threads: threads
            ) { RandomStream(root: 1, cell: "bench", purpose: "bootstrap", index: $0) }
          }
        )[0] / 1e9
      print(
        "\(resamples) resamples of \(count) rows, roc_auc, \(kind.rawValue), threads: \(threads): "
          + "\(seconds.short) s"
      )
    }
    let peer = Peer(
      """
      from sklearn.metrics import roc_auc_score
      rng = np.random.default_rng(1)
      def run(y, s):
          for _ in range(20):
              rows = rng.integers(0, len(y), len(y))
              area = roc_auc_score(y[rows], s[rows])
          return area
      """,
      labels,
      scores
    )
    if let turn = peer?.turn() {
      print("  a loop over scikit-learn: \((turn.seconds * Double(resamples) / 20).short) s")
    }
  }

  /// A Python process that holds the rows and does a peer's work on them.
  final class Peer {
    private let process = Process()
    private let (input, output) = (Pipe(), Pipe())
    private let folder: URL

    init?(_ work: String, _ labels: [Int32], _ scores: [Double]) {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("colophon-peer-\(UUID().uuidString)")
      guard let python = ProcessInfo.processInfo.environment["COLOPHON_PEER"] else {
        print("COLOPHON_PEER names no Python that has the peers")
        return nil
      }
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try labels.withUnsafeBytes { try Data($0).write(to: folder.appendingPathComponent("y")) }
        try scores.withUnsafeBytes { try Data($0).write(to: folder.appendingPathComponent("s")) }
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-P", "-c", Peer.before + work + Peer.after]
        process.currentDirectoryURL = folder
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
      } catch { return nil }
    }

    deinit {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
      try? FileManager.default.removeItem(at: folder)
    }

    func turn() -> (seconds: Double, value: Double)? {
      try? input.fileHandleForWriting.write(contentsOf: Data("turn\n".utf8))
      var line = Data()
      while line.last != 10 {
        let more = output.fileHandleForReading.availableData
        if more.isEmpty { return nil }
        line += more
      }
      let fields = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      guard fields.count == 2, let seconds = Double(fields[0]), let value = Double(fields[1])
      else { return nil }
      return (seconds, value)
    }

    private static let before = """
      import sys, time
      import numpy as np
      y, s = np.fromfile("y", dtype=np.int32), np.fromfile("s")

      """

    private static let after = """

      for _ in sys.stdin:
          start = time.perf_counter()
          value = run(y, s)
          print(time.perf_counter() - start, value, flush=True)
      """
  }
}
