/// The four cells of a binary confusion matrix, as sums of weights.
package struct BinaryCounts: Hashable, Sendable {
  /// Positive and predicted so.
  package var truePositive: Double
  /// Negative, predicted positive.
  package var falsePositive: Double
  /// Positive, predicted negative.
  package var falseNegative: Double
  /// Negative and predicted so.
  package var trueNegative: Double

  package init(
    truePositive: Double,
    falsePositive: Double,
    falseNegative: Double,
    trueNegative: Double
  ) {
    self.truePositive = truePositive
    self.falsePositive = falsePositive
    self.falseNegative = falseNegative
    self.trueNegative = trueNegative
  }

  package var positive: Double { truePositive + falseNegative }
  package var negative: Double { falsePositive + trueNegative }
  package var predictedPositive: Double { truePositive + falsePositive }
  package var predictedNegative: Double { falseNegative + trueNegative }
  package var total: Double { positive + negative }

  /// The same with positive and negative exchanged.
  var exchanged: BinaryCounts {
    BinaryCounts(
      truePositive: trueNegative,
      falsePositive: falseNegative,
      falseNegative: falsePositive,
      trueNegative: truePositive
    )
  }
}

/// One number by another; nil where the other is 0.
func ratio(_ numerator: Double, _ denominator: Double) -> Double? {
  denominator == 0 ? nil : numerator / denominator
}

extension Sample {
  /// The binary confusion counts at the sample's threshold; nil for other tasks.
  package var counts: BinaryCounts? {
    guard case .binary(let scores, let positives) = cases.body else { return nil }
    return cached(\.counts) { count(scores, positives) }
  }

  private func count(_ scores: [Double], _ positives: [Bool]) -> BinaryCounts {
    let (threshold, weighting) = (threshold, weighting)
    var cells = Array(repeating: CompensatedSum(), count: 4)
    for start in stride(from: 0, to: scores.count, by: BlockSum.block) {
      var (tp, fp, fn, tn) = (0.0, 0.0, 0.0, 0.0)
      for row in start..<min(start + BlockSum.block, scores.count) {
        let weight = weighting[row]
        let isAbove = scores[row] >= threshold
        tp += positives[row] && isAbove ? weight : 0
        fp += !positives[row] && isAbove ? weight : 0
        fn += positives[row] && !isAbove ? weight : 0
        tn += !positives[row] && !isAbove ? weight : 0
      }
      for (cell, sum) in [tp, fp, fn, tn].enumerated() { cells[cell].add(sum) }
    }
    return BinaryCounts(
      truePositive: cells[0].value,
      falsePositive: cells[1].value,
      falseNegative: cells[2].value,
      trueNegative: cells[3].value
    )
  }

  /// The weights of the two classes.
  func labelWeights(_ positives: [Bool]) -> LabelWeights {
    cached(\.scoreWeights) {
      positives.withUnsafeBufferPointer { positives in
        guard let values = weighting.values else {
          return LabelWeights(
            positive: BlockSum.sum(positives.count) { positives[$0] ? 1 : 0 },
            negative: BlockSum.sum(positives.count) { positives[$0] ? 0 : 1 }
          )
        }
        // A product, since whether a row was drawn is nothing that a branch could foresee.
        return values.withUnsafeBufferPointer { values in
          LabelWeights(
            positive: BlockSum.sum(values.count) { values[$0] * (positives[$0] ? 1 : 0) },
            negative: BlockSum.sum(values.count) { values[$0] * (positives[$0] ? 0 : 1) }
          )
        }
      }
    }
  }
}
