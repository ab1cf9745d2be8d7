import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

/// The area under the ROC curve beside its definition over all pairs.
@Suite struct AreasUnderTheCurve {
  /// O(n²): how often a positive row stands above a negative one.
  private func overPairs(_ rows: Rows) -> Double? {
    guard case .classes(let labels) = rows.labels, case .binary(let scores) = rows.predictions
    else { return nil }
    let weights = rows.weights ?? Array(repeating: 1, count: labels.count)
    var (sum, pairs) = (0.0, 0.0)
    for i in labels.indices where labels[i] == 1 {
      for j in labels.indices where labels[j] == 0 {
        let share = scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0
        sum += weights[i] * weights[j] * share
        pairs += weights[i] * weights[j]
      }
    }
    return pairs > 0 ? sum / pairs : nil
  }

  @Test(arguments: 1...20)
  func countPairs(seed: UInt64) {
    let rows = binaryRows(
      seed * 97,
      40 + Int(seed) * 70,
      share: 0.3,
      levels: Double(seed % 4) * 9,
      weighted: seed % 3 == 0
    )
    let found = Metric.named("roc_auc", task: .binary)?.value(
      labels: rows.labels,
      predictions: rows.predictions,
      weights: rows.weights
    )
    #expect(agree(found, overPairs(rows)))
  }

  @Test func treatBothZerosAlike() {
    let found = Metric.named("roc_auc", task: .binary)?.value(
      labels: .classes([1, 0]),
      predictions: .binary(scores: [0.0, -0.0])
    )
    #expect(found == 0.5)
  }

  /// Over 1,024 rows are sorted digit by digit; scores of both signs and all sizes stay in order.
  @Test func orderScoresOfAnySignAndSize() {
    var u = Congruential(state: 9)
    var scores: [Double] = []
    for i in 0..<5_000 {
      let scale = [1e-290, 1e-5, 1, 1e9, 1e300][i % 5]
      scores.append((u.next() - 0.5) * scale)
    }
    let sorted = scores.sorted()
    let middle = sorted[2_500]
    // All above the middle are positive, so the order is right if and only if the area is 1.
    let labels = scores.map { Int32($0 >= middle ? 1 : 0) }
    let found = Metric.named("roc_auc", task: .binary)?.value(
      labels: .classes(labels),
      predictions: .binary(scores: scores)
    )
    #expect(found == 1)
  }
}
