/// The two-sided Kolmogorov–Smirnov statistic D of a sample of n from a continuous distribution.
///
/// - SeeAlso: Marsaglia, Tsang and Wang, "Evaluating Kolmogorov's distribution", 2003; Simard and
///   L'Ecuyer, "Computing the two-sided Kolmogorov–Smirnov distribution", 2011.
package struct KolmogorovExact: Hashable, Sendable {
  package let sampleSize: Int

  /// The statistic of at least one observation.
  package init(sampleSize: Int) {
    precondition(sampleSize > 0, "a sample of \(sampleSize)")
    self.sampleSize = sampleSize
  }

  private var n: Double { Double(sampleSize) }

  /// The probability of a distance of at most d.
  package func cumulative(at d: Double) -> Double {
    if d.isNaN { return .nan }
    if d <= 0.5 / n { return 0 }
    if d >= 1 { return 1 }
    return hasSmallTail(d) ? 1 - 2 * oneSided(d) : recursion(d)
  }

  /// The probability of a distance above d; relative accuracy holds in the tail.
  package func survival(at d: Double) -> Double {
    if d.isNaN { return .nan }
    if d <= 0.5 / n { return 1 }
    if d >= 1 { return 0 }
    return hasSmallTail(d) ? 2 * oneSided(d) : max(0, 1 - recursion(d))
  }

  /// Whether crossing on both sides is so rare that the two one-sided tails just add: always from
  /// one half on, else where what they share is below 1e-10 of them.
  private func hasSmallTail(_ d: Double) -> Bool { d >= 0.5 || n * d * d >= 4 }

  /// Birnbaum and Tingey's sum (1951): d Σ C(n, j) (1 − d − j/n)ⁿ⁻ʲ (d + j/n)ʲ⁻¹.
  func oneSided(_ d: Double) -> Double {
    var sum = 0.0
    var j = 0.0
    while 1 - d - j / n > 0, j <= n {
      let (left, right) = (1 - d - j / n, d + j / n)
      let choose =
        j == 0 ? 0 : -Elementary.log(n + 1) - Special.logBeta(n - j + 1, j + 1)
      let exponent = choose + (n - j) * Elementary.log(left) + (j - 1) * Elementary.log(right)
      sum += Elementary.exp(exponent)
      j += 1
    }
    return d * sum
  }

  /// n! / nⁿ times the central element of Hⁿ, with Durbin's matrix H; powers of ten kept apart.
  private func recursion(_ d: Double) -> Double {
    // Durbin's matrix grows with n d; where it would be large the limit law's error is below 1/n.
    let k = Int(n * d) + 1
    let order = 2 * k - 1
    guard order <= 401 else { return Kolmogorov().cumulative(at: n.squareRoot() * d) }
    let h = Double(k) - n * d
    let start = DurbinMatrix(order: order, offset: h)
    var (power, exponent) = start.raised(to: sampleSize)
    var value = power.elements[(k - 1) * order + k - 1]
    for i in 1...sampleSize {
      value *= Double(i) / n
      if value < 1e-140 {
        value *= 0x1p465
        exponent -= 465
      }
    }
    return Double(sign: .plus, exponent: exponent, significand: value)
  }
}

/// Durbin's matrix and its powers, each element times two to a common exponent.
struct DurbinMatrix {
  let order: Int
  var elements: [Double]

  init(order m: Int, offset h: Double) {
    order = m
    elements = Array(repeating: 0, count: m * m)
    var factorial = Array(repeating: 1.0, count: m + 2)
    for i in 2..<m + 2 { factorial[i] = factorial[i - 1] * Double(i) }
    var powers = [1.0]
    for i in 1...m { powers.append(powers[i - 1] * h) }
    for i in 0..<m {
      for j in 0..<m where i - j + 1 >= 0 {
        var value = 1.0
        if j == 0 { value -= powers[i + 1] }
        if i == m - 1 { value -= powers[m - j] }
        if i == m - 1, j == 0, 2 * h > 1 { value += powerOf(2 * h - 1, m) }
        elements[i * m + j] = value / factorial[i - j + 1]
      }
    }
  }

  private func powerOf(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  /// The power by repeated squaring, and the exponent of two that was taken out.
  func raised(to power: Int) -> (matrix: DurbinMatrix, exponent: Int) {
    var base = self
    var baseExponent = 0
    var result: DurbinMatrix?
    var exponent = 0
    var rest = power
    while true {
      if rest & 1 == 1 {
        result = result?.times(base) ?? base
        exponent += baseExponent
        result?.rescale(&exponent)
      }
      rest >>= 1
      if rest == 0 { break }
      base = base.times(base)
      baseExponent *= 2
      base.rescale(&baseExponent)
    }
    return (result ?? self, exponent)
  }

  private func times(_ other: DurbinMatrix) -> DurbinMatrix {
    let left = Matrix(rows: order, columns: order, elements: elements)
    let right = Matrix(rows: order, columns: order, elements: other.elements)
    var product = self
    product.elements = (left * right).elements
    return product
  }

  private mutating func rescale(_ exponent: inout Int) {
    guard elements[(order / 2) * order + order / 2] > 1e140 else { return }
    for i in elements.indices { elements[i] *= 0x1p-465 }
    exponent += 465
  }
}
