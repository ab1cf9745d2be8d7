package import ColophonCore
import ColophonMath

/// One way to ask whether a column has moved: a number, and perhaps a probability.
package struct DriftTest: Sendable {
  /// What a bound is a bound of.
  package enum Measure: Sendable {
    /// The number itself: how far the column has moved.
    case size
    /// The corrected p-value: how hard the move is to explain by chance.
    case chance
  }

  /// What a test found.
  package struct Reading: Hashable, Sendable {
    package var value: Double
    package var pValue: Double?
    /// A few words on how it was found, such as bins that were joined.
    package var note: String?
  }

  package let name: String
  package let measure: Measure
  /// Whether it needs numbers with an order.
  package let needsNumbers: Bool
  /// Beyond it the column counts as moved, unless a cell names another.
  package let bound: Double
  package let summary: String
  package let formula: String
  /// Completes "undefined where …".
  package let undefined: String
  /// Nil where undefined.
  package let read: @Sendable (DriftPair) -> Reading?
}

/// The tests that a `drift` cell may name, in the order the reference lists them.
package let driftTests = Catalogue<DriftTest>(
  "drift test",
  [.psi, .kolmogorovSmirnov, .chiSquared, .jensenShannon, .wasserstein]
) { $0.name }

extension DriftTest {
  static let psi = DriftTest(
    name: "psi",
    measure: .size,
    needsNumbers: false,
    bound: ColumnDrift.farBound,
    summary: "The population stability index over the reference's deciles, or the levels.",
    formula: "Σ (q − p) ln(q / p), shares below 1e-4 counting as that",
    undefined: "either set has no rows",
    read: { pair in
      PopulationStability.index(pair.counts.reference, pair.counts.current).map {
        Reading(value: $0)
      }
    }
  )

  static let kolmogorovSmirnov = DriftTest(
    name: "ks",
    measure: .chance,
    needsNumbers: true,
    bound: 0.05,
    summary: "Kolmogorov and Smirnov's largest distance of the distribution functions.",
    formula: "D = max |F(x) − G(x)|; p exact up to 10,000 values a set, missing ones left out",
    undefined: "either set has no values",
    read: { pair in
      guard case .numbers(let before, let after) = pair.values,
        let distance = DistributionPair.kolmogorov(before, after)
      else { return nil }
      let sizes = (max(Int(before.total.rounded()), 1), max(Int(after.total.rounded()), 1))
      let law = KolmogorovTwoSample(sizes.0, sizes.1)
      return Reading(
        value: distance,
        pValue: law.tail(atLeast: distance),
        note: law.isExact ? "exact p" : nil
      )
    }
  )

  static let chiSquared = DriftTest(
    name: "chi2",
    measure: .chance,
    needsNumbers: false,
    bound: 0.05,
    summary: "Pearson's χ² test over the reference's deciles, or the levels.",
    formula: "Σ (observed − expected)² / expected; bins in which under 5 are expected are joined",
    undefined: "fewer than two bins have enough rows",
    read: { pair in
      HomogeneityTest(pair.counts.reference, pair.counts.current).map { test in
        let joined = test.joined > 0 ? ", \(test.joined) small bins joined" : ""
        return Reading(
          value: test.statistic,
          pValue: test.pValue,
          note: "\(test.degreesOfFreedom) degrees of freedom" + joined
        )
      }
    }
  )

  static let jensenShannon = DriftTest(
    name: "js",
    measure: .size,
    needsNumbers: false,
    // For small moves psi is 8 js², so that this is as far as an index of 0.25.
    bound: 0.175,
    summary: "Jensen and Shannon's distance over the reference's deciles, or the levels.",
    formula: "√(½ KL(p, m) + ½ KL(q, m)) with m = (p + q) / 2, natural logarithm; up to 0.833",
    undefined: "either set has no rows",
    read: { pair in
      let before = pair.counts.reference.reduce(0, +)
      let after = pair.counts.current.reduce(0, +)
      guard before > 0, after > 0 else { return nil }
      let divergence = Divergence.jensenShannon(
        pair.counts.reference.map { $0 / before },
        pair.counts.current.map { $0 / after }
      )
      return Reading(value: divergence.squareRoot())
    }
  )

  static let wasserstein = DriftTest(
    name: "wasserstein",
    measure: .size,
    needsNumbers: true,
    bound: 0.1,
    summary: "How far values have moved on average (the first Wasserstein distance).",
    formula:
      "∫ |F(x) − G(x)| dx in the column's unit; its bound is in the reference's standard deviations",
    undefined: "either set has no values",
    read: { pair in
      guard case .numbers(let before, let after) = pair.values,
        let distance = DistributionPair.wasserstein(before, after)
      else { return nil }
      return Reading(value: distance)
    }
  )

  /// What the bound is compared with: the value, except for a distance in a column's own unit.
  func magnitude(_ reading: Reading, of pair: DriftPair) -> Double {
    guard name == DriftTest.wasserstein.name, case .numbers(let before, _) = pair.values,
      let deviation = before.deviation, deviation > 0
    else { return reading.value }
    return reading.value / deviation
  }
}
