extension IncompleteGamma {
  /// The x at which P(a, x) is `p`.
  package static func inverseLower(shape a: Double, _ p: Double) -> Double {
    inverse(a, lower: p, upper: 1 - p)
  }

  /// The x at which Q(a, x) is `q`.
  package static func inverseUpper(shape a: Double, _ q: Double) -> Double {
    inverse(a, lower: 1 - q, upper: q)
  }

  /// Newton's method for the logarithm of the smaller tail as a function of log x.
  ///
  /// Both tails are log-concave in log x, so that the method converges from any start, always from
  /// the far side but for the first step.
  private static func inverse(_ a: Double, lower p: Double, upper q: Double) -> Double {
    guard a > 0, p >= 0, q >= 0 else { return .nan }
    if p == 0 { return 0 }
    if q == 0 { return .infinity }
    let isLower = p <= q
    let target = Elementary.log(isLower ? p : q)
    var x = start(a, p, q)
    var last: Double?
    for _ in 0..<200 {
      let tail = isLower ? lower(shape: a, x) : upper(shape: a, x)
      let slope = prefactor(a, x) * a
      guard tail > 0, slope > 0 else {
        // Below the least double: come back half of the way.
        x = last.map { ($0 * x).squareRoot() } ?? (x < a ? x * 2 : a + (x - a) / 2)
        continue
      }
      let ratio = tail / slope
      let error = logRatio(tail, isLower ? p : q, target)
      let step = (isLower ? -error : error) * ratio
      let bounded = max(-20, min(20, step))
      let next = x * Elementary.exp(bounded)
      if abs(bounded) < 1e-15 || next == x { return next }
      last = x
      x = next
      if x == 0 || x == .infinity { return x }
    }
    return x
  }

  /// log(tail / goal); by the difference where they are close.
  static func logRatio(_ tail: Double, _ goal: Double, _ logGoal: Double) -> Double {
    let relative = (tail - goal) / goal
    return abs(relative) < 0.5 ? Elementary.log1p(relative) : Elementary.log(tail) - logGoal
  }

  /// The leading term of the series for small shapes or tails, else Wilson and Hilferty's cube.
  private static func start(_ a: Double, _ p: Double, _ q: Double) -> Double {
    let leading = Elementary.exp((Elementary.log(p) + Special.logGammaOnePlus(a)) / a)
    if a < 1 || leading < 0.1 * a { return max(leading, 1e-300) }
    let z = p < q ? NormalQuantile.approximate(p) : -NormalQuantile.approximate(q)
    let scale = 1 / (9 * a)
    let root = 1 - scale + z * scale.squareRoot()
    return max(a * root * root * root, leading)
  }
}
