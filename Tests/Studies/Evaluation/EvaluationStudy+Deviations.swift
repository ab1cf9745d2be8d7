import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonMath
import Foundation

extension EvaluationStudy {
  /// How far every metric lies from its reference, over rows that are plain, tied, weighted, rare,
  /// degenerate and many; a deviation is relative to values above 1.
  static func deviations() throws {
    var largest: [String: (reference: String, cases: Int, deviation: Double, worst: String)] = [:]
    var order: [String] = []
    for rows in StudyRows.all {
      guard let expected = try rows.expected() else {
        print("deviations left out: the peers are missing")
        return
      }
      let cases = try rows.cases()
      for (name, value) in expected.sorted(by: { $0.key < $1.key }) {
        guard let metric = Metric.named(name, task: rows.task, classes: cases.classes),
          let peer = value.asNumber, let found = metric.value(Sample(cases))
        else { continue }
        let key = "\(rows.task.rawValue) \(name)"
        if largest[key] == nil { order.append(key) }
        let deviation =
          found == peer
          ? 0 : (found - peer).magnitude / max(1, found.magnitude, peer.magnitude)
        let known = largest[key] ?? (reference(name), 0, -1, "")
        largest[key] = (
          known.reference, known.cases + 1, max(known.deviation, deviation),
          deviation > known.deviation ? rows.name : known.worst
        )
      }
    }
    var table = StudyTable(
      "evaluation-deviations",
      columns: ["task", "metric", "reference", "cases", "largest_deviation", "worst_case"]
    )
    for key in order {
      guard let entry = largest[key] else { continue }
      let parts = key.split(separator: " ").map { String($0) }
      table.add([
        parts[0], parts[1], entry.reference, "\(entry.cases)",
        entry.deviation == 0 ? "0" : String(format: "%.1e", entry.deviation), entry.worst,
      ])
    }
    try table.write()
  }

  /// Who says what a metric should be: what scikit-learn lacks is computed from its definition.
  private static func reference(_ name: String) -> String {
    let defined = [
      "ece", "mce", "smape", "wape", "huber", "msle", "rmsle", "bias", "specificity", "fpr", "fnr",
      "npv", "interval_coverage", "interval_width",
    ]
    if ["pearson", "spearman"].contains(name) { return "scipy" }
    if defined.contains(name) || name.hasPrefix("coverage_") || name.hasPrefix("top_") {
      return "definition in numpy"
    }
    return "scikit-learn"
  }
}

/// Rows of a task, made here and measured by both.
struct StudyRows {
  let task: Task
  let name: String
  let actual: [Double]
  /// One number a row, or one for each class.
  let predicted: [[Double]]
  let weights: [Double]

  private init(
    _ task: Task,
    _ name: String,
    _ count: Int,
    weighted: Bool = false,
    _ row: (inout RandomStream) -> (Double, [Double])
  ) {
    self.task = task
    self.name = name
    var stream = RandomStream(root: 13, cell: "study", purpose: "\(task.rawValue) \(name)")
    var (actual, predicted, weights): ([Double], [[Double]], [Double]) = ([], [], [])
    for _ in 0..<count {
      let made = row(&stream)
      actual.append(made.0)
      predicted.append(made.1)
      // Halves, so that the peer may repeat rows where it knows no weights.
      weights.append(weighted ? 0.5 * Double(stream.integer(below: 4)) : 1)
    }
    (self.actual, self.predicted, self.weights) = (actual, predicted, weights)
  }

  static let all: [StudyRows] = binary + multiclass + regression

  private static func scored(
    _ name: String,
    _ count: Int,
    share: Double,
    levels: Double = 0,
    weighted: Bool = false
  ) -> StudyRows {
    StudyRows(.binary, name, count, weighted: weighted) { stream in
      let label = stream.uniform() < share ? 1.0 : 0
      var score = 0.2 * label + 0.75 * stream.uniform() + 0.02
      if levels > 0 { score = ((score * levels).rounded(.down) + 0.5) / levels }
      return (label, [score])
    }
  }

