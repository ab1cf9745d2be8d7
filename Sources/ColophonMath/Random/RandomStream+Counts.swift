package import ColophonCore

/// Variates that are whole numbers.
extension RandomStream {
  /// How many of `trials` independent trials succeed.
  package mutating func binomial(trials: Int, probability: Double) -> Int {
    if probability > 0.5 {
      return trials - binomial(trials: trials, probability: 1 - probability)
    }
    if trials == 0 || probability <= 0 { return 0 }
    return Double(trials) * probability < 10
      ? binomialByInversion(trials, probability) : binomialByRejection(trials, probability)
  }

  /// How many independent events happen, around a mean of at least 0.
  package mutating func poisson(mean: Double) -> Int {
    if mean <= 0 { return 0 }
    return mean < 10 ? poissonByInversion(mean) : poissonByRejection(mean)
  }

  private mutating func binomialByInversion(_ trials: Int, _ p: Double) -> Int {
    let odds = p / (1 - p)
    var rest = uniform()
    var probability = Elementary.exp(Double(trials) * Elementary.log1p(-p))
    var k = 0
    while rest >= probability, k < trials {
      rest -= probability
      probability *= odds * Double(trials - k) / Double(k + 1)
      k += 1
    }
    return k
  }

  /// Hörmann, "The generation of binomial random variates", 1993, algorithm BTRS.
  private mutating func binomialByRejection(_ trials: Int, _ p: Double) -> Int {
    let n = Double(trials)
    let law = Binomial(trials: trials, probability: p)
    let spread = law.standardDeviation
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let c = n * p + 0.5
    let sure = 0.92 - 4.2 / b
    let alpha = (2.83 + 5.1 / b) * spread
    let atMode = law.logDensity(at: ((n + 1) * p).rounded(.down))
    while true {
      let v = uniformAboveZero()
      let u = uniform() - 0.5
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + c).rounded(.down)
      guard k >= 0, k <= n else { continue }
      if us >= 0.07, v <= sure { return Int(k) }
      let height = Elementary.log(v * alpha / (a / (us * us) + b))
      if height <= law.logDensity(at: k) - atMode { return Int(k) }
    }
  }

  private mutating func poissonByInversion(_ mean: Double) -> Int {
    var rest = uniform()
    var probability = Elementary.exp(-mean)
    var k = 0
    while rest >= probability, k < 1000 {
      rest -= probability
      k += 1
      probability *= mean / Double(k)
    }
    return k
  }

  /// Hörmann, "The transformed rejection method for generating Poisson random variables", 1993,
  /// algorithm PTRS.
  private mutating func poissonByRejection(_ mean: Double) -> Int {
    let law = Poisson(mean: mean)
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let alpha = 1.1239 + 1.1328 / (b - 3.4)
    let sure = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = uniform() - 0.5
      let v = uniformAboveZero()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      guard k >= 0, k < 0x1p62 else { continue }
      if us >= 0.07, v <= sure { return Int(k) }
      if us < 0.013, v > us { continue }
      let height = Elementary.log(v * alpha / (a / (us * us) + b))
      if height <= law.logDensity(at: k) { return Int(k) }
    }
  }
}
