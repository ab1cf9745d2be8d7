/// Special functions of one and two arguments, made of elementary functions and IEEE operations
/// alone, so that they give the same bits everywhere.
package enum Special {
  /// x − log(1 + x), which is at least 0, without cancellation near zero.
  ///
  /// It measures how far a gamma or beta variate is from its centre, and is multiplied by a shape
  /// that may be huge, so that its relative error matters.
  ///
  /// - `x`: Above −1.
  /// - `ratio`: 1 + x, which is better known than x where it is small.
  static func excessOverLog(_ x: Double, ratio: Double) -> Double {
    guard abs(x) < 0.6 else { return x - Elementary.log(ratio) }
    // With r = x/(2+x): log(1+x) = 2 (r + r³/3 + r⁵/5 + …), and x − 2r = r x.
    let r = x / (2 + x)
    let square = r * r
    var sum = 0.0
    var power = 1.0
    var odd = 3.0
    while true {
      let term = power / odd
      sum += term
      if term < 1e-17 * sum { break }
      power *= square
      odd += 2
    }
    return r * (x - 2 * square * sum)
  }

  /// What Stirling's formula leaves out: log Γ(x) − (x − ½) log x + x − ½ log 2π.
  ///
  /// `x`: above 0.
  static func stirlingCorrection(_ x: Double) -> Double {
    if x >= 15 {
      let inverseSquare = 1 / (x * x)
      return horner(stirlingTerms, inverseSquare) / x
    }
    // Γ(x + 1) = x Γ(x): the logarithm of x itself is small against what follows.
    return logGammaOnePlus(x) - (x + 0.5) * Elementary.log(x) + x - halfLogTwoPi
  }

  /// log Γ(1 + x), with a small relative error near x = 0.
  ///
  /// `x`: above −1.
  package static func logGammaOnePlus(_ x: Double) -> Double {
    guard abs(x) <= 0.5 else { return Elementary.lgamma(1 + x) }
    // −log(1+x) + (1−γ) x + Σ (−1)ᵏ (ζ(k)−1) xᵏ / k (Abramowitz and Stegun, 1964, 6.1.33).
    return -Elementary.log1p(x) + x * (oneMinusEuler + x * horner(zetaTerms, x))
  }

  /// The polynomial with these coefficients, ascending, by Horner's rule with fused steps.
  static func horner(_ coefficients: [Double], _ x: Double) -> Double {
    var sum = 0.0
    for coefficient in coefficients.reversed() { sum = coefficient.addingProduct(sum, x) }
    return sum
  }

  static let halfLogTwoPi = 0.9189385332046728
  static let logTwoPi = 1.8378770664093456
  private static let oneMinusEuler = 0.42278433509846713

  /// B₂ₖ / (2k (2k−1)) for k from 1.
  private static let stirlingTerms = [
    0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953,
    0.0008417508417508417, -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242,
    0.17964437236883057, -1.3924322169059011,
  ]

  /// (−1)ᵏ (ζ(k)−1) / k for k from 2.
  private static let zetaTerms = [
    0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
    0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939,
    9.945751278180853e-05, -4.492623673813314e-05, 2.050721277567069e-05, -9.439488275268397e-06,
    4.374866789907488e-06, -2.039215753801366e-06, 9.55141213040742e-07, -4.492469198764566e-07,
    2.1207184805554665e-07, -1.0043224823968099e-07, 4.7698101693639804e-08,
    -2.2711094608943164e-08, 1.0838659214896955e-08, -5.183475041970047e-09, 2.4836745438024785e-09,
    -1.1921401405860912e-09, 5.731367241678862e-10, -2.7595228851242334e-10, 1.330476437424449e-10,
    -6.4229645638381e-11,
  ]
}
