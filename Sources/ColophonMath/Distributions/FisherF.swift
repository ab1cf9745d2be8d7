/// Fisher's F distribution: the ratio of two mean squares.
package struct FisherF: Distribution, Hashable {
  package let numerator: Double
  package let denominator: Double

  /// The distribution of these degrees of freedom, both above 0.
  package init(numerator: Double, denominator: Double) {
    precondition(numerator > 0 && denominator > 0, "F(\(numerator), \(denominator))")
    self.numerator = numerator
    self.denominator = denominator
  }

  package var mean: Double { denominator > 2 ? denominator / (denominator - 2) : .infinity }

  package var variance: Double {
    guard denominator > 4 else { return denominator > 2 ? .infinity : .nan }
    let less = denominator - 2
    return 2 * denominator * denominator * (numerator + less)
      / (numerator * less * less * (denominator - 4))
  }

  /// The beta variate that x stands for, and its complement.
  private func share(_ x: Double) -> (Double, Double) {
    let scaled = numerator * x
    if scaled == .infinity { return (1, denominator / numerator / x) }
    return (scaled / (scaled + denominator), denominator / (scaled + denominator))
  }

  package func logDensity(at x: Double) -> Double {
    guard x >= 0 else { return -.infinity }
    let (a, b) = (numerator / 2, denominator / 2)
    if x == 0 { return a > 1 ? -.infinity : a == 1 ? 0 : .infinity }
    let (y, z) = share(x)
    return Beta(a, b).logDensity(at: y, complement: z) + Elementary.log(y) + Elementary.log(z)
      - Elementary.log(x)
  }

  package func cumulative(at x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 0 }
    let (y, z) = share(x)
    return IncompleteBeta.both(numerator / 2, denominator / 2, y, complement: z).lower
  }

  package func survival(at x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 1 }
    let (y, z) = share(x)
    return IncompleteBeta.both(numerator / 2, denominator / 2, y, complement: z).upper
  }

  package func quantile(_ p: Double) -> Double {
    let (x, y) = IncompleteBeta.inverseLower(numerator / 2, denominator / 2, p)
    return denominator / numerator * (x / y)
  }

  package func upperQuantile(_ q: Double) -> Double {
    let (x, y) = IncompleteBeta.inverseUpper(numerator / 2, denominator / 2, q)
    return denominator / numerator * (x / y)
  }
}
