import CKernels

/// Elementary functions whose results are the same bits on every machine.
///
/// The C library's differ between versions and processors, so nothing that reaches a result may
/// call them. The error stated with each function is the largest that a sweep of some millions of
/// points against a 113-bit reference met, in units of the result's last place (ulp); an exact
/// rounding is at 0.5, and a subnormal result may be rounded twice, which is up to 0.75.
package enum Elementary {
  /// e to the power of x.
  ///
  /// Error: 0.77 ulp.
  package static func exp(_ x: Double) -> Double { ck_exp(x) }

  /// e to the power of x, less one, without cancellation near zero.
  ///
  /// Error: 0.71 ulp.
  package static func expm1(_ x: Double) -> Double { ck_expm1(x) }

  /// The natural logarithm.
  ///
  /// Error: 0.66 ulp.
  package static func log(_ x: Double) -> Double { ck_log(x) }

  /// The natural logarithm of 1 + x, without cancellation near zero.
  ///
  /// Error: 0.67 ulp.
  package static func log1p(_ x: Double) -> Double { ck_log1p(x) }

  /// The logarithm to base 2, exact for powers of 2.
  ///
  /// Error: 0.68 ulp.
  package static func log2(_ x: Double) -> Double { ck_log2(x) }

  /// The logarithm to base 10.
  ///
  /// Error: 0.64 ulp.
  package static func log10(_ x: Double) -> Double { ck_log10(x) }

  /// The hyperbolic tangent.
  ///
  /// Error: 0.55 ulp.
  package static func tanh(_ x: Double) -> Double { ck_tanh(x) }

  /// The logistic function 1 / (1 + e⁻ˣ).
  ///
  /// Error: 0.75 ulp.
  package static func sigmoid(_ x: Double) -> Double { ck_sigmoid(x) }

  /// log(1 + eˣ), without overflow.
  ///
  /// Error: 0.75 ulp.
  package static func softplus(_ x: Double) -> Double { ck_softplus(x) }

  /// The error function.
  ///
  /// Error: 0.87 ulp.
  package static func erf(_ x: Double) -> Double { ck_erf(x) }

  /// The complementary error function, accurate in its tail.
  ///
  /// Error: 0.77 ulp.
  package static func erfc(_ x: Double) -> Double { ck_erfc(x) }

  /// The sine of an angle in radians, however large.
  ///
  /// Error: 0.75 ulp.
  package static func sin(_ x: Double) -> Double { ck_sin(x) }

  /// The cosine of an angle in radians, however large.
  ///
  /// Error: 0.75 ulp.
  package static func cos(_ x: Double) -> Double { ck_cos(x) }

  /// The inverse tangent, in radians.
  ///
  /// Error: 0.63 ulp.
  package static func atan(_ x: Double) -> Double { ck_atan(x) }

  /// The inverse sine, in radians.
  ///
  /// Error: 0.62 ulp.
  package static func asin(_ x: Double) -> Double { ck_asin(x) }

  /// The inverse cosine, in radians.
  ///
  /// Error: 0.62 ulp.
  package static func acos(_ x: Double) -> Double { ck_acos(x) }

  /// A base to the power of an exponent, with the special cases of C Annex F.
  ///
  /// Error: 0.75 ulp.
  package static func pow(_ base: Double, _ exponent: Double) -> Double { ck_pow(base, exponent) }

  /// The logarithm of the absolute value of the gamma function.
  ///
  /// Error: 0.86 ulp from 0 on; below, where it crosses zero between the poles, 0.66 ulp of the
  /// result or of 1, whichever is the larger.
  package static func lgamma(_ x: Double) -> Double { ck_lgamma(x) }
}
