import CKernels

/// Elementary functions whose results are the same bits on every machine.
///
/// The C library's differ between versions and processors, so nothing that reaches a result may
/// call them.
package enum Elementary {
  /// e to the power of x.
  package static func exp(_ x: Double) -> Double { ck_exp(x) }
  /// e to the power of x, less one, without cancellation near zero.
  package static func expm1(_ x: Double) -> Double { ck_expm1(x) }
  /// The natural logarithm.
  package static func log(_ x: Double) -> Double { ck_log(x) }
  /// The natural logarithm of 1 + x, without cancellation near zero.
  package static func log1p(_ x: Double) -> Double { ck_log1p(x) }
  /// The logarithm to base 2.
  package static func log2(_ x: Double) -> Double { ck_log2(x) }
  /// The logarithm to base 10.
  package static func log10(_ x: Double) -> Double { ck_log10(x) }
  /// A base to the power of an exponent, with the special cases of C Annex F.
  package static func pow(_ base: Double, _ exponent: Double) -> Double { ck_pow(base, exponent) }
  /// The hyperbolic tangent.
  package static func tanh(_ x: Double) -> Double { ck_tanh(x) }
  /// The logistic function 1 / (1 + e⁻ˣ).
  package static func sigmoid(_ x: Double) -> Double { ck_sigmoid(x) }
  /// log(1 + eˣ), without overflow.
  package static func softplus(_ x: Double) -> Double { ck_softplus(x) }
  /// The error function.
  package static func erf(_ x: Double) -> Double { ck_erf(x) }
  /// The complementary error function, accurate in its tail.
  package static func erfc(_ x: Double) -> Double { ck_erfc(x) }
  /// The sine of an angle in radians.
  package static func sin(_ x: Double) -> Double { ck_sin(x) }
  /// The cosine of an angle in radians.
  package static func cos(_ x: Double) -> Double { ck_cos(x) }
  /// The inverse tangent, in radians.
  package static func atan(_ x: Double) -> Double { ck_atan(x) }
  /// The inverse sine, in radians.
  package static func asin(_ x: Double) -> Double { ck_asin(x) }
  /// The inverse cosine, in radians.
  package static func acos(_ x: Double) -> Double { ck_acos(x) }
  /// The logarithm of the absolute value of the gamma function.
  package static func lgamma(_ x: Double) -> Double { ck_lgamma(x) }
}
