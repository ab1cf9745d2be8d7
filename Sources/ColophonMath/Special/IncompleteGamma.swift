/// The regularised incomplete gamma functions P and Q = 1 − P.
///
/// Whichever of the two is small is computed without subtracting from 1. Three methods share the
/// plane: Temme's uniform expansion near x = a for large a, the power series left of it, the
/// continued fraction right of it.
///
/// - SeeAlso: Temme, "The asymptotic expansion of the incomplete gamma functions", 1979; Gautschi,
///   "A computational procedure for incomplete gamma functions", 1979.
package enum IncompleteGamma {
  /// P(a, x): the probability that a gamma variate of shape a is at most x.
  ///
  /// - `shape`: a, above 0.
  /// - `x`: At least 0; below, the result is 0.
  package static func lower(shape a: Double, _ x: Double) -> Double { both(a, x).lower }

  /// Q(a, x): the probability that a gamma variate of shape a is above x.
  ///
  /// - `shape`: a, above 0.
  /// - `x`: At least 0; below, the result is 1.
  package static func upper(shape a: Double, _ x: Double) -> Double { both(a, x).upper }

  /// Both at once.
  package static func both(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
    if a.isNaN || x.isNaN || a < 0 { return (.nan, .nan) }
    if x <= 0 { return (0, 1) }
    if x == .infinity || a == 0 { return (1, 0) }
    if a == .infinity { return (0, 1) }
    let deviation = (x - a) / a
    if a >= 20, abs(deviation) <= 0.4 { return temme(a, deviation) }
    if a < 1, x < 1.5 { return nearOrigin(a, x) }
    if x < a + 1 {
      let lower = series(a, x)
      return (lower, 1 - lower)
    }
    let upper = continuedFraction(a, x)
    return (1 - upper, upper)
  }

  /// xᵃ e⁻ˣ / Γ(a + 1).
  static func prefactor(_ a: Double, _ x: Double) -> Double {
    if a < 15 {
      return Elementary.exp(a * Elementary.log(x) - x - Special.logGammaOnePlus(a))
    }
    let exponent =
      a * Special.excessOverLog((x - a) / a, ratio: x / a) + Special.stirlingCorrection(a)
    return Elementary.exp(-exponent) / (2 * Double.pi * a).squareRoot()
  }

  /// P by its power series, Σ xⁿ / ((a+1) … (a+n)).
  private static func series(_ a: Double, _ x: Double) -> Double {
    let factor = prefactor(a, x)
    if factor == 0 { return 0 }
    var term = 1.0
    var sum = 1.0
    var n = a
    while term > 1e-17 * sum {
      n += 1
      term *= x / n
      sum += term
    }
    return factor * sum
  }

  /// Q by Legendre's continued fraction, evaluated forwards (modified Lentz).
  private static func continuedFraction(_ a: Double, _ x: Double) -> Double {
    let factor = prefactor(a, x)
    if factor == 0 { return 0 }
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var h = d
    var i = 1.0
    while true {
      let term = -i * (i - a)
      b += 2
      d = 1 / nonzero(b.addingProduct(term, d))
      c = nonzero(b + term / c)
      let step = c * d
      h *= step
      if abs(step - 1) < 2e-16 || i > 100_000 { break }
      i += 1
    }
    return factor * a * h
  }

  static func nonzero(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }

  /// Small shapes left of 1.5: P ≈ 1 there, so that Q is summed from what remains.
  ///
  /// xᵃ/Γ(a+1) · (1 − a Σ −(−x)ⁿ / ((a+n) n!)) is P; its first factor is near 1.
  private static func nearOrigin(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
    let exponent = a * Elementary.log(x) - Special.logGammaOnePlus(a)
    var power = 1.0
    var sum = 0.0
    var n = 0.0
    repeat {
      n += 1
      power *= -x / n
      sum += power / (a + n)
    } while abs(power) > 1e-18 * abs(sum)
    let factor = Elementary.exp(exponent)
    let upper = -Elementary.expm1(exponent) - factor * a * sum
    if upper > 0.5 { return (factor * (1 + a * sum), upper) }
    return (1 - upper, upper)
  }

  /// Temme's expansion, uniform in x/a (DLMF 8.12.3 and 8.12.4).
  private static func temme(_ a: Double, _ deviation: Double) -> (lower: Double, upper: Double) {
    let half = Special.excessOverLog(deviation, ratio: 1 + deviation)
    let eta = deviation < 0 ? -(2 * half).squareRoot() : (2 * half).squareRoot()
    var sum = 0.0
    for row in TemmeCoefficients.rows.reversed() { sum = sum / a + Special.horner(row, eta) }
    let rest = Elementary.exp(-a * half) / (2 * Double.pi * a).squareRoot() * sum
    let tail = 0.5 * Elementary.erfc((a * half).squareRoot())
    if deviation < 0 {
      let lower = tail - rest
      return (lower, 1 - lower)
    }
    let upper = tail + rest
    return (1 - upper, upper)
  }
}
