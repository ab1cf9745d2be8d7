import CKernels

/// The steps of optimisers over stretches of weights, element by element.
package enum WeightSteps {
  package typealias Slopes = UnsafePointer<Float>
  package typealias Numbers = UnsafeMutablePointer<Float>

  /// Multiplies slopes and cuts them off at ±`limit` (0 for no limit).
  package static func limit(_ count: Int, factor: Float, limit: Float, _ slopes: Numbers) {
    ck_net_limit(count, factor, limit, slopes)
  }

  /// Adds l1 · sign(w) + l2 · w to the slopes.
  package static func penalise(
    _ count: Int,
    l1: Float,
    l2: Float,
    _ weights: Slopes,
    _ slopes: Numbers
  ) {
    ck_net_penalise(count, l1, l2, weights, slopes)
  }

  /// v = momentum v + g; w -= rate v, or rate (g + momentum v).
  package static func momentum(
    _ count: Int,
    rate: Double,
    momentum: Double,
    isNesterov: Bool,
    _ slopes: Slopes,
    _ speeds: Numbers,
    _ weights: Numbers
  ) {
    ck_net_momentum(
      count,
      Float(rate),
      Float(momentum),
      isNesterov ? 1 : 0,
      slopes,
      speeds,
      weights
    )
  }

  /// s = decay s + (1 - decay) g²; the step is g / (√s + epsilon), with momentum.
  package static func rmsprop(
    _ count: Int,
    rate: Double,
    decay: Double,
    momentum: Double,
    epsilon: Double,
    _ slopes: Slopes,
    _ squares: Numbers,
    _ speeds: Numbers,
    _ weights: Numbers
  ) {
    ck_net_rmsprop(
      count,
      Float(rate),
      Float(decay),
      Float(1 - decay),
      Float(momentum),
      Float(epsilon),
      slopes,
      squares,
      speeds,
      weights
    )
  }

  /// Adam's step; rate and root hold the corrections of the bias, `keep` what is left of a weight.
  package static func adam(
    _ count: Int,
    rate: Double,
    betas: (Double, Double),
    root: Double,
    epsilon: Double,
    keep: Double,
    _ slopes: Slopes,
    _ means: Numbers,
    _ squares: Numbers,
    _ weights: Numbers
  ) {
    ck_net_adam(
      count,
      Float(rate),
      Float(betas.0),
      Float(1 - betas.0),
      Float(betas.1),
      Float(1 - betas.1),
      Float(root),
      Float(epsilon),
      Float(keep),
      slopes,
      means,
      squares,
      weights
    )
  }
}
