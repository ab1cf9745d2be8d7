extension Special {
  /// The derivative of log Γ; NaN at the poles 0, −1, −2 ….
  ///
  /// Near its positive root the Taylor series there keeps the relative error small; elsewhere the
  /// recurrence leads up to 10, from where the asymptotic series holds (Abramowitz and Stegun,
  /// 1964, 6.3.5 and 6.3.18).
  package static func digamma(_ x: Double) -> Double {
    if x.isNaN || x == -.infinity || x <= 0 && x == x.rounded() { return .nan }
    if x == .infinity { return .infinity }
    if x < 0 {
      // Reflection; the argument of the tangent is reduced exactly first.
      let fraction = x - x.rounded()
      let angle = Double.pi * fraction
      return digamma(1 - x) - Double.pi * Elementary.cos(angle) / Elementary.sin(angle)
    }
    let fromRoot = (x - rootHigh) - rootLow
    if abs(fromRoot) < 0.3 { return fromRoot * horner(rootTerms, fromRoot) }
    var argument = x
    var recurrence = 0.0
    while argument < 10 {
      recurrence -= 1 / argument
      argument += 1
    }
    let inverseSquare = 1 / (argument * argument)
    let series = 0.5 / argument + inverseSquare * horner(bernoulliTerms, inverseSquare)
    return recurrence + (Elementary.log(argument) - series)
  }

  private static let rootHigh = 1.4616321449683622
  private static let rootLow = 9.549995429965697e-17

  /// ψ⁽ⁿ⁾(root) / n! for n from 1.
  private static let rootTerms = [
    0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652,
    0.10782405069126237, -0.07219956125645471, 0.04880428816414311, -0.03316112647484736,
    0.022597648232218104, -0.01542476590494896, 0.010538791616612175, -0.007204534386356869,
    0.004926781395729853, -0.003369801655439328, 0.002305126326734928, -0.0015769367714301972,
    0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602, -0.0003454680251063077,
    0.00023635601564027053, -0.00016170622091974803, 0.0001106337276874741,
    -7.569179582195066e-05, 5.178575795222081e-05,
  ]

  /// B₂ₖ / 2k for k from 1.
  private static let bernoulliTerms = [
    0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667,
    0.007575757575757576, -0.021092796092796094, 0.08333333333333333, -0.4432598039215686,
    3.0539543302701198, -26.456212121212122,
  ]
}
