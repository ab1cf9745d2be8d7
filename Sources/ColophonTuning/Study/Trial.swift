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
