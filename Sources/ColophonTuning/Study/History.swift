/// All that a strategy is told: the space, the goal, what parents left, and the jobs so far in the
/// order in which they were revealed by the virtual clock.
package struct History: Sendable {
  package let space: SearchSpace
  package let direction: Direction
  /// The root of what the whole tuning draws once, such as the scrambling of its first points.
  package let seed: UInt64
  /// What earlier tunings give to start with.
  package let warmStart: WarmStart?
  /// By index.
  package private(set) var trials: [Trial] = []
  private var seen: Set<Configuration> = []

  package init(
    _ space: SearchSpace,
    _ direction: Direction,
    seed: UInt64 = 0,
    warmStart: WarmStart? = nil
  ) {
    self.seed = seed
    self.space = space
    self.direction = direction
    self.warmStart = warmStart
    seen = Set(inherited.map { $0.trial.configuration })
  }

  /// Adds a job that was proposed.
  package mutating func add(_ trial: Trial) {
    precondition(trial.index == trials.count, "trial \(trial.index) after \(trials.count)")
    trials.append(trial)
    seen.insert(trial.configuration)
  }

  /// Tells how a job ended.
  package mutating func tell(_ trial: Trial) { trials[trial.index] = trial }

  /// Whether a configuration was proposed before, here or by a parent whose results count as own.
  package func contains(_ configuration: Configuration) -> Bool { seen.contains(configuration) }

  /// The best observed trial of this tuning, the earliest of equals.
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

  /// The parents' trials that count as this tuning's own; none unless the warm start is identical.
  package var inherited: [WarmStart.Inherited] {
    guard let warmStart, warmStart.mode == .identical else { return [] }
    return warmStart.parents.flatMap { parent in
      parent.trials.filter { $0.isObserved }.map { .init(parent: parent.name, trial: $0) }
    }
  }

  /// The best result, parents' included where they count as own; the parents' before equals of
  /// this tuning.
  package var overallBest: (parent: String?, trial: Trial)? {
    var found: (parent: String?, trial: Trial)?
    var least = Double.infinity
    let own = best.map { [WarmStart.Inherited(parent: nil, trial: $0)] } ?? []
    for candidate in inherited + own {
      guard let objective = candidate.trial.objective else { continue }
      let loss = direction.loss(objective)
      if loss < least {
        least = loss
        found = (candidate.parent, candidate.trial)
      }
    }
    return found
  }
}
