import ColophonCore
import ColophonData
import ColophonEvaluation

/// What value paths lead to in an evaluate cell.
enum EvaluationValues {
  static func values(_ evaluation: Evaluation) -> [String: Value] {
    var values = ValueTree()
    values.set(["rows"], .integer(evaluation.rows.cases.count))
    if evaluation.rows.cases.task == .ranking {
      let (all, empty) = evaluation.rows.cases.queryCounts
      values.set(["queries", "all"], .integer(all))
      values.set(["queries", "empty"], .integer(empty))
    }
    if evaluation.rows.cases.task == .forecasting {
      values.set(["series"], .integer(evaluation.rows.series.count))
    }
    for measure in evaluation.measures + evaluation.classMeasures.flatMap({ $0 }) {
      let path = MetricRequest.segments(measure.metric.name)
      values.set(path, number(measure.value))
      guard evaluation.confidence != nil, evaluation.classMeasures.isEmpty || path.count == 1
      else { continue }
      values.set(["ci"] + path + ["low"], number(measure.interval?.low))
      values.set(["ci"] + path + ["high"], number(measure.interval?.high))
    }
    if let choice = evaluation.threshold {
      values.set(["threshold"], .number(choice.threshold))
      if case .cost = evaluation.rule { values.set(["cost"], number(choice.value)) }
    }
    if let cases = evaluation.sample.clusterCases { clusters(cases, evaluation, &values) }
    if let matrix = evaluation.sample.matrix { confusion(matrix, evaluation, &values) }
    for slice in evaluation.slices {
      let start = ["slice", slice.column, slice.value]
      values.set(start + ["rows"], .integer(slice.rows))
      for (index, measure) in slice.measures.enumerated() {
        let path = MetricRequest.segments(measure.metric.name)
        values.set(start + path, number(measure.value))
        guard evaluation.boundedInSlices.contains(index) else { continue }
        values.set(start + ["ci"] + path + ["low"], number(measure.interval?.low))
        values.set(start + ["ci"] + path + ["high"], number(measure.interval?.high))
      }
    }
    return values.members
  }

  /// How many clusters there are; of each its rows and mean silhouette.
  private static func clusters(
    _ cases: ClusterCases,
    _ evaluation: Evaluation,
    _ values: inout ValueTree
  ) {
    values.set(["clusters"], .integer(cases.clusters))
    let isMeasured = evaluation.measures.contains { $0.metric.isQuadratic }
    let silhouettes = isMeasured ? evaluation.sample.silhouettes : nil
    for (c, name) in evaluation.rows.clusters.enumerated() {
      let rows = cases.assigned.indices.filter { cases.assigned[$0] == Int32(c) }
      values.set(["cluster", name, "rows"], .integer(rows.count))
      guard let silhouettes else { continue }
      let total = rows.reduce(0) { $0 + silhouettes[$1] }
      values.set(
        ["cluster", name, "silhouette"],
        rows.isEmpty ? .null : .number(total / Double(rows.count))
      )
    }
  }

  private static func confusion(
    _ matrix: ConfusionMatrix,
    _ evaluation: Evaluation,
    _ values: inout ValueTree
  ) {
    let classes = evaluation.rows.cases.classes
    for (i, actual) in classes.enumerated() {
      for (j, predicted) in classes.enumerated() {
        let weight = matrix[i, j]
        values.set(
          ["confusion", actual, predicted],
          Int(exactly: weight).map { .integer($0) } ?? .number(weight)
        )
      }
    }
  }

  private static func number(_ value: Double?) -> Value { value.map { .number($0) } ?? .null }
}

/// Nested values, set by their paths.
private struct ValueTree {
  private(set) var members: [String: Value] = [:]

  mutating func set(_ path: [String], _ value: Value) {
    members = ValueTree.setting(path[...], value, in: members)
  }

  private static func setting(
    _ path: ArraySlice<String>,
    _ value: Value,
    in members: [String: Value]
  ) -> [String: Value] {
    guard let first = path.first else { return members }
    var members = members
    if path.count == 1 {
      members[first] = value
    } else {
      let inner = setting(path.dropFirst(), value, in: members[first]?.asObject ?? [:])
      members[first] = .object(inner)
    }
    return members
  }
}
