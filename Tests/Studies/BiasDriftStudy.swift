import ColophonCore
import ColophonData
import ColophonEvaluation
import Foundation

extension Study {
  /// How far bias metrics and drift tests lie from smclarify's and SciPy's, and whether the tests hold
  /// their level where nothing has moved.
  static let biasDrift = Study(name: "bias-drift") {
    try BiasDeviation.run()
    try DriftLevel.run()
  }
  /// Whether the intervals about bias metrics cover.
  static let biasCoverage = Study(name: "bias-coverage") { try BiasCoverage.run() }
}

/// Random audits and pairs of samples, computed here and by the peers.
private enum BiasDeviation {
  private static let audits = 60
  private static let pairs = 60

  static func run() throws {
    var table = StudyTable(
      "bias-drift-deviation",
      columns: ["name", "peer", "cases", "undefined", "largest_deviation"]
    )
    try metrics(&table)
    try tests(&table)
    try table.write()
  }

  /// Largest distances, relative where a value is above 1.
  private struct Tally {
    var cases = 0
    var undefined = 0
    var largest = 0.0

    mutating func add(_ ours: Double?, _ theirs: Double?) {
      cases += 1
      guard let ours, let theirs else {
        if ours == nil && theirs == nil { undefined += 1 } else { largest = .infinity }
        return
      }
      largest = max(largest, abs(ours - theirs) / max(1, abs(theirs)))
    }

    func row(_ name: String, _ peer: String) -> [String] {
      [
        name, peer, String(cases), String(undefined),
        largest.isFinite ? DecimalText.general(largest, digits: 2) : "undefined on one side",
      ]
    }
  }

  private static func audit(_ seed: Int) -> BiasRows {
    var stream = RandomStream(root: 5, cell: "study", purpose: "audit", index: seed)
    let count = [30, 120, 600, 2_000][seed % 4]
    let skew = stream.uniform() * 0.4 - 0.2
    let rate = 0.15 + stream.uniform() * 0.6
    var rows: [(Bool, Bool, Bool, Int32, [Double])] = []
    for _ in 0..<count {
      let d = stream.uniform() < 0.4
      let x = (0..<3).map { _ in stream.uniform() * 4 }
      let label = stream.uniform() < rate - (d ? skew : 0) + 0.05 * (x[0] - 2)
      let said = stream.uniform() < (label ? 0.8 : 0.3) - (d ? skew / 2 : 0)
      rows.append((d, label, said, Int32(stream.integer(below: 4)), x))
    }
    return BiasRows(
      isDisadvantaged: rows.map { $0.0 },
      labels: rows.map { $0.1 },
      predictions: rows.map { $0.2 },
      groups: rows.map { $0.3 },
      features: FeatureMatrix(
        names: ["x", "y", "z"],
        rows: count,
        values: rows.flatMap { $0.4 }
      )
    )
  }

