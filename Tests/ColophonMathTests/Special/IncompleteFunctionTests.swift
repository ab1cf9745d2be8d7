import ColophonMath
import Testing

/// Expected values come from mpmath series of positive terms (`Tests/Fixtures/make/special.py`).
@Suite struct IncompleteFunctions {
  static let table = FixtureTable("special.csv")

  /// Where both tails are above 1e-5.
  private let bulkTolerance = 5e-14
  /// Down to 1e-290.
  private let tailTolerance = 1e-12

  private func check(_ name: String, _ f: ([Double]) -> (lower: Double, upper: Double)) {
    var bulk = WorstError()
    var tail = WorstError()
    for row in Self.table.rows(name) {
      let count = row.numbers.count
      let (lower, upper) = (row.numbers[count - 2], row.numbers[count - 1])
      let found = f(row.numbers)
      for (value, expected) in [(found.lower, lower), (found.upper, upper)] {
        if min(lower, upper) > 1e-5 {
          bulk.see(value, expected, at: "\(row.testDescription)")
        } else {
          tail.see(value, expected, at: "\(row.testDescription)")
        }
      }
    }
    #expect(bulk.error <= bulkTolerance, "bulk \(bulk)")
    #expect(tail.error <= tailTolerance, "tail \(tail)")
  }

  @Test func gammaHasBothTails() { check("gamma") { IncompleteGamma.both($0[0], $0[1]) } }

  @Test func betaHasBothTails() {
    check("beta") { n in
      (IncompleteBeta.lower(n[0], n[1], n[2]), IncompleteBeta.upper(n[0], n[1], n[2]))
    }
  }

  @Test func gammaEndsAtZeroAndInfinity() {
    #expect(IncompleteGamma.both(2, 0) == (0, 1))
    #expect(IncompleteGamma.both(2, -1) == (0, 1))
    #expect(IncompleteGamma.both(2, .infinity) == (1, 0))
    #expect(IncompleteGamma.lower(shape: .nan, 1).isNaN)
    #expect(IncompleteGamma.lower(shape: 1, .nan).isNaN)
  }

  @Test func betaEndsAtZeroAndOne() {
    #expect(IncompleteBeta.lower(2, 3, 0) == 0)
    #expect(IncompleteBeta.lower(2, 3, 1) == 1)
    #expect(IncompleteBeta.upper(2, 3, -1) == 1)
    #expect(IncompleteBeta.upper(2, 3, 2) == 0)
    #expect(IncompleteBeta.lower(2, 3, .nan).isNaN)
  }

  @Test func inverseGammaLeadsBack() {
    var worst = WorstError()
    for row in Self.table.rows("gamma") {
      let (a, x, p, q) = (row.numbers[0], row.numbers[1], row.numbers[2], row.numbers[3])
      let inverse =
        p < q
        ? IncompleteGamma.inverseLower(shape: a, p) : IncompleteGamma.inverseUpper(shape: a, q)
      // What rounding the probability alone moves x by.
      let density = Gamma(shape: a).density(at: x)
      let conditioning = density > 0 ? min(p, q) / (x * density) : 0
      let expected = x
      let error = relativeError(inverse, expected) / (1 + 1000 * conditioning)
      worst.see(1 + error, 1, at: "\(row.testDescription) gave \(inverse)")
    }
    #expect(worst.error <= 2e-13, "\(worst)")
  }

  @Test func inverseBetaLeadsBack() {
    var worst = WorstError()
    for row in Self.table.rows("beta") {
      let n = row.numbers
      let (a, b, x, p, q) = (n[0], n[1], n[2], n[3], n[4])
      let inverse =
        p < q ? IncompleteBeta.inverseLower(a, b, p) : IncompleteBeta.inverseUpper(a, b, q)
      let density = Beta(a, b).density(at: x)
      let conditioning = density > 0 ? min(p, q) / (x * density) : 0
      let error = relativeError(inverse.x, x) / (1 + 1000 * conditioning)
      worst.see(1 + error, 1, at: "\(row.testDescription) gave \(inverse)")
    }
    #expect(worst.error <= 2e-13, "\(worst)")
  }

  @Test(arguments: [(1e-3, 1e-300), (0.5, 1e-300), (3, 1e-300), (1e6, 1e-300), (1e9, 0.4)])
  func inverseGammaConvergesInTheFarTails(shape: Double, tail: Double) {
    let upper = IncompleteGamma.inverseUpper(shape: shape, tail)
    #expect(relativeError(IncompleteGamma.upper(shape: shape, upper), tail) < 1e-9)
    let lower = IncompleteGamma.inverseLower(shape: shape, tail)
    // A shape of 0.001 has its 1e-300 quantile below the least double.
    #expect(lower == 0 || relativeError(IncompleteGamma.lower(shape: shape, lower), tail) < 1e-9)
  }
}
