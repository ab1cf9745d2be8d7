package import ColophonCore

/// An ended tuning that another one starts from.
package struct ParentTuning: Hashable, Sendable {
  package var name: String
  package var space: SearchSpace
  package var direction: Direction
  package var trials: [Trial]
  /// What the parent's hyperparameters outside of its ranges were, defaults included, as far as
  /// they are known.
  package var fixed: [String: Value]

  package init(
    name: String,
    space: SearchSpace,
    direction: Direction,
    trials: [Trial],
    fixed: [String: Value] = [:]
  ) {
    self.name = name
    self.space = space
    self.direction = direction
    self.trials = trials
    self.fixed = fixed
  }
}
