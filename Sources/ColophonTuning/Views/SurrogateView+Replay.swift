package import ColophonCore

extension SurrogateView {
  /// A strategy's search once more, on the model of the objective instead of the jobs.
  ///
  /// It is an estimate of what would have been found under another plan: the model is smooth and
  /// without noise, so differences are those of the search alone.
  ///
  /// `seconds` is how long each job takes, by its number, as the real ones did; `seed` the root of
  /// what the replay draws.
  package func replay(
    _ strategy: any Strategy,
    plan: VirtualTuning.Plan,
    seconds: [Double],
    seed: UInt64
  ) throws -> BestSoFar {
    let tuning = VirtualTuning(strategy, plan: plan) {
      RandomStream(root: seed, cell: "replay", purpose: "proposal", index: $0)
    }
    let fresh = History(history.space, history.direction, seed: seed)
    let record = try tuning.run(fresh, on: ModelExecutor(view: self, seconds: seconds))
    return BestSoFar(record.history, ends: record.order)
  }

  /// What the model expects of a configuration.
  func expected(_ configuration: Configuration) -> Double? {
    guard let point = history.space.point(of: configuration) else { return nil }
    let mean = model.predict([geometry.snapped(point)]).means[0]
    return history.direction.objective(model.scale.backward(mean))
  }
}

/// Jobs that end at once with what a model expects of them.
private final class ModelExecutor: JobExecutor {
  private let endings: Endings
  private let view: SurrogateView
  private let seconds: [Double]

  /// The jobs that were begun; asked and told by one thread.
  private final class Endings: @unchecked Sendable {
    var events: [Int: JobEvent] = [:]
  }

  init(view: SurrogateView, seconds: [Double]) {
    self.view = view
    self.seconds = seconds
    endings = Endings()
  }

  func start(_ trial: Trial, job: Int) {
    let time = seconds.isEmpty ? 1 : seconds[trial.index % seconds.count]
    endings.events[trial.index] = .ended(
      JobEnding(objective: view.expected(trial.configuration)),
      seconds: time
    )
  }

  func next(_ index: Int) -> JobEvent {
    endings.events[index] ?? .ended(JobEnding(), seconds: 0)
  }

  func stop(_ index: Int) {}
  func cancel() {}
}
