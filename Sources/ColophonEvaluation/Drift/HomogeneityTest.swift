import ColophonMath

/// Pearson's χ² test of whether two sets of counts come from one distribution.
package struct HomogeneityTest: Hashable, Sendable {
  /// The expected count below which a cell is too small for the χ² distribution (Cochran, 1954).
  package static let leastExpected = 5.0

  package let statistic: Double
  package let degreesOfFreedom: Int
  /// How many bins were joined with others because too little was expected in them.
  package let joined: Int

  /// The test over bins in order; nil where either set is empty, or fewer than two bins are left.
  ///
  /// Bins in which fewer than five are expected in either set are joined into one; where even that
  /// one is too small it is joined with the smallest of the others (the first of equals).
  package init?(_ reference: [Double], _ current: [Double]) {
    let (before, after) = (reference.reduce(0, +), current.reduce(0, +))
    guard before > 0, after > 0 else { return nil }
    let share = min(before, after) / (before + after)
    var rare = (0.0, 0.0)
    var count = 0
    var kept: [(Double, Double)] = []
    func isSmall(_ bin: (Double, Double)) -> Bool {
      (bin.0 + bin.1) * share < HomogeneityTest.leastExpected
    }
    for bin in zip(reference, current) where bin.0 + bin.1 > 0 {
      if isSmall(bin) {
        rare = (rare.0 + bin.0, rare.1 + bin.1)
        count += 1
      } else {
        kept.append(bin)
      }
    }
    if count > 0 {
      let least = kept.indices.min { kept[$0].0 + kept[$0].1 < kept[$1].0 + kept[$1].1 }
      if isSmall(rare), let least {
        kept[least] = (kept[least].0 + rare.0, kept[least].1 + rare.1)
        count += 1
      } else {
        kept.append(rare)
      }
    }
    guard kept.count > 1 else { return nil }
    var sum = 0.0
    for (r, c) in kept {
      let pooled = (r + c) / (before + after)
      let (expected, other) = (before * pooled, after * pooled)
      sum += (r - expected) * (r - expected) / expected + (c - other) * (c - other) / other
    }
    statistic = sum
    degreesOfFreedom = kept.count - 1
    joined = count > 1 ? count : 0
  }

  /// The probability of so large a statistic where nothing has changed.
  package var pValue: Double {
    ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).survival(at: statistic)
  }
}
