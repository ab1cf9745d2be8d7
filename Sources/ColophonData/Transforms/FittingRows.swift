/// The rows that a step may learn from: those of the train split whose weight is above 0.
package struct FittingRows: Sendable {
  package let dataset: Dataset
  /// Ascending.
  package let rows: [Int]
  /// One for each of `rows`, all above 0; 1 where the dataset has no weights.
  package let weights: [Double]

  package init(_ dataset: Dataset) {
    self.dataset = dataset
    let train = dataset.rows(of: .train)
    guard let weights = dataset.weights(of: train) else {
      rows = train
      self.weights = [Double](repeating: 1, count: train.count)
      return
    }
    let counted = zip(train, weights).filter { $0.1 > 0 }
    rows = counted.map { $0.0 }
    self.weights = counted.map { $0.1 }
  }

  /// The numbers of a column that are there, with their weights, in ascending order of rows.
  package func present(_ values: [Double]) -> [WeightedNumber] {
    zip(rows, weights).compactMap { row, weight in
      values[row].isNaN ? nil : WeightedNumber(values[row], weight)
    }
  }

  /// The weight of each level of a category column, added up in ascending order of rows.
  package func weights(of codes: [Int32], levels: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: levels)
    for (row, weight) in zip(rows, weights) where codes[row] >= 0 {
      sums[Int(codes[row])] += weight
    }
    return sums
  }
}

/// A number and how many rows it counts for.
package struct WeightedNumber: Hashable, Sendable {
  package var value: Double
  package var weight: Double

  package init(_ value: Double, _ weight: Double) {
    self.value = value
    self.weight = weight
  }
}

/// What columns of numbers have in common; sums run in the order given.
extension [WeightedNumber] {
  var totalWeight: Double { reduce(0) { $0 + $1.weight } }

  /// Σ w x / Σ w.
  var mean: Double { reduce(0) { $0 + $1.weight * $1.value } / totalWeight }

  /// Σ w (x − mean)² / Σ w, less the square of what rounding left of Σ w (x − mean) / Σ w.
  func variance(around mean: Double) -> Double {
    let total = totalWeight
    var (squares, rest) = (0.0, 0.0)
    for item in self {
      let distance = item.value - mean
      squares += item.weight * distance * distance
      rest += item.weight * distance
    }
    return (squares - rest * rest / total) / total
  }

  /// The quantiles i / parts for i from 0 to `parts`, of numbers in any order.
  ///
  /// The averaged inverse of the distribution function: where a quantile falls between two numbers,
  /// the middle of both. Rows of weight 2 count as two.
  func quantiles(parts: Int) -> [Double] {
    let sorted = self.sorted { ($0.value, $0.weight) < ($1.value, $1.weight) }
    let total = sorted.totalWeight
    return (0...parts).map { i in
      // Multiplied, not divided, so that whole weights are compared exactly.
      let wanted = Double(i) * total
      var (sum, low) = (0.0, sorted[0].value)
      for (place, item) in sorted.enumerated() {
        sum += item.weight
        low = item.value
        if sum * Double(parts) == wanted, place + 1 < sorted.count {
          return (low + sorted[place + 1].value) / 2
        }
        if sum * Double(parts) >= wanted { return low }
      }
      return low
    }
  }

  /// The middle number, or the mean of the two middle ones.
  var median: Double { quantiles(parts: 2)[1] }
}
