import ColophonMath

/// Results on the scale that explains them best, and the parameters fitted to them.
///
/// Bending the scale helps where losses span orders of magnitude, and misleads where they are noisy:
/// what stretches the good end stretches its noise. So both the bent and the straight scale are
/// fitted, and the one of the larger posterior stays, each with the slopes of its bend (Snelson,
/// Rasmussen and Ghahramani 2004, "Warped Gaussian processes", equation 6).
struct SurrogateFit {
  let evidence: Evidence
  let scale: LossScale
  let features: Features
  let parameters: GaussianProcess.Parameters
  /// The negative logarithm of the posterior, of the losses as they are.
  private let loss: Double

  /// The most observations that a model is conditioned on.
  static let observationLimit = 300
  /// The most observations that the parameters are fitted to.
  static let fittedLimit = 100

  private init?(
    _ history: History,
    _ observed: [Trial],
    _ geometry: SpaceGeometry,
    power: Double?
  ) {
    let gathered = Evidence.gather(history, observed, geometry, power: power)
    guard let gathered else { return nil }
    evidence = gathered.evidence.kept(SurrogateFit.observationLimit)
    scale = gathered.scale
    features = Features(geometry, tasks: evidence.dimensions - geometry.count)
    let fitted = evidence.kept(SurrogateFit.fittedLimit)
    let likelihood = MarginalLikelihood(features, points: fitted.points, values: fitted.values)
    let best = likelihood.best(iterations: evidence.values.count > 200 ? 15 : 30)
    parameters = best.parameters
    let own = fitted.isOwn.count { $0 }
    loss = best.loss - Double(own) * scale.meanLogSlope
  }

  /// The better of the two fits; nil with fewer than two results.
  static func best(_ history: History, _ observed: [Trial], _ geometry: SpaceGeometry)
    -> SurrogateFit?
  {
    guard let bent = SurrogateFit(history, observed, geometry, power: nil) else { return nil }
    guard !bent.scale.isStraight,
      let straight = SurrogateFit(history, observed, geometry, power: 1)
    else { return bent }
    return straight.loss < bent.loss ? straight : bent
  }
}
