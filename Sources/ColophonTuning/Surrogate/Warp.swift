import ColophonMath

/// Kumaraswamy's distribution function, w(x) = 1 − (1 − xᵃ)ᵇ: stretches the part of a range where the
/// objective changes (Snoek, Swersky, Zemel and Adams 2014).
struct Warp: Hashable, Sendable {
  let a: Double
  let b: Double

  init(logA: Double, logB: Double) {
    a = Elementary.exp(logA)
    b = Elementary.exp(logB)
  }

  /// How far from the ends the unit interval is shrunk, where slopes may be infinite.
  static let margin = 1e-6

  private static func inside(_ x: Double) -> Double { min(max(x, margin), 1 - margin) }

  func values(_ x: [Double]) -> [Double] {
    let logs = Elementary.log(x.map { Warp.inside($0) })
    let rest = Elementary.log1p(Elementary.exp(logs.map { a * $0 }).map { -$0 })
    return Elementary.exp(rest.map { b * $0 }).map { 1 - $0 }
  }

  func value(_ x: Double) -> Double {
    let rest = Elementary.log1p(-Elementary.exp(a * Elementary.log(Warp.inside(x))))
    return 1 - Elementary.exp(b * rest)
  }

  /// w'(x) = a b xᵃ⁻¹ (1 − xᵃ)ᵇ⁻¹.
  func slope(_ x: Double) -> Double {
    let log = Elementary.log(Warp.inside(x))
    let rest = Elementary.log1p(-Elementary.exp(a * log))
    return a * b * Elementary.exp((a - 1) * log + (b - 1) * rest)
  }

  /// The derivatives by log a and log b.
  func parameterSlopes(_ x: [Double]) -> (a: [Double], b: [Double]) {
    let logs = Elementary.log(x.map { Warp.inside($0) })
    let powers = Elementary.exp(logs.map { a * $0 })
    let rest = Elementary.log1p(powers.map { -$0 })
    let tails = Elementary.exp(rest.map { b * $0 })
    var (first, second) = (powers, rest)
    for i in x.indices {
      first[i] = a * b * tails[i] / (1 - powers[i]) * powers[i] * logs[i]
      second[i] = -b * tails[i] * rest[i]
    }
    return (first, second)
  }
}
