import ColophonMath

/// What a process has learned of a tuning: losses brought to mean 0 and variance 1, failures left out,
/// pending jobs added at what is expected of them.
struct SurrogateModel: Sendable {
  let space: SearchSpace
  let coordinates: Coordinates
  let process: GaussianProcess
  let scale: LossScale
  /// The least loss, on the model's scale.
  let best: Double
  /// The points of the best trials, the best first.
  let leaders: [[Double]]

  /// The most observations that a model is fitted to: beyond them, the best quarter and the latest.
  static let observationLimit = 500

  init?(_ history: History, observed: [Trial]) {
    space = history.space
    coordinates = Coordinates(history.space)
    let chosen = SurrogateModel.chosen(observed, history)
    var points: [Double] = []
    var losses: [Double] = []
    for trial in chosen {
      guard let point = space.point(of: trial.configuration), let objective = trial.objective
      else { continue }
      points += point
      losses.append(history.direction.loss(objective))
    }
    guard losses.count > 1 else { return nil }
    let scale = LossScale(losses)
    self.scale = scale
    let values = losses.map { scale.forward($0) }
    best = values.min() ?? 0
    let d = coordinates.count
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    leaders = order.prefix(5).map { Array(points[$0 * d..<($0 + 1) * d]) }
    let likelihood = MarginalLikelihood(coordinates, points: points, values: values)
    let parameters = likelihood.fitted()
    guard let base = GaussianProcess(coordinates, parameters, points: points, values: values)
    else { return nil }
    let space = history.space
    let pending = history.pending.compactMap { space.point(of: $0.configuration) }
    if pending.isEmpty {
      process = base
    } else {
      // A job that has not ended counts as what the process expects of it, which takes away the
      // reason to go there again.
      let guesses = pending.map { base.predict($0).mean }
      process =
        GaussianProcess(
          coordinates,
          parameters,
          points: points + pending.flatMap { $0 },
          values: values + guesses
        ) ?? base
    }
  }

  private static func chosen(_ observed: [Trial], _ history: History) -> [Trial] {
    guard observed.count > observationLimit else { return observed }
    let order = observed.sorted {
      let (a, b) = ($0.objective ?? .nan, $1.objective ?? .nan)
      return (history.direction.loss(a), $0.index) < (history.direction.loss(b), $1.index)
    }
    var kept = Set(order.prefix(observationLimit / 4).map { $0.index })
    for trial in observed.reversed() where kept.count < observationLimit {
      kept.insert(trial.index)
    }
    return observed.filter { kept.contains($0.index) }
  }

  /// Means and variances at snapped points, on the model's scale.
  func predict(_ points: [[Double]]) -> (means: [Double], variances: [Double]) {
    let found = points.map { process.predict($0) }
    return (found.map { $0.mean }, found.map { $0.variance })
  }
}
