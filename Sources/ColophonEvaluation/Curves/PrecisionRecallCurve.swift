/// How many of the alarms are right over the share of positive rows found, as the threshold falls.
package struct PrecisionRecallCurve: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    package var recall: Double
    package var precision: Double
    package var threshold: Double
  }

  /// One for each distinct score, by rising recall; without the point (0, 1), which no threshold
  /// reaches.
  package let points: [Point]

  /// The curve of a sweep; nil where no positive row has weight.
  package init?(_ sweep: ThresholdSweep) {
    guard sweep.positive > 0 else { return nil }
    points = sweep.steps.dropFirst().map {
      Point(
        recall: $0.truePositive / sweep.positive,
        precision: $0.truePositive / ($0.truePositive + $0.falsePositive),
        threshold: $0.threshold
      )
    }
  }

  /// Few enough points to draw: within each step of recall the first, the last, and those of the
  /// lowest and the highest precision.
  package func thinned(steps: Int) -> [Point] {
    guard points.count > 4 * steps else { return points }
    var kept: [Int] = []
    var start = points.startIndex
    while start < points.endIndex {
      let bin = min(Int(points[start].recall * Double(steps)), steps - 1)
      let end =
        points[start...].firstIndex { min(Int($0.recall * Double(steps)), steps - 1) != bin }
        ?? points.endIndex
      let low = (start..<end).min { points[$0].precision < points[$1].precision } ?? start
      let high = (start..<end).max { points[$0].precision < points[$1].precision } ?? start
      kept += Set([start, low, high, end - 1]).sorted()
      start = end
    }
    return kept.map { points[$0] }
  }
}
