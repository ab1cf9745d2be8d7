import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonMath
import Foundation

extension EvaluationStudy {
  /// How far a metric lies from its reference over all rows that it was tried on.
  private struct Largest {
    var rows: [String] = []
    var deviation = -1.0
    var worst = ""

    mutating func add(_ deviation: Double, on rows: String) {
      self.rows.append(rows)
      guard deviation > self.deviation else { return }
      self.deviation = deviation
      worst = rows
    }
  }

  /// How far every metric of every task lies from its reference, over rows that are plain, tied,
  /// weighted, rare, degenerate and many; a deviation is relative to values above 1.
  ///
  /// - Throws: `Uncovered` where a metric of a catalogue has no reference.
  static func deviations() throws {
    var table = StudyTable(
      "evaluation-deviations",
      columns: ["task", "metric", "reference", "rows", "largest_deviation", "worst_rows"]
    )
    let all = StudyRows.all
    for task in Task.allCases where all.contains(where: { $0.task == task }) {
      var largest: [String: Largest] = [:]
      for rows in all where rows.task == task {
        guard try compare(rows, &largest) else {
          print("deviations left out: the peers are missing or failed on \(task) \(rows.name)")
          return
        }
      }
      let names = Metric.catalogue(for: task).names
      let missing = names.filter { largest[$0] == nil }
      if !missing.isEmpty { throw Uncovered(task: task, metrics: missing) }
      let others = largest.keys.filter { !names.contains($0) }.sorted(by: scalarOrder)
      for name in names + others {
        guard let found = largest[name] else { continue }
        table.add([
          task.rawValue, name, reference(name, task), "\(found.rows.count)",
          found.deviation == 0 ? "0" : String(format: "%.1e", found.deviation), found.worst,
        ])
      }
    }
    try table.write()
  }

  struct Uncovered: Error {
    let task: Task
    let metrics: [String]
  }

  /// False where the peer does not answer.
  private static func compare(_ rows: StudyRows, _ largest: inout [String: Largest]) throws -> Bool
  {
    guard let expected = try rows.expected() else { return false }
    let cases = try rows.cases()
    let variants: [String: MetricOptions] = [
      "ece_15": MetricOptions(bins: 15), "ece_mass": MetricOptions(binning: .equalMass),
      "huber_0.3": MetricOptions(delta: 0.3),
      "macro_roc_auc_ovo": MetricOptions(pairing: .oneVersusOne),
      "weighted_roc_auc_ovo": MetricOptions(pairing: .oneVersusOne),
    ]
    for (name, value) in expected.sorted(by: { $0.key < $1.key }) {
      let options = variants[name] ?? rows.options
      let plain =
        variants[name] == nil
        ? name : name.split(separator: "_").dropLast().joined(separator: "_")
      guard let metric = Metric.named(plain, task: rows.task, classes: cases.classes)
      else { continue }
      let found = metric.value(Sample(cases, options: options))
      largest[name, default: Largest()].add(deviation(found, value.asNumber), on: rows.name)
      if deviation(found, value.asNumber) > 1e-12 {
        print("  \(rows.task) \(rows.name) \(name): \(found as Any), not \(value)")
      }
    }
    return true
  }

  /// 0 where both have no value, infinite where one has none.
  private static func deviation(_ found: Double?, _ peer: Double?) -> Double {
    guard let found, let peer else { return found == nil && peer == nil ? 0 : .infinity }
    return found == peer ? 0 : (found - peer).magnitude / max(1, found.magnitude, peer.magnitude)
  }

  /// Who says what a metric should be: what scikit-learn lacks is computed from its definition.
  private static func reference(_ name: String, _ task: Task) -> String {
    let defined: Set<String> = [
      "ece", "ece_15", "ece_mass", "mce", "smape", "wape", "huber", "huber_0.3", "msle", "rmsle",
      "bias", "specificity", "fpr", "fnr", "npv", "interval_coverage", "interval_width", "mase",
      "wql", "mrr", "inertia", "purity", "davies_bouldin",
    ]
    let families = ["coverage_", "top_", "map_", "hit_"]
    if ["pearson", "spearman"].contains(name) { return "SciPy" }
    if defined.contains(name) || families.contains(where: name.hasPrefix) {
      return "definition in NumPy"
    }
    if task == .multiclass, name == "brier" { return "definition in NumPy" }
    if task == .ranking, !name.hasPrefix("ndcg") { return "definition in NumPy" }
    return "scikit-learn"
  }
}
