import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// Shapley values as a cell's values and pictures.
struct ShapReport {
  let subject: ExplainSubject
  let request: ExplainRequest
  let shap: ShapValues
  /// The one output that is told of; nil for several classes.
  let output: Int?

  /// The author's columns.
  var names: [String] { subject.columns.map { $0.name } }

  /// The mean size of each column's values; over all classes their mean.
  var importance: [Double] {
    names.indices.map { column in
      if let output { return shap.summary.meanSize(output: output, feature: column) }
      let sizes = shap.labels.indices.map { shap.summary.meanSize(output: $0, feature: column) }
      return sizes.reduce(0, +) / Double(max(1, sizes.count))
    }
  }

  /// Columns by importance, ties in their order.
  var ranked: [Int] {
    let sizes = importance
    return sizes.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
  }

  var values: [String: Value] {
    var values: [String: Value] = [
      "rows": .integer(shap.positions.count), "explainer": .string(shap.explainer.name),
      "scale": .string(shap.scale.rawValue), "additivity": .number(shap.additivity),
      "importance": map(importance),
      "row": .array(shap.chosen.map { .integer($0) }),
      "base_value": byClass { .number(shap.single.base[$0]) },
      "shap": .array(
        shap.chosen.indices.map { row in
          byClass { map(Array(shap.single.row(row, output: $0))) }
        }
      ),
      "explained": .array(
        shap.chosen.indices.map { row in
          byClass { .number(shap.single.total(row, output: $0)) }
        }
      ),
    ]
    if output == nil {
      values["importance_by_class"] = byClass { k in
        map(names.indices.map { shap.summary.meanSize(output: k, feature: $0) })
      }
    }
    if let pairs = interactions { values["interaction"] = pairs }
    return values
  }

  private func map(_ numbers: [Double]) -> Value {
    .object(Dictionary(uniqueKeysWithValues: zip(names, numbers.map { .number($0) })))
  }

  /// One value, or one for each class.
  private func byClass(_ value: (Int) -> Value) -> Value {
    if let output { return value(output) }
    return .object(
      shap.labels.indices.reduce(into: [:]) { $0[shap.labels[$1]] = value($1) }
    )
  }

  /// The output that pictures of single dots are of: the chosen one, else the class to which columns
  /// add most.
  var pictured: Int {
    if let output { return output }
    let sizes = shap.labels.indices.map { k in
      names.indices.reduce(0) { $0 + shap.summary.meanSize(output: k, feature: $1) }
    }
    return sizes.indices.reduce(0) { sizes[$1] > sizes[$0] ? $1 : $0 }
  }

  /// How much a pair of columns adds together in the mean: both halves of the table.
  func strength(_ a: Int, _ b: Int) -> Double? {
    guard let pairs = shap.interactions else { return nil }
    return (a == b ? 1 : 2) * pairs.meanSize(output: pictured, a, b)
  }

  private var interactions: Value? {
    guard shap.interactions != nil else { return nil }
    return .object(
      names.indices.reduce(into: [:]) { all, a in
        all[names[a]] = map(names.indices.map { strength(a, $0) ?? 0 })
      }
    )
  }

  /// What an axis of contributions says.
  var axisWords: String {
    subject.axisWords(shap.scale, of: shap.labels.isEmpty ? nil : shap.labels[pictured])
  }
}
