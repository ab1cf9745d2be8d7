import ColophonCore
package import ColophonData
import Synchronization

/// A booster that has been fitted: the library's bytes, and what its numbers mean.
package struct XGBoostModel: Model {
  package static var algorithm: String { XGBoost.name }

  package let objective: String
  package let task: Task
  package let classCount: Int
  package let features: [String]
  /// How many rounds the model is made of.
  package let rounds: Int
  package let booster: String
  /// The model in the library's binary JSON.
  package let bytes: [UInt8]
  private let loaded: LoadedBooster

  init(
    objective: String,
    task: Task,
    classCount: Int,
    features: [String],
    rounds: Int,
    booster: String,
    bytes: [UInt8]
  ) {
    self.objective = objective
    self.task = task
    self.classCount = classCount
    self.features = features
    self.rounds = rounds
    self.booster = booster
    self.bytes = bytes
    loaded = LoadedBooster(bytes)
  }

  package func predict(_ rows: FeatureMatrix) throws -> Predictions {
    guard rows.columns == features.count
    else { throw TrainingFault.width(expected: features.count, found: rows.columns) }
    guard let goal = XGBoostObjective.all[objective]
    else { throw TrainingFault.damagedModel(XGBoost.name) }
    if rows.rows == 0 { return emptyPredictions }
    let matrix = try BoosterMatrix(rows)
    return try loaded.with { booster in
      try goal.predictions(booster, matrix, classes: classCount, task: task)
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
    var booster: String
  }

  package func encoded() throws -> [UInt8] {
    let header = Header(
      objective: objective,
      task: task,
      classCount: classCount,
      features: features,
      rounds: rounds,
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
      booster: header.booster,
      bytes: parts.body
    )
  }
}

/// A booster that is read from its bytes when it is first asked, by one thread at a time.
private final class LoadedBooster: Sendable {
  /// The handle never leaves the lock.
  private struct Guarded: @unchecked Sendable { var booster: Booster? }
  private let bytes: [UInt8]
  private let guarded = Mutex(Guarded())

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func with<Result: Sendable>(_ body: (Booster) throws -> Result) throws -> Result {
    try guarded.withLock { kept in
      let booster = try kept.booster ?? Booster(model: bytes)
      kept.booster = booster
      return try body(booster)
    }
  }
}
