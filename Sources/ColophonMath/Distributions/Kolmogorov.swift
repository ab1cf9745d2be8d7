/// The limit of √n · D, where D is the largest distance of an empirical distribution function from
/// the true one.
///
/// - SeeAlso: Kolmogorov, 1933; Smirnov, "Table for estimating the goodness of fit of empirical
///   distributions", 1948.
package struct Kolmogorov: Distribution, Hashable {
  package init() {}

  /// √(π/2) · log 2.
  package let mean = 0.8687311606361592
  /// π²/12 − mean².
  package let variance = 0.06777320396386

  package func logDensity(at x: Double) -> Double { Elementary.log(density(at: x)) }

  package func density(at x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 0 }
    if x >= 1 {
      // The derivative of 2 Σ (−1)ᵏ⁻¹ exp(−2 k² x²), negated.
      return alternating { k in 8 * k * k * x * Elementary.exp(-2 * k * k * x * x) }
    }
    let step = Double.pi * Double.pi / (8 * x * x)
    let sum = odd { k in Elementary.exp(-k * k * step) * (2 * k * k * step - 1) }
    return (2 * Double.pi).squareRoot() / (x * x) * sum
  }

  package func cumulative(at x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 0 }
    if x >= 1 { return 1 - survival(at: x) }
    let step = Double.pi * Double.pi / (8 * x * x)
    return (2 * Double.pi).squareRoot() / x * odd { k in Elementary.exp(-k * k * step) }
  }

  package func survival(at x: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 1 }
    if x < 1 { return 1 - cumulative(at: x) }
    return alternating { k in 2 * Elementary.exp(-2 * k * k * x * x) }
  }

  package func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? 0 : p == 1 ? .infinity : .nan }
    return Bisection.least(from: 0.01, to: 20) { cumulative(at: $0) >= p }
  }

  package func upperQuantile(_ q: Double) -> Double {
    guard q > 0, q < 1 else { return q == 0 ? .infinity : q == 1 ? 0 : .nan }
    return Bisection.least(from: 0.01, to: 20) { survival(at: $0) <= q }
  }

  /// f(1) − f(2) + f(3) …, smallest term first; eight terms reach 1e-50 from x = 1 on.
  private func alternating(_ f: (Double) -> Double) -> Double {
    var sum = 0.0
    for k in stride(from: 8.0, through: 1, by: -1) { sum = f(k) - sum }
    return sum
  }

  /// f(1) + f(3) + f(5) …, smallest term first.
  private func odd(_ f: (Double) -> Double) -> Double {
    var sum = 0.0
    for k in stride(from: 15.0, through: 1, by: -2) { sum += f(k) }
    return sum
  }
}

enum Bisection {
  /// The least double between two ends at which `reaches` holds, by bisection to the last bit.
  static func least(
    from low: Double,
    to high: Double,
    where reaches: (Double) -> Bool
  ) -> Double {
    var low = low.bitPattern
    var high = high.bitPattern
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if reaches(Double(bitPattern: middle)) { high = middle } else { low = middle }
    }
    return Double(bitPattern: high)
  }
}
