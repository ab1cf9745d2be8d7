/// The quantile function of the standard normal distribution.
package enum NormalQuantile {
  /// The z whose lower tail is `p`, to two units in the last place.
  ///
  /// Wichura's rational functions, then one Newton step against our own error functions.
  package static func exact(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    let z = approximate(p)
    let density = Elementary.exp(-0.5 * z * z) * 0.3989422804014327
    guard density > 0 else { return z }
    let offset = p - 0.5
    // Near the centre the residual is taken from one half, where p itself has lost nothing.
    if abs(offset) < 0.25 {
      return z - (0.5 * Elementary.erf(z * 0.7071067811865476) - offset) / density
    }
    if p > 0.5 { return z + (normalTail(z) - (1 - p)) / density }
    let tail = normalTail(-z)
    // Newton for the logarithm of the tail, which is nearly a parabola far out.
    return z - tail * (Elementary.log1p((tail - p) / p)) / density
  }

  /// The z whose lower tail is `p`, to about 1e-15 relative; cheap enough for random variates.
  ///
  /// - SeeAlso: Wichura, "Algorithm AS 241: The percentage points of the normal distribution", 1988.
  package static func approximate(_ p: Double) -> Double {
    let q = p - 0.5
    if abs(q) <= 0.425 {
      let r = 0.180625 - q * q
      return q * ratio(centre, r)
    }
    let tail = q < 0 ? p : 1 - p
    guard tail > 0 else { return tail == 0 ? (q < 0 ? -.infinity : .infinity) : .nan }
    let r = (-Elementary.log(tail)).squareRoot()
    let z = r <= 5 ? ratio(middle, r - 1.6) : ratio(far, r - 5)
    return q < 0 ? -z : z
  }

  private typealias Rational = (
    numerator: (Double, Double, Double, Double, Double, Double, Double, Double),
    denominator: (Double, Double, Double, Double, Double, Double, Double)
  )

  /// Two polynomials of degree 7 by Horner's rule; tuples, so that nothing is allocated.
  private static func ratio(_ f: Rational, _ x: Double) -> Double {
    let (n, d) = f
    var top = n.6.addingProduct(n.7, x)
    top = n.5.addingProduct(top, x)
    top = n.4.addingProduct(top, x)
    top = n.3.addingProduct(top, x)
    top = n.2.addingProduct(top, x)
    top = n.1.addingProduct(top, x)
    top = n.0.addingProduct(top, x)
    var bottom = d.5.addingProduct(d.6, x)
    bottom = d.4.addingProduct(bottom, x)
    bottom = d.3.addingProduct(bottom, x)
    bottom = d.2.addingProduct(bottom, x)
    bottom = d.1.addingProduct(bottom, x)
    bottom = d.0.addingProduct(bottom, x)
    return top / (1.0).addingProduct(bottom, x)
  }

  private static let centre: Rational = (
    (
      3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
      45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727
    ),
    (
      42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867,
      39307.895800092710610, 28729.085735721942674, 5226.4952788528545610
    )
  )

  private static let middle: Rational = (
    (
      1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
      3.64784832476320460504, 1.27045825245236838258, 0.241780725177450611770,
      0.0227238449892691845833, 7.74545014278341407640e-4
    ),
    (
      2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
      0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4,
      1.05075007164441684324e-9
    )
  )

  private static let far: Rational = (
    (
      6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
      0.296560571828504891230, 0.0265321895265761230930, 1.24266094738807843860e-3,
      2.71155556874348757815e-5, 2.01033439929228813265e-7
    ),
    (
      0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15
    )
  )
}

/// The upper tail of the standard normal distribution, ½ erfc(z / √2).
///
/// What rounding z/√2 loses is put back to first order, since the tail magnifies it by z².
func normalTail(_ z: Double) -> Double {
  let high = z * 0.7071067811865476
  let low = (-high).addingProduct(z, 0.7071067811865476).addingProduct(z, -4.833646656726457e-17)
  let tail = 0.5 * Elementary.erfc(high)
  guard high > 0, low.isFinite else { return tail }
  return tail - Elementary.exp(-high * high) * 0.5641895835477563 * low
}
