/// The binomial distribution: how many of independent trials succeed.
package struct Binomial: Distribution, Hashable {
  package let trials: Int
  package let probability: Double

  /// The distribution of `trials` trials, at least 0, each with a `probability` from 0 to 1.
  package init(trials: Int, probability: Double) {
    precondition(trials >= 0, "\(trials) trials")
    precondition(probability >= 0 && probability <= 1, "a probability of \(probability)")
    self.trials = trials
    self.probability = probability
  }

  private var n: Double { Double(trials) }

  package var mean: Double { n * probability }
  package var variance: Double { n * probability * (1 - probability) }

  /// The saddle-point form, which has no large factorials to cancel (Loader, 2000).
  package func logDensity(at k: Double) -> Double {
    guard k >= 0, k <= n, k == k.rounded() else { return k.isNaN ? .nan : -.infinity }
    if probability == 0 { return k == 0 ? 0 : -.infinity }
    if probability == 1 { return k == n ? 0 : -.infinity }
    if k == 0 { return n * Elementary.log1p(-probability) }
    if k == n { return n * Elementary.log(probability) }
    let failures = n - k
    let (p, q) = (probability, 1 - probability)
    let point = IncompleteBeta.Point(a: k, b: failures, x: p, y: q, yRest: (1 - q) - p)
    return -point.exponent + Special.stirlingCorrection(n) - Special.stirlingCorrection(k)
      - Special.stirlingCorrection(failures)
      - 0.5 * Elementary.log(2 * Double.pi * k * (failures / n))
  }

  package func cumulative(at x: Double) -> Double {
    let k = x.rounded(.down)
    if k < 0 { return 0 }
    if k >= n { return 1 }
    return IncompleteBeta.upper(k + 1, n - k, probability)
  }

  package func survival(at x: Double) -> Double {
    let k = x.rounded(.down)
    if k < 0 { return 1 }
    if k >= n { return 0 }
    return IncompleteBeta.lower(k + 1, n - k, probability)
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    return least(NormalQuantile.approximate(p)) { cumulative(at: $0) >= p }
  }

  package func upperQuantile(_ q: Double) -> Double {
    guard q >= 0, q <= 1 else { return .nan }
    return least(-NormalQuantile.approximate(q)) { survival(at: $0) <= q }
  }

  private func least(_ z: Double, where reaches: (Double) -> Bool) -> Double {
    let guess = z.isFinite ? mean + z * standardDeviation : z < 0 ? 0 : n
    return Discrete.least(near: guess, spread: standardDeviation / 4, upTo: n, where: reaches)
  }
}
