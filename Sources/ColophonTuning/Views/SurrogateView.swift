import ColophonCore

/// What a tuning's results say about its space, read off the model that they give rise to: slices,
/// contours and the importance of each hyperparameter.
///
/// The same history gives the same view, whatever strategy made it.
package struct SurrogateView: Sendable {
  let history: History
  let model: SurrogateModel
  let geometry: SpaceGeometry
  /// The snapped point of the best trial.
  let best: [Double]

  /// Fewer observations than this tell nothing.
  package static let observations = 4

  /// Nil where there is too little to see.
  package init?(_ history: History) {
    let ended = history.withoutPending
    guard ended.observed.count >= SurrogateView.observations,
      let best = ended.best.flatMap({ history.space.point(of: $0.configuration) }),
      let model = SurrogateModel(ended, observed: ended.observed)
    else { return nil }
    self.history = ended
    self.model = model
    geometry = SpaceGeometry(history.space)
    self.best = geometry.snapped(best)
  }

  func coordinate(_ name: String) -> Int? {
    history.space.ranges.firstIndex { $0.name == name }
  }

  /// Places that show a range: its values where they are few, else an even spread.
  func places(_ c: Int, _ points: Int) -> [Double] {
    let range = history.space.ranges[c]
    let count = min(points, range.count ?? points)
    guard count > 1 else { return [geometry.snapped(0.5, c)] }
    var places: [Double] = []
    for i in 0..<count {
      let place =
        range.count == count
        ? (Double(i) + 0.5) / Double(count) : Double(i) / Double(count - 1)
      let snapped = geometry.snapped(place, c)
      if places.last != snapped { places.append(snapped) }
    }
    return places
  }

  /// A prediction on the objective's own scale, the interval at 95 %.
  func estimate(_ mean: Double, _ deviation: Double) -> Estimate {
    let half = 1.959963984540054 * deviation
    let ends = [mean - half, mean + half].map {
      history.direction.objective(model.scale.backward($0))
    }
    return Estimate(
      objective: history.direction.objective(model.scale.backward(mean)),
      lower: min(ends[0], ends[1]),
      upper: max(ends[0], ends[1])
    )
  }

  /// What a model expects of the objective, without noise, and a 95 % interval.
  package struct Estimate: Hashable, Sendable {
    package var objective: Double
    package var lower: Double
    package var upper: Double
  }
}

extension History {
  /// The history as if its pending jobs had not been started.
  var withoutPending: History {
    var history = History(space, direction, seed: seed, warmStart: warmStart)
    for trial in trials where trial.state != .pending {
      var trial = trial
      trial.index = history.trials.count
      trial.resumes = nil
      history.add(trial)
    }
    return history
  }
}
