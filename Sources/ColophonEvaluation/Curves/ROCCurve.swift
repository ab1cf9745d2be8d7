/// The share of positive rows found over that of negative rows alarmed, as the threshold falls.
package struct ROCCurve: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    package var falsePositiveRate: Double
    package var truePositiveRate: Double
    package var threshold: Double
  }

  /// From (0, 0) to (1, 1).
  ///
  /// A point on the straight line between its neighbours is left out: it changes neither the
  /// picture nor the area.
  package let points: [Point]

  /// The curve of a sweep; nil where one of the classes has no weight.
  package init?(_ sweep: ThresholdSweep) {
    guard sweep.positive > 0, sweep.negative > 0 else { return nil }
    var corners: [ThresholdSweep.Step] = []
    for step in sweep.steps {
      while corners.count > 1, ROCCurve.isStraight(corners.suffix(2) + [step]) {
        corners.removeLast()
      }
      corners.append(step)
    }
    points = corners.map {
      Point(
        falsePositiveRate: $0.falsePositive / sweep.negative,
        truePositiveRate: $0.truePositive / sweep.positive,
        threshold: $0.threshold
      )
    }
  }

  private static func isStraight(_ three: ArraySlice<ThresholdSweep.Step>) -> Bool {
    let (a, b, c) = (
      three[three.startIndex], three[three.startIndex + 1], three[three.startIndex + 2]
    )
    let (x, y) = (b.falsePositive - a.falsePositive, b.truePositive - a.truePositive)
    let (u, v) = (c.falsePositive - b.falsePositive, c.truePositive - b.truePositive)
    return x * v == y * u
  }

  /// Few enough points to draw: each at least 1/`steps` of an axis from the one before.
  package func thinned(steps: Int) -> [Point] {
    let gap = 1 / Double(steps)
    var kept: [Point] = []
    for (i, point) in points.enumerated() {
      if let last = kept.last, i + 1 < points.count,
        point.falsePositiveRate - last.falsePositiveRate < gap,
        point.truePositiveRate - last.truePositiveRate < gap
      {
        continue
      }
      kept.append(point)
    }
    return kept
  }
}
