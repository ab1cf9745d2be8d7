import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonMath

/// How often 95 % intervals about bias metrics hold the truth.
enum BiasCoverage {
  private static let repetitions = 1_000

  static func run() throws {
    var table = StudyTable(
      "bias-coverage",
      columns: ["metric", "bounds", "rows", "level", "covered", "error", "missing"]
    )
    let truth: [String: Double] = [
      // Labels: 0.4 of d and 0.55 of the others; predicted positive with 0.75 or 0.2.
      "DPL": 0.15, "DPPL": 0.15 * 0.55, "DI": (0.4 * 0.75 + 0.6 * 0.2) / (0.55 * 0.75 + 0.45 * 0.2),
      "RD": 0, "SD": 0, "AD": (0.55 * 0.75 + 0.45 * 0.8) - (0.4 * 0.75 + 0.6 * 0.8),
    ]
    let metrics = truth.keys.sorted().compactMap { biasMetrics[$0] }
    for rows in [150, 600] {
      for kind in Bootstrap.Kind.allCases {
        var covered = [Int](repeating: 0, count: metrics.count)
        var missing = covered
        for index in 0..<repetitions {
          var stream = RandomStream(root: 3, cell: "study", purpose: "cover \(rows)", index: index)
          let sample = sample(rows, &stream)
          let found = BiasBootstrap(Bootstrap(kind: kind, resamples: 500)).intervals(
            of: metrics,
            rows: sample,
            threads: 2
          ) { RandomStream(root: 4, cell: "study", purpose: "draw \(rows) \(index)", index: $0) }
          for (m, metric) in metrics.enumerated() {
            guard let interval = found[m], let value = truth[metric.name] else {
              missing[m] += 1
              continue
            }
            if interval.low <= value, value <= interval.high { covered[m] += 1 }
          }
        }
        for (m, metric) in metrics.enumerated() {
          let count = repetitions - missing[m]
          let share = Double(covered[m]) / Double(max(count, 1))
          let error = (share * (1 - share) / Double(max(count, 1))).squareRoot()
          table.add([
            metric.name, kind.rawValue, String(rows), "0.95", DecimalText.fixed(share, decimals: 3),
            DecimalText.fixed(error, decimals: 3), String(missing[m]),
          ])
        }
      }
    }
    for rows in [150, 600] { flips(rows, &table) }
    try table.write()
  }

  /// The flip test, whose truth is its mean over samples of that size.
  private static func flips(_ count: Int, _ table: inout StudyTable) {
    func drawn(_ purpose: String, _ index: Int) -> BiasRows {
      var stream = RandomStream(
        root: 3,
        cell: "study",
        purpose: "\(purpose) \(count)",
        index: index
      )
      return neighbours(count, &stream)
    }
    guard let metric = biasMetrics["FT"] else { return }
    let truths = 4_000
    let total = (0..<truths).reduce(0.0) { sum, index in
      let rows = drawn("flips", index)
      let evidence = BiasMetric.Evidence(rows.counts(), flips: FlipTest(rows))
      return sum + (metric.value(evidence) ?? 0)
    }
    let truth = total / Double(truths)
    var (covered, known) = (0, 0)
    for index in 0..<repetitions {
      let rows = drawn("cover flips", index)
      let found = BiasBootstrap(Bootstrap(kind: .percentile, resamples: 500)).intervals(
        of: [metric],
        rows: rows,
        flips: FlipSearch(rows, forResamples: true),
        threads: 2
      ) { RandomStream(root: 4, cell: "study", purpose: "flip \(count) \(index)", index: $0) }
      guard let interval = found[0] else { continue }
      known += 1
      if interval.low <= truth, truth <= interval.high { covered += 1 }
    }
    let share = Double(covered) / Double(max(known, 1))
    let error = (share * (1 - share) / Double(max(known, 1))).squareRoot()
    table.add([
      "FT", "percentile about the value", String(count), "0.95",
      DecimalText.fixed(share, decimals: 3),
      DecimalText.fixed(error, decimals: 3), String(repetitions - known),
    ])
  }

  /// Two features, a score of both with noise, and a group whose score is held down.
  private static func neighbours(_ count: Int, _ stream: inout RandomStream) -> BiasRows {
    var (d, said, x): ([Bool], [Bool], [Double]) = ([], [], [])
    for _ in 0..<count {
      let isMember = stream.uniform() < 0.4
      let features = (0..<2).map { _ in stream.standardNormal() + (isMember ? 0.3 : 0) }
      let score = features[0] + features[1] / 2 - (isMember ? 0.4 : 0)
      d.append(isMember)
      said.append(score + stream.standardNormal() > 0)
      x += features
    }
    return BiasRows(
      isDisadvantaged: d,
      labels: said,
      predictions: said,
      features: FeatureMatrix(names: ["x", "y"], rows: count, values: x)
    )
  }

  private static func sample(_ count: Int, _ stream: inout RandomStream) -> BiasRows {
    var (d, labels, said): ([Bool], [Bool], [Bool]) = ([], [], [])
    for _ in 0..<count {
      let isMember = stream.uniform() < 0.4
      let label = stream.uniform() < (isMember ? 0.4 : 0.55)
      d.append(isMember)
      labels.append(label)
      said.append(stream.uniform() < (label ? 0.75 : 0.2))
    }
    return BiasRows(isDisadvantaged: d, labels: labels, predictions: said)
  }
}