  private static func metrics(_ table: inout StudyTable) throws {
    var input = ""
    var ours: [[String: Double?]] = []
    for seed in 0..<audits {
      let rows = audit(seed)
      input += "\(rows.count)\n"
      for row in 0..<rows.count {
        let x = rows.features.map { Array($0.row(row)).map { "\($0)" } } ?? []
        let flags = [
          rows.isDisadvantaged[row], rows.labels[row], rows.predictions?[row] == true,
        ].map { $0 ? "1" : "0" }
        input += (flags + ["\(rows.groups?[row] ?? 0)"] + x).joined(separator: " ") + "\n"
      }
      let evidence = BiasMetric.Evidence(rows.counts(), flips: FlipTest(rows, threads: 2))
      ours.append(
        Dictionary(
          uniqueKeysWithValues: biasMetrics.members.map { ($0.name, $0.value(evidence)) }
        )
      )
    }
    guard let answer = Peer.run(clarify, input: input) else {
      print("no smclarify: set COLOPHON_PEER to a Python that has it")
      return
    }
    var tallies: [String: Tally] = [:]
    for line in answer.split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count == 3, let place = Int(parts[0]) else { continue }
      tallies[parts[1], default: Tally()].add(ours[place][parts[1]] ?? nil, Double(parts[2]))
    }
    for name in biasMetrics.names {
      if let tally = tallies[name] { table.add(tally.row(name, "smclarify")) }
    }
  }

  private static func pair(_ seed: Int) -> (reference: [Double], current: [Double]) {
    var stream = RandomStream(root: 6, cell: "study", purpose: "pair", index: seed)
    let sizes = [(40, 60), (300, 200), (1_000, 1_700), (11_000, 13_000)][seed % 4]
    let isTied = seed % 3 == 0
    let shift = stream.uniform() * 0.2
    func draw(_ count: Int, _ shift: Double) -> [Double] {
      (0..<count).map { _ in
        let x = stream.uniform() + stream.uniform() + stream.uniform() + shift
        return isTied ? (x * 8).rounded() / 8 : x
      }
    }
    return (draw(sizes.0, 0), draw(sizes.1, shift))
  }

  private static func tests(_ table: inout StudyTable) throws {
    var input = ""
    var ours: [[String: Double?]] = []
    for seed in 0..<pairs {
      let (reference, current) = pair(seed)
      let pair = DriftPair(numbers: reference, current: current)
      for values in [
        reference, current, Array(pair.counts.reference.dropLast()),
        Array(pair.counts.current.dropLast()),
      ] {
        input += values.map { "\($0)" }.joined(separator: " ") + "\n"
      }
      var found: [String: Double?] = [:]
      for test in driftTests.members {
        let reading = test.read(pair)
        found[test.name] = reading?.value
        if test.measure == .chance { found["p_of_\(test.name)"] = reading?.pValue }
      }
      ours.append(found)
    }
    guard let answer = Peer.run(scipy, input: input) else {
      print("no SciPy: set COLOPHON_PEER to a Python that has it")
      return
    }
    var tallies: [String: Tally] = [:]
    for line in answer.split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count == 3, let place = Int(parts[0]) else { continue }
      tallies[parts[1], default: Tally()].add(ours[place][parts[1]] ?? nil, Double(parts[2]))
    }
    for name in ["psi", "js", "wasserstein", "ks", "p_of_ks", "chi2", "p_of_chi2"] {
      if let tally = tallies[name] {
        table.add(tally.row(name, name == "psi" ? "numpy" : "scipy"))
      }
    }
  }

  private static let clarify = """
    import sys, warnings
    warnings.filterwarnings("ignore")
    import logging; logging.disable(logging.CRITICAL)
    import numpy as np, pandas as pd
    import smclarify.bias.metrics as sm
    from smclarify.bias.metrics import common, posttraining
    common.divide = posttraining.divide = lambda a, b: a / b if b else float("nan")
    lines = sys.stdin.read().split("\\n")
    at, case = 0, 0
    names = "CI DPL KL JS LP TVD KS CDDL DPPL DI DCAcc DCR SD RD DAR DRR AD TE CDDPL FT GE".split()
    while at < len(lines) and lines[at]:
        n = int(lines[at])
        rows = np.array([[float(v) for v in l.split()] for l in lines[at + 1:at + 1 + n]])
        at += 1 + n
        d, y, p = (pd.Series(rows[:, i] == 1) for i in range(3))
        frame = pd.DataFrame(rows[:, 4:], columns=list("xyz"))
        for name in names:
            try:
                v = float(sm.call_metric(
                    getattr(sm, {"DCAcc": "DCA"}.get(name, name)), df=frame, feature=d,
                    sensitive_facet_index=d, label=y, positive_label_index=y, predicted_label=p,
                    positive_predicted_label_index=p, group_variable=pd.Series(rows[:, 3])))
            except (ValueError, AssertionError):
                v = float("nan")
            print(case, name, "none" if np.isnan(v) else repr(v))
        case += 1
    """

  private static let scipy = """
    import sys
    import numpy as np
    from scipy.spatial.distance import jensenshannon
    from scipy.stats import chi2_contingency, ks_2samp, wasserstein_distance
    lines = [np.array([float(v) for v in l.split()]) for l in sys.stdin.read().split("\\n") if l]
    for case in range(len(lines) // 4):
        a, b, r, c = lines[4 * case:4 * case + 4]
        p, q = np.maximum(r / r.sum(), 1e-4), np.maximum(c / c.sum(), 1e-4)
        ks = ks_2samp(a, b)
        found = {"psi": ((q - p) * np.log(q / p)).sum(), "js": jensenshannon(r, c),
                 "wasserstein": wasserstein_distance(a, b), "ks": ks.statistic, "p_of_ks": ks.pvalue}
        share = min(r.sum(), c.sum()) / (r.sum() + c.sum())
        if ((r + c) * share >= 5).all():
            chi2 = chi2_contingency([r, c], correction=False)
            found["chi2"], found["p_of_chi2"] = chi2.statistic, chi2.pvalue
        for name, value in found.items():
            print(case, name, repr(float(value)))
    """
}

