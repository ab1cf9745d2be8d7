import ColophonCore
import ColophonData
import ColophonEvaluation
import Foundation

extension Benchmark {
  /// The area under the ROC curve of many scores, and resampling it, beside scikit-learn.
  static let evaluation = Benchmark(name: "evaluation") {
    do {
      try EvaluationBenchmark.area(rows: 10_000_000)
      try EvaluationBenchmark.deLong(rows: [100_000, 1_000_000])
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
    let other = turns.compactMap({ $0.peer?.seconds }).min()
    FigureTable.keep(
      "roc_auc",
      rows: count,
      threads: 1,
      seconds: best,
      peer: other.map { FigureTable.Peer(name: "scikit-learn", seconds: $0) },
      goal: "3 times as fast"
    )
    if let value = turns.first?.peer?.value, let found {
      print("  the areas differ by \((value - found).magnitude)")
    }
  }

  /// Metrics whose resamples are measured, the dear ones among them; nil stands for all that a cell
  /// computes unasked.
  private static let resampled = ["roc_auc", "pr_auc", "ks", "log_loss", "ece", "f1", nil]

  static func bootstrap(rows count: Int, resamples: Int, threads: Int) throws {
    let (labels, scores) = rows(count)
    let cases = try Cases(labels: .classes(labels), predictions: .binary(scores: scores))
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
    )?.turn()
    for name in resampled {
      let catalogue = Metric.catalogue(for: .binary)
      let metrics = name.map { [catalogue[$0]].compactMap { $0 } } ?? catalogue.members
      for kind in Bootstrap.Kind.allCases {
        let seconds =
          Stopwatch.best(
            rounds: name == "roc_auc" ? 2 : 1,
            {
              _ = Bootstrap(kind: kind, resamples: resamples).intervals(
                of: metrics,
                sample: Sample(cases),
                threads: threads
              ) { RandomStream(root: 1, cell: "bench", purpose: "bootstrap", index: $0) }
            }
          )[0] / 1e9
        FigureTable.keep(
          "\(resamples) resamples (\(kind.rawValue)) of \(name ?? "all \(metrics.count) metrics")",
          rows: count,
          threads: threads,
          seconds: seconds,
          peer: name == "roc_auc"
            ? peer.map {
              FigureTable.Peer(
                name: "a loop over scikit-learn",
                seconds: $0.seconds * Double(resamples) / 20
              )
            } : nil,
          goal: name == nil ? "" : "under 2 s"
        )
      }
    }
  }

  /// DeLong's interval of more and more rows: a growth of n log n is 11.7-fold from 100,000 to
  /// 1,000,000 rows, one of n² 100-fold.
  static func deLong(rows counts: [Int]) throws {
    for count in counts {
      let (labels, scores) = rows(count)
      let cases = try Cases(labels: .classes(labels), predictions: .binary(scores: scores))
      let places = Array(0..<count)
      // Rows of their own each time, since an order once sorted is kept.
      let seconds =
        Stopwatch.best(rounds: 3, { _ = DeLong(Sample(cases.rows(places)))?.plain() })[0] / 1e9
      let peer = Peer(
        """
        from scipy.stats import rankdata
        def run(y, s):
            x, z = s[y == 1], s[y == 0]
            m, n = len(x), len(z)
            all = rankdata(np.concatenate([x, z]))
            one, two = rankdata(x), rankdata(z)
            area = (all[:m].sum() - m * (m + 1) / 2) / (m * n)
            return ((all[:m] - one) / n).var(ddof=1) / m + ((all[m:] - two) / m).var(ddof=1) / n
        """,
        labels,
        scores
      )?.turn()
      FigureTable.keep(
        "DeLong's interval",
        rows: count,
        threads: 1,
        seconds: seconds,
        peer: peer.map { FigureTable.Peer(name: "NumPy by ranks", seconds: $0.seconds) },
        goal: "O(n log n)"
      )
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
