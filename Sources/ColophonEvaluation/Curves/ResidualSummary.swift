/// How the errors of a regression are distributed; an error is prediction − actual.
package struct ResidualSummary: Hashable, Sendable {
  package var mean: Double
  /// The square root of the mean squared distance from the mean.
  package var deviation: Double
  /// The smallest, the quartiles and the largest.
  package var quantiles: [Double]
  /// Edges of bins of equal width; one more than there are bins.
  package var edges: [Double]
  /// The weight in each bin; an inner edge belongs to the bin above it.
  package var weights: [Double]

  /// Summarises a sample's errors; nil unless it is a regression with rows.
  package init?(_ sample: Sample) {
    guard case .regression(let predicted, let actual) = sample.cases.body, !actual.isEmpty,
      let mean = sample.mean({ predicted[$0] - actual[$0] }),
      let variance = sample.mean({
        let distance = predicted[$0] - actual[$0] - mean
        return distance * distance
      })
    else { return nil }
    let errors = actual.indices.map { predicted[$0] - actual[$0] }
    self.mean = mean
    deviation = variance.squareRoot()
    quantiles = ResidualSummary.quantiles(errors, sample.weighting)
    let low = quantiles[0]
    let high = max(quantiles[4], low.nextUp)
    let bins = ResidualSummary.bins(quantiles, count: errors.count)
    let width = (high - low) / Double(bins)
    edges = (0...bins).map { $0 == bins ? high : low + Double($0) * width }
    var weights = Array(repeating: 0.0, count: bins)
    for row in errors.indices {
      let place = width > 0 ? Int(min(max((errors[row] - low) / width, 0), Double(bins - 1))) : 0
      weights[place] += sample.weighting[row]
    }
    self.weights = weights
  }

  /// The rule of Freedman and Diaconis (1981), from 5 to 50 bins.
  private static func bins(_ quantiles: [Double], count: Int) -> Int {
    let spread = quantiles[3] - quantiles[1]
    let range = quantiles[4] - quantiles[0]
    guard spread > 0, range > 0 else { return 5 }
    // The cube root by Newton: three digits are plenty for a number of bins.
    let cube = (0..<60).reduce(Double(count)) { root, _ in
      root - (root - Double(count) / (root * root)) / 3
    }
    return Int(min(max((range * cube / (2 * spread)).rounded(.up), 5), 50))
  }

  /// The smallest errors with at least 0, ¼, ½, ¾ and all of the weight at or below them.
  private static func quantiles(_ errors: [Double], _ weighting: Weighting) -> [Double] {
    let order = ScoreOrder.ascending(errors).rows
    let total = weighting.total(errors.count)
    var result: [Double] = []
    var below = 0.0
    for row in order {
      below += weighting[row]
      while result.count < 4, below >= total * Double(max(result.count, 1)) / 4 {
        if result.isEmpty { result.append(errors[order[0]]) } else { result.append(errors[row]) }
      }
    }
    let last = errors[order[order.count - 1]]
    while result.count < 5 { result.append(last) }
    return result
  }
}
