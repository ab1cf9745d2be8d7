extension KolmogorovExact {
  /// The probability of a distance above d by the method that fits the sample's size: exact up to
  /// 140 observations; beyond, twice the one-sided tail where crossing on both sides is rare, else
  /// the expansion of Pelz and Good.
  ///
  /// The error is below 1e-7. Cheap for any size, where `survival` takes powers of large matrices.
  ///
  /// - SeeAlso: Simard and L'Ecuyer, "Computing the two-sided Kolmogorov–Smirnov distribution",
  ///   2011, section 4.
  package func approximateSurvival(at d: Double) -> Double {
    let n = Double(sampleSize)
    if d.isNaN || sampleSize <= 140 || d <= 0.5 / n || d >= 0.5 { return survival(at: d) }
    let square = n * d * d
    if square >= 370 { return 0 }
    if square >= 2.2 { return min(2 * oneSided(d), 1) }
    if sampleSize <= 100_000, n * d * d.squareRoot() <= 1.4 { return survival(at: d) }
    return min(max(1 - expansion(at: d), 0), 1)
  }

  /// Pelz and Good's expansion of the distribution function: K₀ + K₁/√n + K₂/n + K₃/n^1.5 at
  /// z = √n d, each Kᵢ a theta-like sum that converges fast for small z.
  ///
  /// - SeeAlso: Pelz and Good, "Approximating the lower tail-areas of the Kolmogorov–Smirnov
  ///   one-sample statistic", 1976.
  private func expansion(at d: Double) -> Double {
    let n = Double(sampleSize)
    let z = n.squareRoot() * d
    let (z2, pi2) = (z * z, Double.pi * Double.pi)
    let (z3, z4, z6) = (z2 * z, z2 * z2, z2 * z2 * z2)
    let (pi4, pi6) = (pi2 * pi2, pi2 * pi2 * pi2)
    var odd = (0.0, 0.0, 0.0, 0.0)
    var whole = (0.0, 0.0)
    for k in stride(from: (16 * z / Double.pi).rounded(.up), through: 1, by: -1) {
      let m2 = (2 * k - 1) * (2 * k - 1)
      let (m4, m6) = (m2 * m2, m2 * m2 * m2)
      let small = Elementary.exp(-m2 * pi2 / (8 * z2))
      odd.0 += small
      odd.1 += small * (pi2 / 4 * m2 - z2)
      odd.2 +=
        small
        * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * pi2 / 4 * m2 + pi4 * (1 - 2 * z2) / 16 * m4)
      let first = -30 * z6 - 90 * z4 * z4
      let second = pi2 * (135 * z4 - 96 * z6) / 4 * m2
      let third = pi4 * (212 * z4 - 60 * z2) / 16 * m4
      odd.3 += small * (first + second + third + pi6 * (5 - 30 * z2) / 64 * m6)
      let (k2, rest) = (k * k, Elementary.exp(-k * k * pi2 / (2 * z2)))
      whole.0 += k2 * rest
      whole.1 += (3 * z2 - pi2 * k2) * k2 * rest
    }
    let root = (2 * Double.pi).squareRoot()
    let k0 = odd.0 / z
    let k1 = odd.1 / (6 * z4)
    let k2 = odd.2 / (72 * z4 * z3) - pi2 * whole.0 / (36 * z3)
    let k3 = odd.3 / (6_480 * z6 * z4) + pi2 * whole.1 / (216 * z6)
    return root * (k0 + k1 / n.squareRoot() + k2 / n + k3 / (n * n.squareRoot()))
  }
}
