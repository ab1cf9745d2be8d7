import ColophonMath

/// A family of curves that make numbers look more normal, with one exponent λ.
package enum PowerCurve: String, Codable, Hashable, Sendable, CaseIterable {
  /// For any number (Yeo and Johnson, 2000).
  case yeoJohnson = "yeo-johnson"
  /// For numbers above 0 (Box and Cox, 1964).
  case boxCox = "box-cox"

  /// Whether the curve is defined at a number.
  func contains(_ value: Double) -> Bool { self == .yeoJohnson || value > 0 }

  /// The curve of exponent λ at a number.
  ///
  /// Box and Cox: (x^λ − 1) / λ, and ln x for λ = 0. Yeo and Johnson: the same of x + 1 from 0 on,
  /// and −((1 − x)^(2 − λ) − 1) / (2 − λ) below, which is −ln(1 − x) for λ = 2. The differences
  /// are taken by expm1, so that an exponent near 0 loses no digits.
  func value(_ x: Double, _ lambda: Double) -> Double {
    switch self {
    case .boxCox: PowerCurve.power(Elementary.log(x), lambda)
    case .yeoJohnson:
      x >= 0
        ? PowerCurve.power(Elementary.log1p(x), lambda)
        : -PowerCurve.power(Elementary.log1p(-x), 2 - lambda)
    }
  }

  /// (e^(λ log) − 1) / λ.
  private static func power(_ log: Double, _ lambda: Double) -> Double {
    lambda == 0 ? log : Elementary.expm1(lambda * log) / lambda
  }

  /// The logarithm of the slope's part that depends on λ, at λ = 2: ln x, or ± ln(1 + |x|).
  private func logSlope(_ x: Double) -> Double {
    switch self {
    case .boxCox: Elementary.log(x)
    case .yeoJohnson: x >= 0 ? Elementary.log1p(x) : -Elementary.log1p(-x)
    }
  }

  /// The exponent of the largest likelihood, by Brent's method; 1 for numbers that don't vary.
  ///
  /// The range of the search, from −2 to 2 at first, is doubled to the side at which the best
  /// exponent lies at its end, up to 64.
  func bestExponent(for numbers: [WeightedNumber]) -> Double {
    guard let first = numbers.first, numbers.contains(where: { $0.value != first.value }) else {
      return 1
    }
    let total = numbers.totalWeight
    let slope = numbers.reduce(0) { $0 + $1.weight * logSlope($1.value) }
    func cost(_ lambda: Double) -> Double {
      let curved = numbers.map { WeightedNumber(value($0.value, lambda), $0.weight) }
      let variance = curved.variance(around: curved.mean)
      guard variance > 0, variance.isFinite else { return .infinity }
      return total / 2 * Elementary.log(variance) - (lambda - 1) * slope
    }
    var (low, high) = (-2.0, 2.0)
    while true {
      let best = Brent.minimise(from: low, to: high, cost).point
      let margin = (high - low) * 1e-3
      if best < low + margin, low > -64 {
        low *= 2
      } else if best > high - margin, high < 64 {
        high *= 2
      } else {
        return best
      }
    }
  }
}
