/// Numbers in ascending order, each once with its weight; missing ones are counted apart.
package struct WeightedNumbers: Hashable, Sendable {
  package let values: [Double]
  /// The weight of each value's rows.
  package let weights: [Double]
  /// The weight of all values that are there.
  package let total: Double
  /// The weight of missing values.
  package let missing: Double

  /// `numbers` are NaN where missing; without weights each counts 1.
  package init(_ numbers: [Double], weights given: [Double]? = nil) {
    let order =
      given == nil
      ? [] : numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    let sorted = given == nil ? numbers.filter { !$0.isNaN }.sorted() : []
    var values: [Double] = []
    var weights: [Double] = []
    var missing = Double(given == nil ? numbers.count - sorted.count : 0)
    func add(_ value: Double, _ weight: Double) {
      if values.last == value {
        weights[weights.count - 1] += weight
      } else {
        values.append(value)
        weights.append(weight)
      }
    }
    if let given {
      for row in order where !numbers[row].isNaN && given[row] > 0 { add(numbers[row], given[row]) }
      for row in numbers.indices where numbers[row].isNaN { missing += given[row] }
    } else {
      for value in sorted { add(value, 1) }
    }
    self.values = values
    self.weights = weights
    self.missing = missing
    total = weights.reduce(0, +)
  }

  /// The distinct values at the weighted ranks ⌈i n / parts⌉ for i from 1 to parts − 1, ascending.
  package func quantiles(parts: Int) -> [Double] {
    var edges: [Double] = []
    var place = 0
    var below = 0.0
    for part in 1..<max(parts, 1) where !values.isEmpty {
      let rank = total * Double(part) / Double(parts)
      while place + 1 < values.count, below + weights[place] < rank {
        below += weights[place]
        place += 1
      }
      if edges.last != values[place] { edges.append(values[place]) }
    }
    return edges
  }

  /// The mean; nil without values.
  package var mean: Double? {
    total > 0 ? zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total : nil
  }

  /// The standard deviation, over n; nil without values.
  package var deviation: Double? {
    guard let mean else { return nil }
    let squares = zip(values, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
    return (squares / total).squareRoot()
  }
}

/// Two sets of numbers, walked together.
enum DistributionPair {
  /// Calls `body` for each stretch between neighbouring values of either set, with both
  /// distribution functions on it and its length; the last stretch has none.
  static func walk(
    _ a: WeightedNumbers,
    _ b: WeightedNumbers,
    _ body: (_ first: Double, _ second: Double, _ length: Double) -> Void
  ) {
    var (i, j) = (0, 0)
    var (below, under) = (0.0, 0.0)
    while i < a.values.count || j < b.values.count {
      let x = min(
        i < a.values.count ? a.values[i] : .infinity,
        j < b.values.count ? b.values[j] : .infinity
      )
      if i < a.values.count, a.values[i] == x {
        below += a.weights[i]
        i += 1
      }
      if j < b.values.count, b.values[j] == x {
        under += b.weights[j]
        j += 1
      }
      let next = min(
        i < a.values.count ? a.values[i] : .infinity,
        j < b.values.count ? b.values[j] : .infinity
      )
      body(below / a.total, under / b.total, next.isFinite ? next - x : 0)
    }
  }

  /// The largest distance of the two distribution functions; nil where either has no values.
  static func kolmogorov(_ a: WeightedNumbers, _ b: WeightedNumbers) -> Double? {
    guard a.total > 0, b.total > 0 else { return nil }
    var largest = 0.0
    walk(a, b) { first, second, _ in largest = max(largest, (first - second).magnitude) }
    return largest
  }

  /// The area between the two distribution functions, in the values' own unit (the first
  /// Wasserstein distance); nil where either has no values.
  static func wasserstein(_ a: WeightedNumbers, _ b: WeightedNumbers) -> Double? {
    guard a.total > 0, b.total > 0 else { return nil }
    var sum = 0.0
    walk(a, b) { first, second, length in sum += (first - second).magnitude * length }
    return sum
  }
}
