/// The two-sided Kolmogorov–Smirnov statistic D of two samples from one continuous distribution:
/// the largest distance between their empirical distribution functions.
///
/// - SeeAlso: Hodges, "The significance probability of the Smirnov two-sample test", 1958; Viehmann,
///   "Numerically more stable computation of the p-values for the two-sample Kolmogorov–Smirnov
///   test", 2021.
package struct KolmogorovTwoSample: Hashable, Sendable {
  /// The larger sample up to which the probability is exact.
  package static let exactLimit = 10_000

  package let first: Int
  package let second: Int

  /// Two samples of at least one observation.
  package init(_ first: Int, _ second: Int) {
    precondition(first > 0 && second > 0, "samples of \(first) and \(second)")
    self.first = first
    self.second = second
  }

  /// Whether `tail` is exact.
  package var isExact: Bool { max(first, second) <= KolmogorovTwoSample.exactLimit }

  /// The probability of a distance of at least d.
  ///
  /// Beyond the limit it is that of one sample of m n / (m + n) observations, rounded.
  package func tail(atLeast d: Double) -> Double {
    if isExact { return exact(d) }
    let (m, n) = (Double(first), Double(second))
    let size = max((m * n / (m + n)).rounded(.toNearestOrEven), 1)
    return KolmogorovExact(sampleSize: Int(size)).approximateSurvival(at: d)
  }

  /// The share of lattice paths from (0, 0) to (m, n) that touch a point as far from the diagonal
  /// as d.
  ///
  /// a(i, j), the share among the paths to (i, j), is 1 at such a point and else
  /// (i a(i-1, j) + j a(i, j-1)) / (i + j). All terms are positive, so the smallest probabilities
  /// keep their digits.
  private func exact(_ d: Double) -> Double {
    let divisor = KolmogorovTwoSample.divisor(first, second)
    let (a, b) = (second / divisor, first / divisor)
    let far = Int((d * Double(first) * Double(a)).rounded())
    if far == 0 { return 1 }
    let inverse = [0.0] + (1...(first + second)).map { 1 / Double($0) }
    var row = [Double](repeating: 1, count: second + 1)
    for i in 0...first {
      let here = i * a
      // Points (i, j) with |i a - j b| < far are inside.
      let low = max(here - far >= 0 ? (here - far) / b + 1 : 0, 0)
      let high = min((here + far - 1) / b, second)
      if low > high { return 1 }
      if low > 0 { row[low - 1] = 1 }
      for j in low...high {
        if i == 0, j == 0 {
          row[0] = 0
          continue
        }
        let above = i == 0 ? 0 : Double(i) * row[j]
        let left = j == 0 ? 0 : Double(j) * row[j - 1]
        row[j] = (above + left) * inverse[i + j]
      }
      if high < second { row[high + 1] = 1 }
    }
    return min(row[second], 1)
  }

  private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
}
