/// Weights of rows by actual and predicted class.
package struct ConfusionMatrix: Hashable, Sendable {
  package let classes: Int
  /// Row-major: actual × predicted.
  package let weights: [Double]

  package init(classes: Int, weights: [Double]) {
    self.classes = classes
    self.weights = weights
  }

  /// The weight of the rows of class `actual` that were taken for `predicted`.
  package subscript(actual: Int, predicted: Int) -> Double {
    weights[actual * classes + predicted]
  }

  package func actual(_ c: Int) -> Double {
    (0..<classes).reduce(0) { $0 + self[c, $1] }
  }

  package func predicted(_ c: Int) -> Double {
    (0..<classes).reduce(0) { $0 + self[$1, c] }
  }

  package var correct: Double { (0..<classes).reduce(0) { $0 + self[$1, $1] } }
  package var total: Double { (0..<classes).reduce(0) { $0 + actual($1) } }

  /// One class against the rest.
  package func counts(of c: Int) -> BinaryCounts {
    var other = CompensatedSum()
    for i in 0..<classes where i != c {
      for j in 0..<classes where j != c { other.add(self[i, j]) }
    }
    let hit = self[c, c]
    return BinaryCounts(
      truePositive: hit,
      falsePositive: sum { $0 == c ? 0 : self[$0, c] },
      falseNegative: sum { $0 == c ? 0 : self[c, $0] },
      trueNegative: other.value
    )
  }

  private func sum(_ term: (Int) -> Double) -> Double { (0..<classes).reduce(0) { $0 + term($1) } }
}

extension Sample {
  /// The confusion matrix; binary rows at the sample's threshold, nil for regression.
  package var matrix: ConfusionMatrix? {
    switch cases.body {
    case .regression, .clusters: return nil
    case .binary:
      return counts.map {
        ConfusionMatrix(
          classes: 2,
          weights: [$0.trueNegative, $0.falsePositive, $0.falseNegative, $0.truePositive]
        )
      }
    case .multiclass(_, let actual): return cached(\.matrix) { matrix(of: actual) }
    }
  }

  private func matrix(of actual: [Int32]) -> ConfusionMatrix {
    let classes = cases.classes.count
    let predicted = cases.top.classes
    let weighting = weighting
    var cells = Array(repeating: CompensatedSum(), count: classes * classes)
    for row in actual.indices {
      cells[Int(actual[row]) * classes + Int(predicted[row])].add(weighting[row])
    }
    return ConfusionMatrix(classes: classes, weights: cells.map { $0.value })
  }
}
