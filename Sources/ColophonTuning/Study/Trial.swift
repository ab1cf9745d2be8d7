/// One job of a tuning.
package struct Trial: Hashable, Sendable {
  /// How a job ended.
  package enum State: Hashable, Sendable {
    case pending
    case completed
    /// Stopped by a rule before its end; its checkpoint is kept.
    case stopped
    case failed
  }

  /// From 0, in the order of the proposals.
  package var index: Int
  package var configuration: Configuration
  /// The resource (epochs, rounds) up to which the job may run; nil for its own end.
  package var resource: Int?
  /// The trial that this one goes on from.
  package var resumes: Int?
  package var state: State
  /// The objective, as the author states it; nil unless it was reported.
  package var objective: Double?
  /// The objective after each unit of resource.
  package var curve: [Double]

  package init(
    index: Int,
    configuration: Configuration,
    resource: Int? = nil,
    resumes: Int? = nil,
    state: State = .pending,
    objective: Double? = nil,
    curve: [Double] = []
  ) {
    self.index = index
    self.configuration = configuration
    self.resource = resource
    self.resumes = resumes
    self.state = state
    self.objective = objective
    self.curve = curve
  }

  /// Whether it has an objective that a model can learn from.
  package var isObserved: Bool { state != .pending && objective?.isFinite == true }
}

/// Which objectives are better.
package enum Direction: String, Codable, Hashable, Sendable, CaseIterable {
  case maximize = "Maximize"
  case minimize = "Minimize"

  /// A number of which less is better.
  package func loss(_ objective: Double) -> Double { self == .minimize ? objective : -objective }
}

/// All that a strategy is told: the space, the goal, and the jobs so far in the order in which they
/// were revealed by the virtual clock.
package struct History: Sendable {
  package let space: SearchSpace
  package let direction: Direction
  /// The root of what the whole tuning draws once, such as the scrambling of its first points.
  package let seed: UInt64
  /// By index.
  package private(set) var trials: [Trial] = []
  private var seen: Set<Configuration> = []

  package init(_ space: SearchSpace, _ direction: Direction, seed: UInt64 = 0) {
    self.seed = seed
    self.space = space
    self.direction = direction
  }

  /// Adds a job that was proposed.
  package mutating func add(_ trial: Trial) {
    precondition(trial.index == trials.count, "trial \(trial.index) after \(trials.count)")
    trials.append(trial)
    seen.insert(trial.configuration)
  }

  /// Tells how a job ended.
  package mutating func tell(_ trial: Trial) { trials[trial.index] = trial }

  /// Whether a configuration was proposed before.
  package func contains(_ configuration: Configuration) -> Bool { seen.contains(configuration) }

  /// The best observed trial, the earliest of equals.
  package var best: Trial? {
    var best: Trial?
    for trial in trials where trial.isObserved {
      guard let objective = trial.objective else { continue }
      let loss = direction.loss(objective)
      if loss < (best?.objective).map({ direction.loss($0) }) ?? .infinity { best = trial }
    }
    return best
  }

  /// The trials with objectives.
  package var observed: [Trial] { trials.filter { $0.isObserved } }

  /// The trials without an end.
  package var pending: [Trial] { trials.filter { $0.state == .pending } }
}
