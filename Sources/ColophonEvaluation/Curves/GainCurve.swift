/// What share of the positive rows is reached by taking the highest scores first.
package struct GainCurve: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    /// The share of all rows that was taken.
    package var taken: Double
    /// The share of positive rows among them.
    package var found: Double
    /// How many times more positive rows than by chance; 0 where nothing was taken.
    package var lift: Double { taken > 0 ? found / taken : 0 }
  }

  /// From nothing taken to everything, one point for each distinct score.
  package let points: [Point]

  /// The curve of a sweep; nil where no positive row has weight.
  package init?(_ sweep: ThresholdSweep) {
    let total = sweep.positive + sweep.negative
    guard sweep.positive > 0 else { return nil }
    points = sweep.steps.map {
      Point(
        taken: ($0.truePositive + $0.falsePositive) / total,
        found: $0.truePositive / sweep.positive
      )
    }
  }

  /// Few enough points to draw: each at least 1/`steps` of an axis from the one before.
  package func thinned(steps: Int) -> [Point] {
    let gap = 1 / Double(steps)
    var kept: [Point] = []
    for (i, point) in points.enumerated() {
      if let last = kept.last, i + 1 < points.count, point.taken - last.taken < gap,
        point.found - last.found < gap
      {
        continue
      }
      kept.append(point)
    }
    return kept
  }

  /// The share found when a share of the rows is taken, along straight lines.
  package func found(taking share: Double) -> Double {
    guard let next = points.firstIndex(where: { $0.taken >= share }), next > 0 else {
      return share <= 0 ? 0 : 1
    }
    let (a, b) = (points[next - 1], points[next])
    return a.found + (b.found - a.found) * (share - a.taken) / (b.taken - a.taken)
  }
}
