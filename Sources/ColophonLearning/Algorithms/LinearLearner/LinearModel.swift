import ColophonCore
package import ColophonData
import ColophonMath

/// Coefficients and intercepts on the features' own scale.
package struct LinearModel: Model, Codable, Hashable {
  package static var algorithm: String { LinearLearner.name }

  package let task: Task
  /// How many classes the data has; 0 for a regression.
  package let classCount: Int
  /// For several classes: which of them the outputs are of.
  ///
  /// The others did not occur in training and have the probability 0.
  package let present: [Int]
  package let linear: LinearCoefficients
  init(
    _ solved: [Double],
    design: LinearDesign,
    problem: LinearProblem,
    features: [String],
    anchor: LinearAnchor? = nil
  ) {
    task = problem.task
    classCount = problem.classes.count
    present = problem.task == .multiclass ? problem.present : []
    let outputs = problem.outputs
    var values = [Double](repeating: 0, count: outputs * features.count)
    var intercepts = [Double](repeating: 0, count: outputs)
    var deviations = [Double](repeating: 0, count: features.count)
    for k in 0..<outputs {
      let start = k * design.columns
      var shift = 0.0
      // What does not vary here keeps what was learned of it before.
      let active = Set(design.features)
      for feature in features.indices where anchor != nil && !active.contains(feature) {
        let coefficient = anchor?.linear[k, feature] ?? 0
        values[k * features.count + feature] = coefficient
        shift += coefficient * design.means[feature]
      }
      for (j, feature) in design.features.enumerated() {
        let coefficient = solved[start + j] / design.scales[j]
        values[k * features.count + feature] = coefficient
        shift += coefficient * design.centers[j]
        deviations[feature] = design.scales[j]
      }
      if design.hasIntercept { intercepts[k] = solved[start + design.columns - 1] - shift }
    }
    // One number added to every class's intercept changes no probability; they sum to zero.
    if case .smooth(let losses) = problem.goal, losses.count == 1, outputs > 1 {
      let mean = intercepts.reduce(0, +) / Double(outputs)
      intercepts = intercepts.map { $0 - mean }
    }
    linear = LinearCoefficients(
      features: features,
      outputs: LinearModel.outputNames(problem),
      values: values,
      intercepts: intercepts,
      deviations: deviations
    )
  }

  /// What each output is the margin of.
  static func outputNames(_ problem: LinearProblem) -> [String] {
    switch problem.task {
    case .multiclass: problem.present.map { problem.classes[$0] }
    case .binary: [problem.classes.last ?? ""]
    default: [""]
    }
  }

  package var coefficients: LinearCoefficients? { linear }

  package var parameterCount: Int { linear.values.count + linear.intercepts.count }

  /// What each row's features add up to for an output, features ascending.
  package func margins(_ features: FeatureMatrix, output: Int) throws -> [Double] {
    let width = linear.features.count
    guard features.columns == width
    else { throw TrainingFault.width(expected: width, found: features.columns) }
    let dense = features.denseColumns
    let start = output * width
    return features.values.withUnsafeBufferPointer { rows in
      linear.values.withUnsafeBufferPointer { values in
        (0..<features.rows).map { row in
          var sum = linear.intercepts[output]
          for j in 0..<dense { sum += values[start + j] * rows[row * dense + j] }
          if let sparse = features.sparse {
            for i in sparse.range(row) {
              sum += values[start + dense + Int(sparse.places[i])] * sparse.values[i]
            }
          }
          return sum
        }
      }
    }
  }

  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    switch task {
    case .binary:
      return .binary(scores: try margins(features, output: 0).map { Elementary.sigmoid($0) })
    case .multiclass: return try probabilities(features)
    default: return .regression(try margins(features, output: 0))
    }
  }

  private func probabilities(_ features: FeatureMatrix) throws -> Predictions {
    let outputs = present.count
    let columns = try (0..<outputs).map { try self.margins(features, output: $0) }
    var result = [Double](repeating: 0, count: features.rows * classCount)
    var margins = [Double](repeating: 0, count: outputs)
    for row in 0..<features.rows {
      for k in 0..<outputs { margins[k] = columns[k][row] }
      SoftmaxLoss.normalize(&margins, 0, outputs)
      for k in 0..<outputs { result[row * classCount + present[k]] = margins[k] }
    }
    return .multiclass(probabilities: result, classes: classCount)
  }

  package func encoded() throws -> [UInt8] { try Value(encoding: self).canonicalBytes }

  package init(decoding bytes: [UInt8]) throws {
    guard let value = try? Value(json: bytes), let model = try? value.decode(LinearModel.self),
      model.linear.values.count == model.linear.outputs.count * model.linear.features.count,
      model.linear.intercepts.count == model.linear.outputs.count,
      !model.linear.outputs.isEmpty,
      model.present.allSatisfy({ (0..<model.classCount).contains($0) }),
      model.task != .multiclass || model.present.count == model.linear.outputs.count
    else { throw TrainingFault.damagedModel(LinearLearner.name) }
    self = model
  }
}
