import ColophonCells
import ColophonCore
import ColophonData
import ColophonLearning

/// A model that says its first feature's own number: the predictions are known beforehand.
struct EchoModel: Model {
  static let algorithm = "echo"
  let task: Task
  var parameterCount: Int { 0 }

  func predict(_ features: FeatureMatrix) throws -> Predictions {
    let values = (0..<features.rows).map { features[$0, 0] }
    switch task {
    case .binary: return .binary(scores: values)
    case .multiclass:
      return .multiclass(
        probabilities: values.flatMap { value in (0..<3).map { Double($0) == value ? 1 : 0 } },
        classes: 3
      )
    default: return .regression(values)
    }
  }

  func encoded() throws -> [UInt8] { [] }

  /// The model with what it takes to apply it; its first feature is the column of that name.
  static func trained(
    on dataset: Dataset,
    _ columns: String...
  ) throws -> TrainedModel {
    TrainedModel(
      algorithm: algorithm,
      task: dataset.task,
      classes: dataset.classes,
      target: dataset.target,
      encoding: FeatureEncoding(
        parts: columns.map { FeatureEncoding.Part(column: $0) },
        categories: .oneHot,
        missing: .keep
      ),
      data: Digest(of: try dataset.encodedArtifact()),
      model: EchoModel(task: dataset.task)
    )
  }
}

extension Column {
  static func numbers(_ name: String, _ values: [Double]) -> Column {
    Column(name: name, type: .numeric, storage: .numbers(values))
  }

  static func levels(_ name: String, _ values: [String?]) -> Column {
    let levels = Set(values.compactMap { $0 }).sorted()
    return Column(
      name: name,
      type: .category,
      storage: .categories(
        codes: values.map { value in
          Int32(value.flatMap { levels.firstIndex(of: $0) } ?? -1)
        },
        levels: levels
      )
    )
  }
}

extension Outcome {
  /// The value at a path of names.
  func value(_ path: String...) -> Value? {
    ValuePath.find(path.map { .name($0) }, in: .object(values))
  }
}
