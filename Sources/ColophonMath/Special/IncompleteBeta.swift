/// The regularised incomplete beta function Iₓ(a, b) and its complement.
///
/// Each tail is computed for itself where it is small. The prefactor is taken from the distance to
/// the mode, so that large shapes cost no digits.
///
/// - SeeAlso: DiDonato and Morris, "Algorithm 708: Significant digit computation of the incomplete
///   beta function ratios", 1992.
package enum IncompleteBeta {
  /// Iₓ(a, b): the probability that a beta variate is at most x.
  ///
  /// - `a`: The first shape, above 0.
  /// - `b`: The second shape, above 0.
  /// - `x`: From 0 to 1; values outside count as the nearer end.
  package static func lower(_ a: Double, _ b: Double, _ x: Double) -> Double {
    both(a, b, x, complement: 1 - x, rest: (1 - (1 - x)) - x).lower
  }

  /// 1 − Iₓ(a, b): the probability that a beta variate is above x.
  ///
  /// As for `lower`.
  package static func upper(_ a: Double, _ b: Double, _ x: Double) -> Double {
    both(a, b, x, complement: 1 - x, rest: (1 - (1 - x)) - x).upper
  }

  /// Both tails, where the caller knows 1 − x better than x does.
  ///
  /// - `y`: 1 − x, as a double.
  /// - `rest`: What `y` lacks of 1 − x.
  package static func both(
    _ a: Double,
    _ b: Double,
    _ x: Double,
    complement y: Double,
    rest: Double = 0
  ) -> (lower: Double, upper: Double) {
    guard a >= 0, b >= 0, !x.isNaN, !y.isNaN else { return (.nan, .nan) }
    if x <= 0 { return (0, 1) }
    if y <= 0 { return (1, 0) }
    if a == 0 || b == .infinity { return (1, 0) }
    if b == 0 || a == .infinity { return (0, 1) }
    let point = Point(a: a, b: b, x: x, y: y, yRest: rest)
    if x <= (a + 1) / (a + b + 2) {
      let lower = point.tail()
      return (lower, complement(of: lower, at: point))
    }
    let upper = point.mirrored.tail()
    return (complement(of: upper, at: point.mirrored), upper)
  }

  /// One less the known tail; computed for itself where little is left, for a tiny shape can put
  /// nearly everything on one side of its mean.
  private static func complement(of tail: Double, at point: Point) -> Double {
    if tail < 0.9 { return 1 - tail }
    if point.a < 1, point.b * point.x < 1 { return point.rest() }
    return point.x < 1e-9 ? 1 - min(tail, 1) : point.mirrored.tail()
  }

  /// A place in the beta distribution, seen from the lower end.
  struct Point {
    var a: Double
    var b: Double
    var x: Double
    var y: Double
    /// What the doubles lack of the true x and y, which add up to 1.
    var xRest = 0.0
    var yRest = 0.0

    var mirrored: Point { Point(a: b, b: a, x: y, y: x, xRest: yRest, yRest: xRest) }

    /// b x − a y: how far x is from the mean, times a + b.
    private var skew: Double {
      let product = a * y
      let lost = (-product).addingProduct(a, y)
      return (-product).addingProduct(b, x) - lost + (b * xRest - a * yRest)
    }

    /// What xᵃ yᵇ lacks of its greatest value, as a logarithm; at least 0.
    var exponent: Double {
      let (n, distance) = (a + b, skew)
      return a * Special.excessOverLog(distance / a, ratio: x * (n / a))
        + b * Special.excessOverLog(-distance / b, ratio: y * (n / b))
    }

    var logX: Double { x < 0.5 ? Elementary.log(x) : Elementary.log1p(-y - yRest) }
    var logY: Double { y < 0.5 ? Elementary.log(y) : Elementary.log1p(-x - xRest) }

    /// xᵃ yᵇ / B(a, b).
    var prefactor: Double {
      let n = a + b
      if min(a, b) < 2 {
        return Elementary.exp(a * logX + b * logY - Special.logBeta(a, b))
      }
      let corrections =
        Special.stirlingCorrection(a)
        + (Special.stirlingCorrection(b) - Special.stirlingCorrection(n))
      return Elementary.exp(-exponent - corrections)
        * (a / (2 * Double.pi) * (b / n)).squareRoot()
    }

    /// Iₓ(a, b) by its continued fraction, evaluated forwards (modified Lentz).
    ///
    /// The form of DiDonato and Morris's equation 9: its coefficients hold the distance to the mean
    /// itself, so that nothing cancels where x is near it.
    func tail() -> Double {
      let factor = prefactor
      if factor == 0 { return 0 }
      let centre = 1 - skew
      var f = IncompleteGamma.nonzero(a / (a + 1) * centre)
      var c = f
      var d = 0.0
      var m = 1.0
      while m < 100_000 {
        let odd = a + 2 * m - 1
        let top = (a + m - 1) / odd * ((a + b + m - 1) / odd) * m * (b - m) * x * x
        let bottom = m + m * (b - m) / odd * x + (a + m) / (odd + 2) * (centre + m * (1 + y))
        d = 1 / IncompleteGamma.nonzero(bottom.addingProduct(top, d))
        c = IncompleteGamma.nonzero(bottom + top / c)
        let step = d * c
        f *= step
        if abs(step - 1) < 2e-16 { break }
        m += 1
      }
      return factor / f
    }

    /// 1 − Iₓ(a, b) for a small first shape, by what the power series leaves of 1.
    ///
    /// Iₓ = xᵃ / (a B(a, b)) · (1 + a Σ (1 − b) … (n − b) xⁿ / (n! (a + n))), whose first factor is
    /// near 1.
    func rest() -> Double {
      let exponent = a * logX + Special.logGammaDifference(b, a) - Special.logGammaOnePlus(a)
      var power = 1.0
      var sum = 0.0
      var n = 0.0
      repeat {
        n += 1
        power *= (n - b) / n * x
        sum += power / (a + n)
      } while abs(power) > 1e-18 * abs(sum)
      return -Elementary.expm1(exponent) - Elementary.exp(exponent) * a * sum
    }
  }
}
