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

  /// The better of the two fits, which are made side by side; nil with fewer than two results.
  static func best(_ history: History, _ observed: [Trial], _ geometry: SpaceGeometry)
    -> SurrogateFit?
  {
    guard let bent = Evidence.gather(history, observed, geometry)?.scale else { return nil }
    let powers: [Double?] = bent.isStraight ? [nil] : [nil, 1]
    var fits = [SurrogateFit?](repeating: nil, count: powers.count)
    fits.withUnsafeMutableBufferPointer { fits in
      let fits = fits
      Workers.share(powers.count, among: 2) { place in
        fits[place] = SurrogateFit(history, observed, geometry, power: powers[place])
      }
    }
    guard let first = fits[0] else { return nil }
    guard fits.count > 1, let straight = fits[1] else { return first }
    return straight.loss < first.loss ? straight : first
  }
}
