import ColophonCore
import ColophonLearning
import ColophonTuning

/// What one job of a tuning is asked to do.
struct TrialOrder: Sendable {
  /// The settings.
  var reading: TuneTemplate.Reading
  /// The resource up to which it may run; nil for its own end.
  var limit: Int?
  /// Readings of the objective that are known from the job that this one goes on from.
  var skip: Int
  /// The state of an earlier run of the same settings, to go on from.
  var checkpoint: Checkpoint?
  /// Where its states are kept while it runs; nil where nothing outlives the process.
  var keeper: (any CheckpointKeeper)?
  var threads: Int
}

/// How a job of a tuning ended, and what it leaves.
struct TrialResult: Sendable {
  /// The objective after each unit of resource, from the first.
  var curve: [Double?] = []
  var objective: Double?
  var failure: String?
  /// Whether it came to its own end, rather than to its limit.
  var isComplete = true
  /// Whether nothing can come of any other job either.
  var isHopeless = false
  var model: TrainedModel?
  var checkpoint: Checkpoint?
  /// What a script printed: the last lines, and all of it up to a limit.
  var lastLines: [String] = []
  var log: String?
}

/// One way to find out how good settings are.
protocol TrialWork: Sendable {
  /// Runs a job.
  ///
  /// `reading`: Told of the objective after each unit of resource, which counts from 1; false ends
  /// the job.
  /// - Throws: What ends the whole tuning.
  func run(
    _ order: TrialOrder,
    reading: @escaping @Sendable (_ round: Int, _ objective: Double?) -> Bool
  ) throws -> TrialResult
  /// Virtual seconds of a unit of resource, and what there is before the first.
  var clock: VirtualClock { get }
}

/// Thrown into a job that is to end where it is; its state is kept.
struct TrialStopped: TrainingInterruption {
  var leavesTime: Bool { true }
}
