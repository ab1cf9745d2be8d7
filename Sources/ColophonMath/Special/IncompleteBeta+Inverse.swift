extension IncompleteBeta {
  /// The x at which Iₓ(a, b) is `p`, and 1 − x, each to its own precision.
  package static func inverseLower(
    _ a: Double,
    _ b: Double,
    _ p: Double
  ) -> (x: Double, complement: Double) {
    inverse(a, b, lower: p, upper: 1 - p)
  }

  /// The x at which 1 − Iₓ(a, b) is `q`, and 1 − x.
  package static func inverseUpper(
    _ a: Double,
    _ b: Double,
    _ q: Double
  ) -> (x: Double, complement: Double) {
    inverse(a, b, lower: 1 - q, upper: q)
  }

  /// Newton's method for the logarithm of the smaller tail as a function of log(x / (1 − x)).
  ///
  /// Both tails are log-concave in it, so that the method converges from any start, always from
  /// the far side but for the first step.
  private static func inverse(
    _ a: Double,
    _ b: Double,
    lower p: Double,
    upper q: Double
  ) -> (x: Double, complement: Double) {
    guard a > 0, b > 0, p >= 0, q >= 0 else { return (.nan, .nan) }
    if p == 0 { return (0, 1) }
    if q == 0 { return (1, 0) }
    let isLower = p <= q
    let goal = isLower ? p : q
    let logGoal = Elementary.log(goal)
    var place = start(a, b, p, q)
    var last: (place: (x: Double, complement: Double), step: Double)?
    for _ in 0..<200 {
      let tails = both(a, b, place.x, complement: place.complement)
      let tail = isLower ? tails.lower : tails.upper
      let slope = Point(a: a, b: b, x: place.x, y: place.complement).prefactor
      guard tail > 0, slope > 0 else {
        // Below the least double: come back half of the way.
        if let (from, step) = last {
          last = (from, step / 2)
          place = moved(from, by: step / 2)
        } else {
          place = towardsMean(place, a, b)
        }
        continue
      }
      let error = IncompleteGamma.logRatio(tail, goal, logGoal)
      let step = max(-20, min(20, (isLower ? -error : error) * (tail / slope)))
      last = (place, step)
      place = moved(place, by: step)
      if abs(step) < 1e-15 || place.x == 0 || place.complement == 0 { break }
    }
    return place
  }

  /// Adds to the logit: the odds x / (1 − x) are multiplied by eˢᵗᵉᵖ.
  private static func moved(
    _ place: (x: Double, complement: Double),
    by step: Double
  ) -> (x: Double, complement: Double) {
    let growth = Elementary.expm1(step)
    let total = (1.0).addingProduct(place.x, growth)
    return ((place.x + place.x * growth) / total, place.complement / total)
  }

  private static func towardsMean(
    _ place: (x: Double, complement: Double),
    _ a: Double,
    _ b: Double
  ) -> (x: Double, complement: Double) {
    let n = a + b
    return ((place.x + a / n) / 2, (place.complement + b / n) / 2)
  }

  /// The leading term at whichever end the probability lies, else the normal approximation of the
  /// logit.
  private static func start(
    _ a: Double,
    _ b: Double,
    _ p: Double,
    _ q: Double
  ) -> (x: Double, complement: Double) {
    let n = a + b
    let mean = a / n
    if min(a, b) >= 1 {
      let z = p < q ? NormalQuantile.approximate(p) : -NormalQuantile.approximate(q)
      let spread = (1 / a + 1 / b).squareRoot()
      return moved((mean, b / n), by: max(-300, min(300, z * spread)))
    }
    let logBeta = Special.logBeta(a, b)
    let low = Elementary.exp((Elementary.log(p) + Elementary.log(a) + logBeta) / a)
    let high = Elementary.exp((Elementary.log(q) + Elementary.log(b) + logBeta) / b)
    if low < mean, low > 0 { return (low, 1 - low) }
    if high < b / n, high > 0 { return (1 - high, high) }
    return (mean, b / n)
  }
}
