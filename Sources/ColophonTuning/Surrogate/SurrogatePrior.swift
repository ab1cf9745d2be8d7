import ColophonMath

/// What is believed of a process's parameters before anything is seen: each log-normal.
package struct SurrogatePrior: Hashable, Sendable {
  /// log ℓ, of a unit interval.
  ///
  /// Chosen on eleven functions that the study does not judge by: longer lengths, even those that grow
  /// with the dimension (Hvarfner and others 2024), left a median regret some ten times larger.
  var lengthMean = -0.5
  var lengthVariance = 1.0
  /// σ²: the mean of its logarithm is 0.
  var scaleVariance = 1.0
  var noiseMean = -9.0
  var noiseVariance = 4.0
  /// log a and log b of a warp, around 0.
  var warpVariance = 0.1

  package init() {}

  /// Adds the negative log density to the gradient, which is set.
  func loss(
    _ parameters: GaussianProcess.Parameters,
    _ features: Features,
    _ gradient: inout [Double]
  ) -> Double {
    let d = features.count
    var result = 0.0
    func normal(_ x: Double, _ mean: Double, _ variance: Double, _ place: Int) {
      result += 0.5 * (x - mean) * (x - mean) / variance
      gradient[place] = (x - mean) / variance
    }
    for (c, log) in parameters.logLengths.enumerated() {
      normal(log, lengthMean, lengthVariance, c)
    }
    normal(parameters.logScale, 0, scaleVariance, d)
    normal(parameters.logNoise, noiseMean, noiseVariance, d + 1)
    for (i, log) in parameters.logWarps.enumerated() {
      normal(log, 0, warpVariance, d + 2 + i)
    }
    return result
  }

  /// Where the search for parameters begins: half a unit for lengths, the middles for all else.
  func start(_ features: Features, isWarped: Bool) -> GaussianProcess.Parameters {
    let lengths = [Double](repeating: -0.7, count: features.count)
    // Off 0 by a little, where the warp counts as straight and has no slope.
    let warps = [Double](repeating: 1e-3, count: isWarped ? 2 * features.count : 0)
    return GaussianProcess.Parameters(lengths + [0, noiseMean] + warps, lengths: features.count)
  }
}
