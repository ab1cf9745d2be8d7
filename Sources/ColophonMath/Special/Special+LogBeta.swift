extension Special {
  /// log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b), without cancellation for large arguments.
  ///
  /// Both above 0.
  package static func logBeta(_ a: Double, _ b: Double) -> Double {
    let (small, large) = a < b ? (a, b) : (b, a)
    let sum = small + large
    if small >= 15 {
      let corrections =
        stirlingCorrection(small) + (stirlingCorrection(large) - stirlingCorrection(sum))
      let logs =
        (small - 0.5) * Elementary.log(small / sum) - large * Elementary.log1p(small / large)
      return halfLogTwoPi - 0.5 * Elementary.log(large) + logs + corrections
    }
    if large >= 15 {
      let difference =
        small - small * Elementary.log(sum) - (large - 0.5) * Elementary.log1p(small / large)
        + (stirlingCorrection(large) - stirlingCorrection(sum))
      return logGamma(small) + difference
    }
    return logGamma(small) + (logGamma(large) - logGamma(sum))
  }

  /// log Γ(x + d) − log Γ(x), with a small relative error where d is small.
  static func logGammaDifference(_ x: Double, _ d: Double) -> Double {
    // Up to 15 by the recurrence, from there by Stirling's formula.
    var (x, logs) = (x, 0.0)
    while x < 15 {
      logs += Elementary.log1p(d / x)
      x += 1
    }
    let growth = d * Elementary.log(x + d) + (x - 0.5) * Elementary.log1p(d / x) - d
    return growth + (stirlingCorrection(x + d) - stirlingCorrection(x)) - logs
  }

  /// log Γ of a positive number, accurate for tiny ones too.
  private static func logGamma(_ x: Double) -> Double {
    x < 0.5 ? logGammaOnePlus(x) - Elementary.log(x) : Elementary.lgamma(x)
  }
}
