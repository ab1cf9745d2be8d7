import ColophonMath

/// How likely a job is to end with an objective, judged by the jobs near it.
///
/// The share of those that did, each weighted by its correlation, beside a third of an imagined
/// success. It counts to the fifth power: the plain chance sinks too slowly to hold a model back that
/// expects most where every job fails. Lengths are at most an eighth of a range: how smooth the
/// objective is tells nothing of where jobs fail.
struct Feasibility: Sendable {
  private let process: GaussianProcess
  /// 1 for each job with an objective, 0 for each without.
  private let isSound: [Double]
  private static let belief = 0.3
  private static let doubt = 0.05
  private static let power = 5.0
  /// log 1/8.
  private static let longest = -2.0794415416798357
  /// The most jobs that are looked at: the latest.
  private static let limit = 300

  /// Nil where no job has failed.
  init?(
    _ history: History,
    _ geometry: SpaceGeometry,
    _ features: Features,
    _ parameters: GaussianProcess.Parameters,
    _ tasks: [Double]
  ) {
    let ended = history.trials.filter { $0.state != .pending }.suffix(Feasibility.limit)
    guard ended.contains(where: { !$0.isObserved }) else { return nil }
    var points: [Double] = []
    var sound: [Double] = []
    for trial in ended {
      guard let point = history.space.point(of: trial.configuration) else { continue }
      points += geometry.snapped(point) + tasks
      sound.append(trial.isObserved ? 1 : 0)
    }
    var near = parameters
    near.logLengths = near.logLengths.map { min($0, Feasibility.longest) }
    let process = GaussianProcess(features, near, points: points, values: sound)
    guard let process else { return nil }
    self.process = process
    isSound = sound
  }

  private static func chance(_ good: Double, _ all: Double) -> (above: Double, below: Double) {
    (good + belief, all + belief + doubt)
  }

  /// The logarithms of the chances at points that lie one after another.
  func logChances(_ points: [Double]) -> [Double] {
    let correlations = process.correlations(points)
    let ones = [Double](repeating: 1, count: isSound.count)
    return zip(correlations * isSound, correlations * ones).map { good, all in
      let (above, below) = Feasibility.chance(good, all)
      return Feasibility.power * Elementary.log(above / below)
    }
  }

  /// The logarithm of the chance at one point, and its gradient.
  func logChance(_ point: [Double]) -> (value: Double, gradient: [Double]) {
    let local = process.local(point)
    let near = Array(local.correlations.prefix(isSound.count))
    let (above, below) = Feasibility.chance(Reduction.dot(near, isSound), Reduction.sum(near))
    let scale = Elementary.exp(-process.parameters.logScale)
    let shares = isSound.map { ($0 / above - 1 / below) * scale * Feasibility.power }
    return (
      Feasibility.power * Elementary.log(above / below), process.gradient(shares, local, at: point)
    )
  }
}
