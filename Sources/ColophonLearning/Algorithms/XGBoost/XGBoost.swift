package import ColophonCore
package import ColophonData

/// Gradient-boosted trees and linear functions by libxgboost.
///
/// Hyperparameters are the library's own, under its names, with its defaults written out; all of
/// its documentation's are known here, and what this build can't do is said where it is written.
/// Some defaults differ: the tree method is `hist`, since `auto` changes its mind with the number
/// of rows; and the seed is drawn from the cell's own stream. The library can't write down where its
/// random generator stands, so a resumed job that draws goes through the rounds before again, unless
/// `seed_per_iteration` is true, by which a round's draws depend on its number alone. Trees are grown on as many threads as are lent, with the same bits on any number: their
/// sums are of 32-bit numbers in 64 bits. A linear booster stays on one thread, since its `shotgun`
/// updater lets threads race.
package struct XGBoost: Algorithm, Hashable {
  package static let name = "xgboost"
  package static let summary = "Gradient-boosted trees and linear functions by libxgboost."
  package static let tasks: Set<Task> = [.binary, .multiclass, .regression, .ranking]
  package static let missing = FeatureEncoding.Missing.keep
  package static let isIterative = true
  package static let canContinue = true
  package static var library: (name: String, version: String)? { ("xgboost", Booster.version) }

  /// The number of boosting rounds.
  package var rounds: Int
  /// What is passed to the library, in the order of its documentation.
  package var settings: [XGBoostSetting]
  package var booster: String
  /// The objective that the author named; else the task's default.
  package var objective: String?
  package var classCount: Int?
  package var seed: Int?
  /// The most threads that the author allows.
  package var threadLimit: Int?
  /// The library's metrics that are told of the finished model.
  package var libraryMetrics: [String]
  package var monotone: MonotoneConstraints?
  package var interactions: InteractionConstraints?

  package init(reading fields: inout FieldReader) {
    var reader = XGBoostReader(fields)
    rounds = reader.fields.integer(
      "num_round",
      in: 1...1_000_000,
      default: 100,
      "The number of boosting rounds."
    )
    booster = reader.readGeneral()
    threadLimit = reader.readThreads()
    objective = reader.readObjective()
    classCount = reader.fields.integer(
      "num_class",
      in: 2...1_000_000,
      "The number of classes of multi:softmax and multi:softprob; the data's unless given."
    )
    libraryMetrics = reader.readEvaluation()
    reader.readLearning(objective: objective)
    reader.readTree(booster: booster, objective: objective)
    reader.readDart(booster: booster)
    reader.readLinear(booster: booster)
    monotone = reader.readMonotone(booster: booster)
    interactions = reader.readInteractions(booster: booster)
    seed = reader.readSeed()
    reader.checkClassCount(classCount, objective: objective)
    reader.refuseOthers()
    settings = reader.settings
    fields = reader.fields
  }

  /// What the author's objective, or else the task, asks of the library.
  func goal(for task: Task) -> XGBoostObjective? {
    let name: String =
      switch task {
      case .binary: "binary:logistic"
      case .multiclass: "multi:softprob"
      case .ranking: "rank:pairwise"
      default: "reg:squarederror"
      }
    return XGBoostObjective.all[objective ?? name]
  }

  package func faults(for task: Task) -> [TrainingFault] {
    guard XGBoost.tasks.contains(task), let goal = goal(for: task), !goal.tasks.contains(task)
    else { return [] }
    let fitting = XGBoostObjective.all.members.filter { $0.tasks.contains(task) }.map { $0.name }
    return [.objective(goal.name, task: task, fitting: fitting)]
  }

  /// What the library is told of one parameter, by its last mention.
  func setting(_ name: String) -> String? { settings.last { $0.name == name }?.value }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    try XGBoostModel(decoding: bytes)
  }
}

/// One parameter as the library takes it.
package struct XGBoostSetting: Hashable, Sendable {
  package var name: String
  package var value: String
}
