import ColophonMath

/// The logarithm of the expected improvement below the best loss, which keeps its slope where the
/// improvement itself is lost to underflow (Ament and others 2023, "Unexpected improvements").
package enum ExpectedImprovement {
  /// 1/√(2π), and its logarithm.
  private static let density = 0.3989422804014327
  private static let logDensity = -0.9189385332046727

  /// log h(z) = log(φ(z) + z Φ(z)), with φ/h and Φ/h, which its gradient needs.
  package static func logImprovement(_ z: Double) -> (value: Double, density: Double, share: Double)
  {
    if z > -4 {
      let phi = density * Elementary.exp(-0.5 * z * z)
      let share = 0.5 * Elementary.erfc(-z * 0.7071067811865476)
      let h = phi + z * share
      return (Elementary.log(h), phi / h, share / h)
    }
    // φ(z) (1 − |z| R(|z|)), R being Mills' ratio Φ(−|z|)/φ(z), by its continued fraction.
    let x = -z
    let ratio = mills(x)
    let rest = 1 - x * ratio
    return (logDensity - 0.5 * z * z + Elementary.log(rest), 1 / rest, ratio / rest)
  }

  /// Mills' ratio for x ≥ 4: 1/(x + 1/(x + 2/(x + 3/(x + …)))).
  private static func mills(_ x: Double) -> Double {
    var tail = x
    for k in stride(from: 60, through: 1, by: -1) { tail = x + Double(k) / tail }
    return 1 / tail
  }

  /// log EI of a prediction below `best`.
  package static func value(mean: Double, variance: Double, best: Double) -> Double {
    let deviation = variance.squareRoot()
    return Elementary.log(deviation) + logImprovement((best - mean) / deviation).value
  }
}
