/// Roots and minima of a function of one variable, without derivatives.
///
/// - SeeAlso: Brent, "Algorithms for Minimization without Derivatives", 1973.
package enum Brent {
  /// A root between two points where the function has opposite signs; nil where it hasn't.
  ///
  /// `tolerance`: how wide the last bracket may be; 0 for as narrow as doubles allow.
  package static func root(
    from start: Double,
    to end: Double,
    tolerance: Double = 0,
    _ f: (Double) -> Double
  ) -> Double? {
    var (a, b) = (start, end)
    var (fa, fb) = (f(a), f(b))
    if fa == 0 { return a }
    if fb == 0 { return b }
    guard fa.isNaN == false, fb.isNaN == false, (fa < 0) != (fb < 0) else { return nil }
    // b is the best so far, a the last one, c on the other side of the root.
    var (c, fc) = (a, fa)
    var width = b - a
    var lastWidth = width
    for _ in 0..<300 {
      if (fb < 0) == (fc < 0) {
        (c, fc) = (a, fa)
        width = b - a
        lastWidth = width
      }
      if abs(fc) < abs(fb) {
        (a, b, c) = (b, c, b)
        (fa, fb, fc) = (fb, fc, fb)
      }
      let least = 2 * 0x1p-53 * abs(b) + tolerance / 2
      let half = (c - b) / 2
      if abs(half) <= least || fb == 0 { return b }
      if abs(lastWidth) >= least, abs(fa) > abs(fb),
        let step = interpolated(a, b, c, fa, fb, fc, least, lastWidth)
      {
        lastWidth = width
        width = step
      } else {
        width = half
        lastWidth = half
      }
      (a, fa) = (b, fb)
      b += abs(width) > least ? width : half > 0 ? least : -least
      fb = f(b)
      if fb.isNaN { return nil }
    }
    return b
  }

  /// The step of inverse quadratic interpolation (or the secant's), where it is safe.
  private static func interpolated(
    _ a: Double,
    _ b: Double,
    _ c: Double,
    _ fa: Double,
    _ fb: Double,
    _ fc: Double,
    _ least: Double,
    _ lastWidth: Double
  ) -> Double? {
    let half = (c - b) / 2
    let s = fb / fa
    var (p, q): (Double, Double)
    if a == c {
      (p, q) = (2 * half * s, 1 - s)
    } else {
      let (t, r) = (fa / fc, fb / fc)
      p = s * (2 * half * t * (t - r) - (b - a) * (r - 1))
      q = (t - 1) * (r - 1) * (s - 1)
    }
    if p > 0 { q = -q } else { p = -p }
    guard 2 * p < min(3 * half * q - abs(least * q), abs(lastWidth * q)) else { return nil }
    return p / q
  }

  /// A local minimum between two points.
  ///
  /// `tolerance`: relative; below √ε nothing is gained, since the function is flat there.
  package static func minimise(
    from start: Double,
    to end: Double,
    tolerance: Double = 1.5e-8,
    _ f: (Double) -> Double
  ) -> (point: Double, value: Double) {
    let golden = 0.3819660112501051
    var (a, b) = (min(start, end), max(start, end))
    var x = a + golden * (b - a)
    var fx = f(x)
    var (w, v, fw, fv) = (x, x, fx, fx)
    var (step, lastStep) = (0.0, 0.0)
    for _ in 0..<500 {
      let middle = a + (b - a) / 2
      let least = tolerance * abs(x) + 1e-12 * (end - start).magnitude
      if abs(x - middle) <= 2 * least - (b - a) / 2 { break }
      let parabola = parabolicStep(x, w, v, fx, fw, fv)
      if abs(lastStep) > least, let parabola, abs(parabola) < abs(lastStep / 2),
        x + parabola > a, x + parabola < b
      {
        lastStep = step
        step = parabola
        let next = x + step
        if next - a < 2 * least || b - next < 2 * least { step = x < middle ? least : -least }
      } else {
        lastStep = x < middle ? b - x : a - x
        step = golden * lastStep
      }
      let u = x + (abs(step) >= least ? step : step > 0 ? least : -least)
      let fu = f(u)
      if fu <= fx {
        if u < x { b = x } else { a = x }
        (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
      } else {
        if u < x { a = u } else { b = u }
        if fu <= fw || w == x {
          (v, fv, w, fw) = (w, fw, u, fu)
        } else if fu <= fv || v == x || v == w {
          (v, fv) = (u, fu)
        }
      }
    }
    return (x, fx)
  }

  private static func parabolicStep(
    _ x: Double,
    _ w: Double,
    _ v: Double,
    _ fx: Double,
    _ fw: Double,
    _ fv: Double
  ) -> Double? {
    let r = (x - w) * (fx - fv)
    let q = (x - v) * (fx - fw)
    let p = (x - v) * q - (x - w) * r
    let denominator = 2 * (q - r)
    guard denominator != 0 else { return nil }
    return -p / denominator
  }
}
