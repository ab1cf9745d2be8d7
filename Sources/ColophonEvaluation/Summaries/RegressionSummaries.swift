/// The orders of actual and predicted values, for rank correlation.
struct RankOrders: Sendable {
  var actual: ScoreOrder
  var predicted: ScoreOrder
}

/// Weighted second moments about the means of two variables.
struct Moments {
  var xx: Double
  var yy: Double
  var xy: Double

  /// The correlation; nil where one of the variables is constant.
  var correlation: Double? {
    guard xx > 0, yy > 0 else { return nil }
    return min(max(xy / (xx.squareRoot() * yy.squareRoot()), -1), 1)
  }
}

extension Sample {
  /// The weighted mean over regression rows of a term of (actual, predicted).
  @inline(__always)
  func regressionMean(_ term: (_ actual: Double, _ predicted: Double) -> Double) -> Double? {
    guard case .regression(let predicted, let actual) = cases.body else { return nil }
    return mean { term(actual[$0], predicted[$0]) }
  }

  /// Whether the rows that have weight all carry the same number.
  func isConstant(_ values: [Double]) -> Bool {
    var (low, high) = (Double.infinity, -Double.infinity)
    for row in values.indices where weighting[row] > 0 {
      low = min(low, values[row])
      high = max(high, values[row])
    }
    return low >= high
  }

  /// The second moments of two variables; nil where one is constant.
  func moments(_ x: [Double], _ y: [Double]) -> Moments? {
    guard !isConstant(x), !isConstant(y), let meanX = mean({ x[$0] }), let meanY = mean({ y[$0] })
    else { return nil }
    let count = cases.count
    return Moments(
      xx: weighting.sum(count) { (x[$0] - meanX) * (x[$0] - meanX) },
      yy: weighting.sum(count) { (y[$0] - meanY) * (y[$0] - meanY) },
      xy: weighting.sum(count) { (x[$0] - meanX) * (y[$0] - meanY) }
    )
  }

  /// Rows by rising absolute error, for the median; computed once.
  var errorOrder: ScoreOrder? {
    guard case .regression(let predicted, let actual) = cases.body else { return nil }
    return cases.errorOrder.value {
      .ascending(actual.indices.map { (predicted[$0] - actual[$0]).magnitude })
    }
  }

  /// Each row's rank among equally weighted copies: the weight below, and half of its tie's.
  func ranks(_ order: ScoreOrder) -> [Double] {
    let weighting = weighting
    var ranks = Array(repeating: 0.0, count: cases.count)
    var (below, tied) = (0.0, 0.0)
    var rows: [Int] = []
    order.walk { row, isLast, _ in
      rows.append(row)
      tied += weighting[row]
      if isLast {
        for row in rows { ranks[row] = below + tied / 2 }
        below += tied
        tied = 0
        rows.removeAll(keepingCapacity: true)
      }
    }
    return ranks
  }

  /// The median of `values` under the weights: where the weight reaches exactly one half, the mean
  /// of the two values that meet there; nil where nothing has weight.
  func median(_ values: (Int) -> Double, in order: ScoreOrder) -> Double? {
    let (half, weighting) = (totalWeight / 2, weighting)
    var below = 0.0
    var candidate: Double?
    for row in order.rows where weighting[row] > 0 {
      if let candidate { return (candidate + values(row)) / 2 }
      below += weighting[row]
      if below > half { return values(row) }
      if below == half { candidate = values(row) }
    }
    return candidate
  }
}
