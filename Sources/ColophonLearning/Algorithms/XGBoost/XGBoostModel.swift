import ColophonCore
package import ColophonData

/// A booster that has been fitted: the library's bytes, and what its numbers mean.
package struct XGBoostModel: Model {
  package static var algorithm: String { XGBoost.name }

  package let objective: String
  package let task: Task
  package let classCount: Int
  package let features: [String]
  /// How many rounds the model is made of.
  package let rounds: Int
  /// How many trees each round grew for each output.
  package let parallelTrees: Int
  package let booster: String
  /// The model in the library's binary JSON.
  package let bytes: [UInt8]
  private let loaded: StoredBooster

  init(
    objective: String,
    task: Task,
    classCount: Int,
    features: [String],
    rounds: Int,
    parallelTrees: Int,
    booster: String,
    bytes: [UInt8]
  ) {
    self.objective = objective
    self.task = task
    self.classCount = classCount
    self.features = features
    self.rounds = rounds
    self.parallelTrees = parallelTrees
    self.booster = booster
    self.bytes = bytes
    loaded = StoredBooster(bytes: bytes)
  }

  package func predict(_ rows: FeatureMatrix) throws -> Predictions {
    guard rows.columns == features.count
    else { throw TrainingFault.width(expected: features.count, found: rows.columns) }
    guard let goal = XGBoostObjective.all[objective]
    else { throw TrainingFault.damagedModel(XGBoost.name) }
    if rows.rows == 0 { return emptyPredictions }
    let matrix = try BoosterRows(features: rows)
    return try loaded.with { booster in
      try goal.predictions(booster, matrix, classes: classCount, task: task)
    }
  }

  /// The library's own attributions of the margin, to compare ours with: for each row and output a
  /// number for each feature and one for the bias; as `interactions`, a table of these.
  package func libraryContributions(
    _ rows: FeatureMatrix,
    interactions: Bool = false,
    threads: Int = 1
  ) throws -> [Float] {
    let matrix = try BoosterRows(features: rows)
    return try loaded.with { booster in
      try booster.set("nthread", String(threads))
      return try booster.contributions(matrix.matrix, interactions: interactions)
    }
  }

  private var emptyPredictions: Predictions {
    switch task {
    case .binary: .binary(scores: [])
    case .multiclass: .multiclass(probabilities: [], classes: classCount)
    default: .regression([])
    }
  }

  /// Nodes of all trees (a threshold or a leaf each), or a linear booster's weights.
  package var parameterCount: Int {
    if booster == "gblinear" {
      return (features.count + 1) * max(1, task == .multiclass ? classCount : 1)
    }
    return (try? loaded.with { try $0.dumpedLineCount() }) ?? 0
  }

  /// Mean gain and cover of each feature's splits, in the features' order; none for gblinear.
  package var importances: [FeatureImportance] {
    get throws {
      guard booster != "gblinear" else { return [] }
      return try loaded.with { booster in
        let gain = try booster.scores("gain")
        let cover = try booster.scores("cover")
        let splits = try booster.scores("weight")
        return features.indices.map { i in
          FeatureImportance(
            feature: features[i],
            gain: gain[i] ?? 0,
            cover: cover[i] ?? 0,
            splits: splits[i] ?? 0
          )
        }
      }
    }
  }

  /// What stands before the library's bytes.
  private struct Header: Codable {
    var objective: String
    var task: Task
    var classCount: Int
    var features: [String]
    var rounds: Int
    var parallelTrees: Int
    var booster: String
  }

  package func encoded() throws -> [UInt8] {
    let header = Header(
      objective: objective,
      task: task,
      classCount: classCount,
      features: features,
      rounds: rounds,
      parallelTrees: parallelTrees,
      booster: booster
    )
    return HeadedBytes(header: try Value(encoding: header), body: bytes).encoded()
  }

  package init(decoding bytes: [UInt8]) throws {
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self),
      XGBoostObjective.all[header.objective] != nil
    else { throw TrainingFault.damagedModel(XGBoost.name) }
    self.init(
      objective: header.objective,
      task: header.task,
      classCount: header.classCount,
      features: header.features,
      rounds: header.rounds,
      parallelTrees: header.parallelTrees,
      booster: header.booster,
      bytes: parts.body
    )
  }
}

/// A model's bytes, read as a booster for each use.
///
/// The library keeps a booster's predictions in a table of the thread that asked for them, and looks
/// there when the booster is freed. A booster that is kept may be freed where that table is gone: by
/// the end of its thread, which has let go of the library's table before it lets go of ours. So none
/// outlives the call that it was read for.
private struct StoredBooster: Sendable {
  let bytes: [UInt8]

  func with<Result>(_ body: (Booster) throws -> Result) throws -> Result {
    let booster = try Booster(model: bytes)
    return try withExtendedLifetime(booster) { try body(booster) }
  }
}