/// How often tests raise an alarm where nothing has moved.
private enum DriftLevel {
  private static let repetitions = 4_000

  static func run() throws {
    var table = StudyTable(
      "drift-level",
      columns: ["test", "column", "reference", "current", "level", "alarms", "error"]
    )
    let sizes = [(60, 60), (200, 1_000), (1_000, 200), (2_000, 2_000)]
    for (m, n) in sizes {
      for column in ["continuous", "tied", "levels"] {
        var alarms: [String: Int] = [:]
        for index in 0..<repetitions {
          var stream = RandomStream(
            root: 9,
            cell: "study",
            purpose: "null \(column) \(m) \(n)",
            index: index
          )
          let pair = null(column, m, n, &stream)
          for name in ["ks", "chi2"] {
            guard let p = driftTests[name]?.read(pair)?.pValue, p < 0.05 else { continue }
            alarms[name, default: 0] += 1
          }
        }
        for name in ["ks", "chi2"] where column != "levels" || name == "chi2" {
          table.add(row(name, column, m, n, alarms[name] ?? 0, of: repetitions))
        }
      }
    }
    // A quiet month of ten columns, as a cell judges it.
    for (m, n) in [(200, 200), (1_000, 1_000)] {
      for name in ["ks and chi2 corrected", "all tests"] {
        var alarms = 0
        let months = 1_000
        for index in 0..<months {
          let columns = (0..<10).map { place -> (name: String, pair: DriftPair) in
            var stream = RandomStream(
              root: 9,
              cell: "study",
              purpose: "month \(m)",
              index: index * 10 + place
            )
            return ("c\(place)", null(place < 7 ? "continuous" : "levels", m, n, &stream))
          }
          let tests = driftTests.members.filter { name == "all tests" || $0.measure == .chance }
          if !DriftAnalysis(columns, tests: tests).drifted.isEmpty { alarms += 1 }
        }
        table.add(row(name, "ten columns", m, n, alarms, of: months))
      }
    }
    try table.write()
  }

  private static func row(
    _ test: String,
    _ column: String,
    _ m: Int,
    _ n: Int,
    _ alarms: Int,
    of repetitions: Int
  ) -> [String] {
    let share = Double(alarms) / Double(repetitions)
    let error = (share * (1 - share) / Double(repetitions)).squareRoot()
    return [
      test, column, String(m), String(n), "0.05", DecimalText.fixed(share, decimals: 4),
      DecimalText.fixed(error, decimals: 4),
    ]
  }

  private static func null(
    _ column: String,
    _ m: Int,
    _ n: Int,
    _ stream: inout RandomStream
  ) -> DriftPair {
    func number() -> Double { stream.uniform() + stream.uniform() }
    switch column {
    case "levels":
      func level() -> String? {
        let u = stream.uniform()
        return u < 0.5 ? "a" : u < 0.8 ? "b" : u < 0.95 ? "c" : nil
      }
      return DriftPair(levels: (0..<m).map { _ in level() }, current: (0..<n).map { _ in level() })
    case "tied":
      return DriftPair(
        numbers: (0..<m).map { _ in (number() * 6).rounded() },
        current: (0..<n).map { _ in (number() * 6).rounded() }
      )
    default:
      return DriftPair(
        numbers: (0..<m).map { _ in number() },
        current: (0..<n).map { _ in number() }
      )
    }
  }
}
