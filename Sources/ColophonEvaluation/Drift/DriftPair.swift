package import ColophonData

/// One column in two sets of rows: the reference, and the rows of now.
package struct DriftPair: Sendable {
  package enum Values: Sendable {
    case numbers(reference: WeightedNumbers, current: WeightedNumbers)
    /// Every level of either set, by Unicode scalars.
    case levels([String])
  }

  /// The weight in each bin, missing values in the last one.
  package struct Counts: Hashable, Sendable {
    package var reference: [Double]
    package var current: [Double]
  }

  package let values: Values
  /// For numbers: the upper ends of all bins but the last, which are deciles of the reference.
  package let edges: [Double]
  package let counts: Counts

  /// Numbers, NaN where missing, counted in ten bins between the deciles of the reference (fewer
  /// where deciles coincide); a value on an edge belongs to the bin below.
  package init(
    numbers reference: [Double],
    weights: [Double]? = nil,
    current: [Double],
    currentWeights: [Double]? = nil
  ) {
    let before = WeightedNumbers(reference, weights: weights)
    let after = WeightedNumbers(current, weights: currentWeights)
    values = .numbers(reference: before, current: after)
    edges = before.quantiles(parts: 10)
    counts = Counts(
      reference: DriftPair.counts(before, edges),
      current: DriftPair.counts(after, edges)
    )
  }

  /// Categories, nil where missing, counted by level.
  package init(
    levels reference: [String?],
    weights: [Double]? = nil,
    current: [String?],
    currentWeights: [Double]? = nil
  ) {
    let known = Set(reference.lazy.compactMap { $0 }).union(current.lazy.compactMap { $0 })
    let levels = known.sorted(by: scalarOrder)
    let places = Dictionary(uniqueKeysWithValues: zip(levels, 0...))
    func count(_ rows: [String?], _ weights: [Double]?) -> [Double] {
      var counts = [Double](repeating: 0, count: levels.count + 1)
      for (row, level) in rows.enumerated() {
        counts[level.flatMap { places[$0] } ?? levels.count] += weights?[row] ?? 1
      }
      return counts
    }
    values = .levels(levels)
    edges = []
    counts = Counts(
      reference: count(reference, weights),
      current: count(current, currentWeights)
    )
  }

  /// A column of two datasets; nil where one holds numbers and the other does not.
  package init?(
    _ before: Column,
    rows oldRows: [Int],
    weights: [Double]? = nil,
    current after: Column,
    rows newRows: [Int],
    currentWeights: [Double]? = nil
  ) {
    switch (before.numbers, after.numbers) {
    case (let old?, let new?):
      self.init(
        numbers: oldRows.map { old[$0] },
        weights: weights,
        current: newRows.map { new[$0] },
        currentWeights: currentWeights
      )
    case (nil, nil):
      self.init(
        levels: oldRows.map { before.text($0) },
        weights: weights,
        current: newRows.map { after.text($0) },
        currentWeights: currentWeights
      )
    default: return nil
    }
  }

  private static func counts(_ numbers: WeightedNumbers, _ edges: [Double]) -> [Double] {
    var counts = [Double](repeating: 0, count: edges.count + 2)
    var bin = 0
    for (value, weight) in zip(numbers.values, numbers.weights) {
      while bin < edges.count, value > edges[bin] { bin += 1 }
      counts[bin] += weight
    }
    counts[edges.count + 1] = numbers.missing
    return counts
  }

  /// The levels that the reference lacks, each with its weight now.
  package var unseen: [(level: String, weight: Double)] {
    guard case .levels(let levels) = values else { return [] }
    return levels.indices.filter { counts.reference[$0] == 0 && counts.current[$0] > 0 }
      .map { (levels[$0], counts.current[$0]) }
  }

  /// The share of missing values in the reference and now.
  package var missing: (reference: Double, current: Double) {
    func share(_ counts: [Double]) -> Double {
      let total = counts.reduce(0, +)
      return total > 0 ? (counts.last ?? 0) / total : 0
    }
    return (share(counts.reference), share(counts.current))
  }

  /// Whether neither set has more than one value, missing counting as one.
  package var isConstant: Bool {
    switch values {
    case .numbers(let before, let after):
      Set(before.values).union(after.values).count
        + (before.missing + after.missing > 0 ? 1 : 0) <= 1
    case .levels:
      counts.reference.indices.count { counts.reference[$0] + counts.current[$0] > 0 } <= 1
    }
  }
}
