/// How a tuning's best objective came about, and what it cost to look in parallel.
package struct BestSoFar: Hashable, Sendable {
  /// The best objective after each job that ended, in the order of their ends; nil before the first
  /// observed one.
  package var objectives: [Double?]
  package let direction: Direction

  /// `ends` are the trials' indices in the order in which the virtual clock revealed their ends; by
  /// index if nil.
  package init(_ history: History, ends: [Int]? = nil) {
    direction = history.direction
    objectives = []
    var best: Double?
    for index in ends ?? history.trials.filter({ $0.state != .pending }).map({ $0.index }) {
      let trial = history.trials[index]
      if trial.isObserved, let objective = trial.objective {
        let isBetter = best.map { direction.loss(objective) < direction.loss($0) } ?? true
        if isBetter { best = objective }
      }
      objectives.append(best)
    }
  }

  /// Jobs until an objective at least as good as another one; nil where it was not met.
  package func jobs(toReach objective: Double) -> Int? {
    objectives.firstIndex {
      $0.map { direction.loss($0) <= direction.loss(objective) } ?? false
    }.map { $0 + 1 }
  }
}

/// What a parallel tuning lost against the same jobs one at a time, as an estimate of the model that
/// both rest on.
package struct ParallelismCost: Hashable, Sendable {
  /// The final objectives.
  package var parallel: Double
  package var sequential: Double
  /// How much worse the parallel one is, on the objective's scale; below 0 where it is better.
  package var loss: Double
  /// Jobs that each needed to reach the worse of the two finals.
  package var parallelJobs: Int?
  package var sequentialJobs: Int?

  /// Compares two tunings of one objective; nil where one of them has no result.
  package init?(parallel: BestSoFar, sequential: BestSoFar) {
    guard let a = parallel.objectives.last ?? nil, let b = sequential.objectives.last ?? nil
    else { return nil }
    let direction = parallel.direction
    self.parallel = a
    self.sequential = b
    loss = direction.loss(a) - direction.loss(b)
    let worse = loss > 0 ? a : b
    parallelJobs = parallel.jobs(toReach: worse)
    sequentialJobs = sequential.jobs(toReach: worse)
  }
}
