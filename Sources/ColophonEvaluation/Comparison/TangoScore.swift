import ColophonMath

/// The score test and interval of a difference of paired proportions (Tango, "Equivalence test and
/// confidence interval for the difference in proportions for the paired-sample design", 1998).
///
/// For n pairs with b and c of either kind of disagreement the statistic at a difference Δ is
/// (b − c − n Δ) / √(n (2 q + Δ (1 − Δ))), q being the likeliest share of the second kind under Δ.
/// At Δ = 0 it is McNemar's.
package struct TangoScore: Hashable, Sendable {
  /// Pairs where the first alone is right, where the second alone is, and all pairs.
  package let first: Double
  package let second: Double
  package let pairs: Double

  package init(first: Int, second: Int, pairs: Int) {
    precondition(first >= 0 && second >= 0 && first + second <= pairs && pairs > 0)
    (self.first, self.second, self.pairs) = (Double(first), Double(second), Double(pairs))
  }

  /// The difference of the shares that are right, first − second.
  package var difference: Double { (first - second) / pairs }

  /// The statistic at a difference from −1 to 1; normal with mean 0 where that is the true one.
  package func statistic(at delta: Double) -> Double {
    let distance = first - second - pairs * delta
    let share = likeliestShare(at: delta)
    let variance = pairs * (2 * share + delta * (1 - delta))
    if variance > 0 { return distance / variance.squareRoot() }
    return distance == 0 ? 0 : distance > 0 ? .infinity : -.infinity
  }

  /// The share of pairs where the second alone is right that is likeliest under a difference: the
  /// larger root of 2n q² + (−b − c + (2n − b + c) Δ) q − c Δ (1 − Δ) = 0.
  private func likeliestShare(at delta: Double) -> Double {
    let a = 2 * pairs
    let b = -first - second + (2 * pairs - first + second) * delta
    let c = -second * delta * (1 - delta)
    let root = max(b * b - 4 * a * c, 0).squareRoot()
    // The form that does not cancel.
    let larger = b <= 0 ? (root - b) / (2 * a) : -2 * c / (root + b)
    return max(larger, 0, -delta)
  }

  /// All differences that the two-sided score test at 1 − `level` does not refuse.
  package func interval(level: Double) -> ConfidenceInterval {
    let z = Normal().upperQuantile((1 - level) / 2)
    return ConfidenceInterval(
      low: crossing(z, from: -1, to: difference),
      high: crossing(-z, from: difference, to: 1)
    )
  }

  /// Where the falling statistic crosses a value, by halving to the last bit.
  private func crossing(_ value: Double, from low: Double, to high: Double) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if statistic(at: middle) > value { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }
}
