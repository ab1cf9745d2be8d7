/// The beta distribution on [0, 1].
package struct Beta: Distribution, Hashable {
  package let a: Double
  package let b: Double

  /// The distribution of mean a / (a + b); both shapes above 0.
  package init(_ a: Double, _ b: Double) {
    precondition(a > 0 && b > 0, "shapes \(a) and \(b)")
    self.a = a
    self.b = b
  }

  package var mean: Double { a / (a + b) }

  package var variance: Double {
    let n = a + b
    return (a / n) * (b / n) / (n + 1)
  }

  package func logDensity(at x: Double) -> Double {
    guard x >= 0, x <= 1 else { return x.isNaN ? .nan : -.infinity }
    return logDensity(at: x, complement: 1 - x)
  }

  /// The same where the caller knows 1 − x better than x does.
  func logDensity(at x: Double, complement y: Double) -> Double {
    if x == 0 { return a > 1 ? -.infinity : a == 1 ? Elementary.log(b) : .infinity }
    if y == 0 { return b > 1 ? -.infinity : b == 1 ? Elementary.log(a) : .infinity }
    if min(a, b) < 2 {
      let point = IncompleteBeta.Point(a: a, b: b, x: x, y: y)
      return (a - 1) * point.logX + (b - 1) * point.logY - Special.logBeta(a, b)
    }
    let point = IncompleteBeta.Point(a: a, b: b, x: x, y: y, yRest: (1 - y) - x)
    let n = a + b
    return -point.exponent - Special.stirlingCorrection(a)
      - (Special.stirlingCorrection(b) - Special.stirlingCorrection(n))
      + 0.5 * Elementary.log(a / (2 * Double.pi) * (b / n)) - Elementary.log(x)
      - Elementary.log(y)
  }

  package func cumulative(at x: Double) -> Double { IncompleteBeta.lower(a, b, x) }
  package func survival(at x: Double) -> Double { IncompleteBeta.upper(a, b, x) }
  package func quantile(_ p: Double) -> Double { IncompleteBeta.inverseLower(a, b, p).x }
  package func upperQuantile(_ q: Double) -> Double { IncompleteBeta.inverseUpper(a, b, q).x }
}
