/// Student's t distribution.
package struct StudentT: Distribution, Hashable {
  /// ν, above 0.
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "\(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  private var nu: Double { degreesOfFreedom }

  /// Beyond these degrees of freedom t and the normal distribution agree to the last digit.
  private var isNormal: Bool { nu > 1e17 }

  package var mean: Double { nu > 1 ? 0 : .nan }
  package var variance: Double { nu > 2 ? nu / (nu - 2) : nu > 1 ? .infinity : .nan }

  package func logDensity(at t: Double) -> Double {
    if isNormal { return Normal().logDensity(at: t) }
    let square = t * t / nu
    let power =
      square == .infinity
      ? (nu + 1) * (Elementary.log(abs(t)) - 0.5 * Elementary.log(nu))
      : 0.5 * (nu + 1) * Elementary.log1p(square)
    return -power - 0.5 * Elementary.log(nu) - Special.logBeta(nu / 2, 0.5)
  }

  package func cumulative(at t: Double) -> Double { survival(at: -t) }

  package func survival(at t: Double) -> Double {
    if isNormal { return normalTail(t) }
    if t.isNaN { return .nan }
    let square = t * t
    let total = nu + square
    let x = nu / total
    let tail =
      x < StudentT.farShare
      ? farTail(abs(t))
      : 0.5 * IncompleteBeta.both(nu / 2, 0.5, x, complement: square / total).lower
    return t < 0 ? 1 - tail : tail
  }

  /// Where ν / (ν + t²) is below this only the first term of the tail's series is left.
  private static let farShare = 1e-30

  /// (ν/t²)^(ν/2) / (ν B(ν/2, ½)).
  private func farTail(_ t: Double) -> Double {
    let logShare = Elementary.log(nu) - 2 * Elementary.log(t)
    return Elementary.exp(nu / 2 * logShare - Elementary.log(nu) - Special.logBeta(nu / 2, 0.5))
  }

  /// The inverse of `farTail`.
  private func farQuantile(_ tail: Double) -> Double {
    let logTail = Elementary.log(tail) + Elementary.log(nu) + Special.logBeta(nu / 2, 0.5)
    return Elementary.exp(0.5 * Elementary.log(nu) - logTail / nu)
  }

  package func quantile(_ p: Double) -> Double { -upperQuantile(p) }

  package func upperQuantile(_ q: Double) -> Double {
    if isNormal { return -NormalQuantile.exact(q) }
    guard q >= 0, q <= 1 else { return .nan }
    let tail = min(q, 1 - q)
    let share =
      tail < 0.25
      ? IncompleteBeta.inverseLower(nu / 2, 0.5, 2 * tail)
      : IncompleteBeta.inverseUpper(nu / 2, 0.5, 2 * abs(q - 0.5))
    // t² = ν y / x.
    let t =
      share.x < StudentT.farShare
      ? farQuantile(tail) : (nu * share.complement).squareRoot() / share.x.squareRoot()
    return q > 0.5 ? -t : t
  }
}
