/// What a column of numbers looks like; missing values don't count.
package struct NumberSummary: Hashable, Sendable {
  /// How many different numbers there are.
  package var distinct: Int
  package var mean: Double
  /// The standard deviation of a sample (divided by n - 1); NaN for one number.
  package var std: Double
  package var min: Double
  package var lowerQuartile: Double
  package var median: Double
  package var upperQuartile: Double
  package var max: Double
  /// The borders of the histogram's bins, one more than there are counts.
  package var edges: [Double]
  package var counts: [Int]

  /// The bins of a histogram, wherever a width is free.
  package static let bins = 20

  /// Sums up numbers in their order; nil where there is none.
  ///
  /// Quartiles interpolate linearly between order statistics (type 7 of Hyndman and Fan, 1996).
  package init?(_ values: [Double]) {
    let present = values.filter { !$0.isNaN }
    guard !present.isEmpty else { return nil }
    let sorted = present.sorted()
    distinct = 1 + zip(sorted, sorted.dropFirst()).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
    let count = Double(present.count)
    let mean = present.reduce(0, +) / count
    self.mean = mean
    let squares = present.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    std = present.count > 1 ? (squares / (count - 1)).squareRoot() : .nan
    min = sorted[0]
    max = sorted[sorted.count - 1]
    lowerQuartile = NumberSummary.quantile(0.25, of: sorted)
    median = NumberSummary.quantile(0.5, of: sorted)
    upperQuartile = NumberSummary.quantile(0.75, of: sorted)
    edges = NumberSummary.edges(from: min, to: max)
    counts = NumberSummary.counts(sorted, edges: edges)
  }

  /// The quantile of ascending numbers.
  package static func quantile(_ p: Double, of sorted: [Double]) -> Double {
    let place = p * Double(sorted.count - 1)
    let below = Int(place.rounded(.down))
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    let fraction = place - Double(below)
    return sorted[below] * (1 - fraction) + sorted[below + 1] * fraction
  }

  /// Equal bins over a range; one bin where all numbers are equal.
  package static func edges(from low: Double, to high: Double, bins: Int = bins) -> [Double] {
    guard low < high else { return [low, high] }
    // The ends are weighted apart, since their difference may be more than a double holds.
    return (0...bins).map { i in
      let share = Double(i) / Double(bins)
      return i == bins ? high : low * (1 - share) + high * share
    }
  }

  /// How many numbers lie in each bin [a, b); the last one holds its upper end too.
  package static func counts(_ values: [Double], edges: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: edges.count - 1)
    for value in values where value >= edges[0] && value <= edges[edges.count - 1] {
      var (low, high) = (0, counts.count - 1)
      while low < high {
        let middle = (low + high + 1) / 2
        if edges[middle] <= value { low = middle } else { high = middle - 1 }
      }
      counts[low] += 1
    }
    return counts
  }
}
