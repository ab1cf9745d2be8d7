package import ColophonCore
package import ColophonData

/// One way to learn from rows: a recipe of hyperparameters that fitting can't change.
///
/// `init(reading:)` both parses and describes the hyperparameters; what was learned is a `Model`,
/// another type, so a model that was never fitted can't be written down.
package protocol Algorithm: Sendable {
  /// The word after `algorithm:`.
  static var name: String { get }
  /// One sentence for the reference.
  static var summary: String { get }
  /// The tasks that it can learn.
  static var tasks: Set<Task> { get }
  /// In which form it reads the features.
  static var reads: FeatureForm { get }
  /// What stands in the features where a value is missing.
  static var missing: FeatureEncoding.Missing { get }
  /// Whether it learns in rounds, so that its progress can be followed and stopped early.
  static var isIterative: Bool { get }
  /// Whether features of larger scale weigh more, so that scales should be made alike.
  static var isScaleSensitive: Bool { get }
  /// Whether a job may go on from a model that the algorithm made before.
  static var canContinue: Bool { get }
  /// Whether it tells the debugger of its tensors after each round, as networks do.
  static var hasTensors: Bool { get }
  /// Name and version of the library whose results are its own; nil where all code is ours.
  static var library: (name: String, version: String)? { get }

  /// What stands in the features where a value is missing, for this recipe.
  var missingValues: FeatureEncoding.Missing { get }
  /// Names and versions of the libraries whose results are this recipe's.
  var libraries: [String: String] { get }
  /// The paths of the values that fitting this recipe adds to those that every job has.
  var values: [PathPattern] { get }

  /// How many steps a forecaster looks ahead at a time; nil for what forecasts nothing.
  var horizon: Int? { get }

  /// Reads the hyperparameters.
  init(reading fields: inout FieldReader)

  /// What the hyperparameters can't do, once the task is known.
  func faults(for task: Task) -> [TrainingFault]

  /// Learns.
  ///
  /// - Throws: `TrainingFault` where the rows or hyperparameters can't be learned from, what the
  ///   observer throws to end the job, or what a library reports.
  func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult

  /// Reads back what a model of this algorithm wrote.
  static func decodeModel(_ bytes: [UInt8]) throws -> any Model
}

extension Algorithm {
  package static var isScaleSensitive: Bool { false }
  package static var reads: FeatureForm { .dense }
  package static var canContinue: Bool { false }
  package static var hasTensors: Bool { false }
  package static var library: (name: String, version: String)? { nil }
  package var missingValues: FeatureEncoding.Missing { Self.missing }
  package var libraries: [String: String] { Self.library.map { [$0.name: $0.version] } ?? [:] }
  package var values: [PathPattern] { [] }
  package var horizon: Int? { nil }
  package func faults(for task: Task) -> [TrainingFault] { [] }
}