  private static let binary = [
    scored("clean", 1_000, share: 0.4), scored("tied", 1_000, share: 0.3, levels: 7),
    scored("weighted", 1_000, share: 0.5, levels: 40, weighted: true),
    scored("one in a thousand", 100_000, share: 0.001), scored("large", 1_000_000, share: 0.2),
    StudyRows(.binary, "constant", 200) { stream in
      (stream.uniform() < 0.3 ? 1 : 0, [0.5])
    },
  ]

  private static func classified(
    _ name: String,
    _ count: Int,
    levels: Double = 0,
    weighted: Bool = false
  )
    -> StudyRows
  {
    StudyRows(.multiclass, name, count, weighted: weighted) { stream in
      let label = stream.integer(below: 4)
      var raw = (0..<4).map { stream.uniform() + ($0 == label ? 0.5 : 0) }
      if levels > 0 { raw = raw.map { ($0 * levels).rounded(.down) + 1 } }
      let total = raw.reduce(0, +)
      return (Double(label), raw.map { $0 / total })
    }
  }

  private static let multiclass = [
    classified("clean", 1_000), classified("tied", 1_000, levels: 3),
    classified("weighted", 1_000, weighted: true), classified("large", 100_000),
  ]

  private static let regression = [
    number("clean", 1_000), number("tied", 1_000, levels: 2),
    number("weighted", 1_000, weighted: true), number("large", 1_000_000),
    StudyRows(.regression, "far from zero", 1_000) { stream in
      let actual = 1e6 + stream.standardNormal()
      return (actual, [actual + stream.standardNormal()])
    },
  ]

  private static func number(
    _ name: String,
    _ count: Int,
    levels: Double = 0,
    weighted: Bool = false
  )
    -> StudyRows
  {
    StudyRows(.regression, name, count, weighted: weighted) { stream in
      var actual = 2 + 10 * stream.uniform()
      var predicted = actual + 2 * (stream.uniform() - 0.4)
      if levels > 0 {
        actual = (actual * levels).rounded() / levels
        predicted = (predicted * levels).rounded() / levels
      }
      return (actual, [predicted])
    }
  }

  func cases() throws -> Cases {
    let width = predicted[0].count
    let weights = self.weights.allSatisfy { $0 == 1 } ? nil : self.weights
    if task == .regression {
      return try Cases(
        labels: .numbers(actual),
        predictions: .regression(predicted.map { $0[0] }),
        weights: weights
      )
    }
    return try Cases(
      labels: .classes(actual.map { Int32($0) }),
      predictions: task == .binary
        ? .binary(scores: predicted.map { $0[0] })
        : .multiclass(probabilities: predicted.flatMap { $0 }, classes: width),
      weights: weights,
      classes: task == .binary ? ["no", "yes"] : (0..<width).map { "c\($0)" }
    )
  }

  /// What the peer says, by the functions that also made the tests' expected values.
  func expected() throws -> [String: Value]? {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("colophon-study-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, values) in [("y", actual), ("p", predicted.flatMap { $0 }), ("w", weights)] {
      try values.withUnsafeBytes { try Data($0).write(to: folder.appendingPathComponent(name)) }
    }
    let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/make/metrics.py").path
    let call =
      switch task {
      case .binary: "m.binary(y.astype(int), p, w, 0.5)"
      case .multiclass: "m.classes(y.astype(int), p.reshape(len(y), -1), w)"
      default: "m.regression(y, p, w)"
      }
    let script = """
      import importlib.util, json, warnings
      import numpy as np
      warnings.filterwarnings("ignore")
      spec = importlib.util.spec_from_file_location("metrics", \"\(scripts)\")
      m = importlib.util.module_from_spec(spec)
      spec.loader.exec_module(m)
      y, p, w = (np.fromfile(\"\(folder.path)/\" + name) for name in "ypw")
      clean = lambda v: None if v is None or v != v else float(v)
      print(json.dumps({k: clean(v) for k, v in \(call).items()}))
      """
    guard let output = Peer.run(script) else { return nil }
    return try Value(json: Array(output.utf8)).asObject
  }
}
