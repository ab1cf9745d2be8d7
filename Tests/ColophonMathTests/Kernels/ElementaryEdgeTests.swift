import ColophonMath
import Testing

/// Zeros, infinities and domain errors, as C Annex F wants them.
@Suite struct ElementaryEdgeTests {
  private static let inf = Double.infinity
  private static let minusInf = -Double.infinity
  private static let halfPi = Double.pi / 2

  private static let limits: [(Elementary.Function, Double, Double)] = [
    (.exp, minusInf, 0), (.exp, inf, inf), (.exp, 0, 1), (.exp, 709.79, inf),
    (.exp, -745.14, 0), (.exp, -745.13, .leastNonzeroMagnitude),
    (.expm1, minusInf, -1), (.expm1, inf, inf), (.expm1, -0.0, -0.0),
    (.expm1, 0x1p-1070, 0x1p-1070),
    (.log, 0, minusInf), (.log, -0.0, minusInf), (.log, 1, 0), (.log, inf, inf), (.log, -1, .nan),
    (.log1p, -1, minusInf), (.log1p, -0.0, -0.0), (.log1p, inf, inf), (.log1p, -2, .nan),
    (.log2, 0, minusInf), (.log2, 0x1p-1074, -1_074), (.log2, 1_024, 10), (.log2, minusInf, .nan),
    (.log10, 0, minusInf), (.log10, 1_000, 3), (.log10, 1e22, 22), (.log10, inf, inf),
    (.tanh, -0.0, -0.0), (.tanh, inf, 1), (.tanh, minusInf, -1),
    (.sigmoid, 0, 0.5), (.sigmoid, inf, 1), (.sigmoid, minusInf, 0),
    (.softplus, inf, inf), (.softplus, minusInf, 0), (.softplus, 1e300, 1e300),
    (.erf, -0.0, -0.0), (.erf, inf, 1), (.erf, minusInf, -1),
    (.erfc, inf, 0), (.erfc, minusInf, 2), (.erfc, 0, 1),
    (.sin, -0.0, -0.0), (.sin, inf, .nan), (.cos, 0, 1), (.cos, minusInf, .nan),
    (.atan, -0.0, -0.0), (.atan, inf, halfPi), (.atan, minusInf, -halfPi),
    (.asin, -0.0, -0.0), (.asin, 1, halfPi), (.asin, 1.0.nextUp, .nan),
    (.acos, 1, 0), (.acos, -1, .pi),
    (.acos, 2, .nan),
    (.lgamma, 1, 0), (.lgamma, 2, 0), (.lgamma, 0, inf), (.lgamma, -3, inf), (.lgamma, inf, inf),
    (.lgamma, minusInf, inf),
  ]

  private static let powers: [(Double, Double, Double)] = [
    (0.0, -3.0, inf), (-0.0, -3, minusInf), (0, -2, inf), (-0.0, -2, inf), (0, minusInf, inf),
    (0, 3, 0), (-0.0, 3, -0.0), (-0.0, 2, 0), (-1, inf, 1), (-1, minusInf, 1), (1, .nan, 1),
    (.nan, 0, 1), (.nan, 1, .nan), (-2, 0.5, .nan), (0.5, minusInf, inf), (2, minusInf, 0),
    (0.5, inf, 0),
    (2, inf, inf), (minusInf, -3, -0.0), (minusInf, -2, 0), (minusInf, 3, minusInf),
    (minusInf, 0.5, inf),
    (inf, -1, 0), (inf, 1, inf), (2, 10, 1_024), (-2, 3, -8), (3, 4, 81), (10, -2, 0.01),
    (2, 1_024, inf), (-2, 1_023, -0x1p1023), (2, -1_074, 0x1p-1074), (-1, 0x1p53, 1),
    (-1, 0x1p53 - 1, -1),
  ]

  @Test(arguments: limits)
  func meetsItsLimits(function: Elementary.Function, x: Double, expected: Double) {
    #expect(function(x).bitPattern == expected.bitPattern, "\(function)(\(x)) is \(function(x))")
  }

  @Test(arguments: powers)
  func raisesToPowersAsAnnexFSays(base: Double, exponent: Double, expected: Double) {
    let result = Elementary.pow(base, exponent)
    #expect(result.bitPattern == expected.bitPattern, "pow(\(base), \(exponent)) is \(result)")
  }
}
