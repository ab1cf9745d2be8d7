package import ColophonCore
import ColophonData

/// What a trained model takes and gives, for people and for programs that call it.
package struct ModelSignature: Hashable, Sendable {
  /// A column that the model reads.
  package struct Input: Hashable, Sendable {
    package var name: String
    /// The known levels of a category in their order; nil for a number.
    package var levels: [String]?
    /// What a missing value becomes, in words.
    package var missing: String
  }

  /// Something that the model says of each row.
  package struct Output: Hashable, Sendable {
    package var name: String
    /// In words: `one of no, yes`.
    package var type: String
  }

  package let algorithm: String
  package let task: String
  package let target: String?
  /// The labels in their order; for binary tasks [negative, positive].
  package let classes: [String]
  /// The steps between raw columns and the inputs, in order.
  package let steps: [String]
  package let inputs: [Input]
  package let outputs: [Output]
  /// How many features the columns become.
  package let features: Int
  package let parameters: Int
  /// The content of the data that it learned from, where that is known.
  package let data: Digest?

  package init(_ trained: TrainedModel) {
    algorithm = trained.algorithm
    task = trained.task.rawValue
    target = trained.target
    classes = trained.classes
    steps = trained.preparation?.steps.map { type(of: $0).name } ?? []
    inputs = trained.encoding.parts.map { part in
      Input(name: part.column, levels: part.levels, missing: trained.encoding.missing(of: part))
    }
    outputs = ModelSignature.outputs(trained)
    features = trained.encoding.names.count
    parameters = trained.model.parameterCount
    data = trained.data
  }

  private static func outputs(_ trained: TrainedModel) -> [Output] {
    let classes = trained.classes.joined(separator: ", ")
    switch trained.task {
    case .clustering: return [Output(name: "cluster", type: "a whole number from 0")]
    case .ranking: return [Output(name: "prediction", type: "a score to sort by")]
    case .regression, .forecasting: return [Output(name: "prediction", type: "a number")]
    case .binary, .multiclass, .text:
      return [
        Output(name: "label", type: "one of \(classes)"),
        Output(name: "probabilities", type: "\(trained.classes.count) numbers, for \(classes)"),
      ]
    }
  }

  /// The signature as JSON holds it.
  package var value: Value {
    var members: [String: Value] = [
      "algorithm": .string(algorithm), "task": .string(task),
      "classes": .array(classes.map { .string($0) }),
      "steps": .array(steps.map { .string($0) }),
      "inputs": .array(inputs.map { $0.value }),
      "outputs": .array(
        outputs.map { ["name": .string($0.name), "type": .string($0.type)] }
      ),
      "features": .integer(features), "parameters": .integer(parameters),
    ]
    if let target { members["target"] = .string(target) }
    if let data { members["data"] = .string(data.description) }
    return .object(members)
  }
}

extension ModelSignature.Input {
  /// `number` or `category`.
  package var type: String { levels == nil ? "number" : "category" }

  fileprivate var value: Value {
    var members: [String: Value] = [
      "name": .string(name), "type": .string(type), "missing": .string(missing),
    ]
    if let levels { members["levels"] = .array(levels.map { .string($0) }) }
    return .object(members)
  }
}

extension FeatureEncoding {
  /// What a missing value of a column becomes, in words.
  fileprivate func missing(of part: Part) -> String {
    switch (part.levels, missing, categories) {
    case (nil, _, _): part.fill.map { "becomes \(DecimalText.general($0, digits: 6))" } ?? "kept"
    case (_, .keep, _): "kept"
    case (_, .mean, .oneHot): "is none of the levels"
    case (_, .mean, .ordinal): "becomes -1"
    }
  }
}
