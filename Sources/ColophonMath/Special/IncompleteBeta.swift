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
  /// - Parameters:
  ///   - a: The first shape, above 0.
  ///   - b: The second shape, above 0.
  ///   - x: From 0 to 1; values outside count as the nearer end.
  package static func lower(_ a: Double, _ b: Double, _ x: Double) -> Double {
    both(a, b, x, complement: 1 - x, rest: (1 - (1 - x)) - x).lower
  }

  /// 1 − Iₓ(a, b): the probability that a beta variate is above x.
  ///
  /// - Parameters: As for `lower`.
  package static func upper(_ a: Double, _ b: Double, _ x: Double) -> Double {
    both(a, b, x, complement: 1 - x, rest: (1 - (1 - x)) - x).upper
  }

  /// Both tails, where the caller knows 1 − x better than x does.
  ///
  /// - Parameters:
  ///   - y: 1 − x, as a double.
  ///   - rest: What `y` lacks of 1 − x.
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
    let point = Point(a: a, b: b, x: x, y: y, rest: rest)
    if x <= (a + 1) / (a + b + 2) {
      let lower = point.tail()
      return (lower, complement(of: lower, by: point.mirrored))
    }
    let upper = point.mirrored.tail()
    return (complement(of: upper, by: point), upper)
  }

  /// One less the known tail; computed for itself where little is left, for a tiny shape can put
  /// nearly everything on one side of its mean.
  private static func complement(of tail: Double, by other: Point) -> Double {
    if tail < 0.9 || other.y < 1e-9 { return 1 - min(tail, 1) }
    return other.tail()
  }

  /// A place in the beta distribution, seen from the lower end.
  struct Point {
    var a: Double
    var b: Double
    var x: Double
    var y: Double
    /// 1 − x − y.
    var rest: Double

    var mirrored: Point { Point(a: b, b: a, x: y + rest, y: x, rest: 0) }

    /// b x − a y: how far x is from the mean, times a + b.
    var skew: Double {
      let product = a * y
      let lost = (-product).addingProduct(a, y)
      return (-product).addingProduct(b, x) - lost - a * rest
    }

    /// xᵃ yᵇ / B(a, b).
    var prefactor: Double {
      let n = a + b
      if min(a, b) < 2 {
        let exponent = a * Elementary.log(x) + b * logOfComplement - Special.logBeta(a, b)
        return Elementary.exp(exponent)
      }
      let distance = skew
      let exponent =
        a * Special.excessOverLog(distance / a) + b * Special.excessOverLog(-distance / b)
        + Special.stirlingCorrection(a)
        + (Special.stirlingCorrection(b) - Special.stirlingCorrection(n))
      return Elementary.exp(-exponent) * (a / (2 * Double.pi) * (b / n)).squareRoot()
    }

    private var logOfComplement: Double {
      x < 0.5 ? Elementary.log1p(-x) : Elementary.log(y + rest)
    }

    /// Iₓ(a, b) by its continued fraction, evaluated forwards (modified Lentz).
    func tail() -> Double {
      let factor = prefactor
      if factor == 0 { return 0 }
      // Euler's even part of the fraction for the hypergeometric function (DLMF 8.17.22).
      var c = 1.0
      var d = 1 / IncompleteGamma.nonzero(1 - (a + b) / (a + 1) * x)
      var h = d
      var m = 1.0
      let limit = 100_000.0
      while m < limit {
        let twice = 2 * m
        let even = m * (b - m) / ((a + twice - 1) * (a + twice)) * x
        d = 1 / IncompleteGamma.nonzero((1.0).addingProduct(even, d))
        c = IncompleteGamma.nonzero(1 + even / c)
        h *= d * c
        let odd = -(a + m) / (a + twice) * ((a + b + m) / (a + twice + 1)) * x
        d = 1 / IncompleteGamma.nonzero((1.0).addingProduct(odd, d))
        c = IncompleteGamma.nonzero(1 + odd / c)
        let step = d * c
        h *= step
        if abs(step - 1) < 2e-16 { break }
        m += 1
      }
      return factor * h / a
    }
  }
}
