import ColophonCore
import ColophonTuning

/// A tuning played through: jobs end in the order of a virtual clock on which each takes between one
/// and two hours.
struct Rehearsal {
  var space: SearchSpace
  var direction = Direction.minimize
  var seed: UInt64 = 5
  var jobs: Int
  var parallel = 1
  var warmStart: WarmStart?
  /// Whether the job of an index fails.
  var fails: (Int) -> Bool = { _ in false }

  /// The history that a strategy makes, and why it ended early where it did.
  func run(
    _ strategy: any Strategy,
    _ objective: (Configuration, Int?) -> Double
  ) -> (history: History, reason: String?) {
    var history = History(space, direction, seed: seed, warmStart: warmStart)
    var ends: [(time: Double, index: Int)] = []
    var now = 0.0
    while true {
      var isWaiting = false
      while ends.count < parallel, history.trials.count < jobs, !isWaiting {
        let index = history.trials.count
        var random = RandomStream(root: seed, cell: "t", purpose: "p", index: index)
        switch strategy.propose(history, drawing: &random) {
        case .job(let configuration, let resource, let resumes):
          history.add(
            Trial(
              index: index,
              configuration: configuration,
              resource: resource,
              resumes: resumes
            )
          )
          var duration = RandomStream(root: 1, cell: "t", purpose: "duration", index: index)
          ends.append((now + 1 + duration.uniform(), index))
        case .wait: isWaiting = true
        case .exhausted(let reason):
          if ends.isEmpty { return (history, reason) }
          isWaiting = true
        }
      }
      guard let next = ends.min(by: { $0 < $1 }) else { return (history, nil) }
      ends.removeAll { $0.index == next.index }
      now = next.time
      var trial = history.trials[next.index]
      trial.state = fails(next.index) ? .failed : .completed
      if !fails(next.index) { trial.objective = objective(trial.configuration, trial.resource) }
      history.tell(trial)
    }
  }
}
