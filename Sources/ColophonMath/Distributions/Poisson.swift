/// The Poisson distribution: how many independent events happen.
package struct Poisson: Distribution, Hashable {
  package let mean: Double

  /// The distribution around a mean above 0.
  package init(mean: Double) {
    precondition(mean > 0, "a mean of \(mean)")
    self.mean = mean
  }

  package var variance: Double { mean }

  /// The saddle-point form, which has no large factorials to cancel (Loader, 2000).
  package func logDensity(at k: Double) -> Double {
    guard k >= 0, k == k.rounded(), k.isFinite else { return k.isNaN ? .nan : -.infinity }
    if k == 0 { return -mean }
    if k < 15 { return k * Elementary.log(mean) - mean - Special.logGammaOnePlus(k) }
    return -k * Special.excessOverLog((mean - k) / k, ratio: mean / k)
      - Special.stirlingCorrection(k)
      - 0.5 * Elementary.log(2 * Double.pi * k)
  }

  package func cumulative(at x: Double) -> Double {
    let k = x.rounded(.down)
    return k < 0 ? 0 : IncompleteGamma.upper(shape: k + 1, mean)
  }

  package func survival(at x: Double) -> Double {
    let k = x.rounded(.down)
    return k < 0 ? 1 : IncompleteGamma.lower(shape: k + 1, mean)
  }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 1 { return .infinity }
    return least(NormalQuantile.approximate(p)) { cumulative(at: $0) >= p }
  }

  package func upperQuantile(_ q: Double) -> Double {
    guard q >= 0, q <= 1 else { return .nan }
    if q == 0 { return .infinity }
    return least(-NormalQuantile.approximate(q)) { survival(at: $0) <= q }
  }

  private func least(_ z: Double, where reaches: (Double) -> Bool) -> Double {
    let guess = z.isFinite ? mean + z * standardDeviation : 0
    return Discrete.least(
      near: guess,
      spread: standardDeviation / 4,
      upTo: 0x1p53,
      where: reaches
    )
  }
}
