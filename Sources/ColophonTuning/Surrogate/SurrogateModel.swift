import ColophonCore
import ColophonMath

/// What a process has learned of a tuning: losses on a scale of their own, pending jobs at what is
/// expected of them, failures as places to keep away from, other tunings as related tasks.
struct SurrogateModel: Sendable {
  let space: SearchSpace
  let geometry: SpaceGeometry
  let scale: LossScale
  /// Over observed and pending points.
  let process: GaussianProcess
  /// The least that the process expects where something of one's own was seen or is pending: under
  /// noise, the luckiest value would be too hard to improve on.
  let best: Double
  /// The snapped points of the best trials, the best first.
  let leaders: [[Double]]
  let feasibility: Feasibility?
  /// The coordinates of other tasks, all 0 here.
  private let tasks: [Double]

  init?(_ history: History, observed: [Trial]) {
    let geometry = SpaceGeometry(history.space)
    guard let fit = SurrogateFit.best(history, observed, geometry) else { return nil }
    let (evidence, features, parameters) = (fit.evidence, fit.features, fit.parameters)
    let tasks = [Double](repeating: 0, count: evidence.dimensions - geometry.count)
    let pending = history.pending.compactMap { trial in
      history.space.point(of: trial.configuration).map { geometry.snapped($0) + tasks }
    }
    guard let process = SurrogateModel.process(features, parameters, evidence, pending)
    else { return nil }
    space = history.space
    self.geometry = geometry
    self.tasks = tasks
    scale = fit.scale
    leaders = evidence.leaders(5).map { Array($0.prefix(geometry.count)) }
    self.process = process
    best = SurrogateModel.best(process, evidence)
    feasibility = Feasibility(history, geometry, features, parameters, tasks)
  }

  /// Jobs that have not ended count as what the process expects of them, which takes away the reason
  /// to go there again (the "kriging believer" of Ginsbourger, Le Riche and Carraro 2010; averages
  /// over 8 and 32 draws were worse on the functions that this was chosen by).
  private static func process(
    _ features: Features,
    _ parameters: GaussianProcess.Parameters,
    _ evidence: Evidence,
    _ pending: [[Double]]
  ) -> GaussianProcess? {
    let base = GaussianProcess(
      features,
      parameters,
      points: evidence.points,
      values: evidence.values
    )
    guard let base else { return nil }
    guard !pending.isEmpty else { return base }
    let flat = pending.flatMap { $0 }
    let believed = base.predict(flat).means
    let whole = GaussianProcess(
      features,
      parameters,
      points: evidence.points + flat,
      values: evidence.values + believed
    )
    return whole ?? base
  }

  /// The mean at an observed point is its value less the noise's share, noise · (K⁻¹ y).
  private static func best(_ process: GaussianProcess, _ evidence: Evidence) -> Double {
    let means = process.fittedMeans
    return means.indices.reduce(Double.infinity) { least, i in
      i < evidence.values.count && !evidence.isOwn[i] ? least : min(least, means[i])
    }
  }

  /// A point as the process knows it.
  func extended(_ point: [Double]) -> [Double] { point + tasks }

  /// Means and variances at snapped points, on the model's scale.
  func predict(_ points: [[Double]]) -> (means: [Double], variances: [Double]) {
    process.predict(points.flatMap { extended($0) })
  }
}
