package import ColophonData

/// What was measured after each round, on every split that has rows.
package struct MetricHistory: Hashable, Sendable {
  package let metrics: [String]
  package let splits: [Split]
  /// By round, then split, then metric; nil where a metric is undefined.
  package private(set) var rounds: [[[Double?]]] = []

  package init(metrics: [String], splits: [Split]) {
    self.metrics = metrics
    self.splits = splits
  }

  /// Adds a round: a row of metrics for each split.
  package mutating func append(_ round: [[Double?]]) {
    precondition(
      round.count == splits.count && round.allSatisfy { $0.count == metrics.count },
      "a round of another shape"
    )
    rounds.append(round)
  }

  /// A metric on a split, by round; nil where it was not measured at all.
  package func curve(_ metric: String, on split: Split) -> [Double?]? {
    guard let m = metrics.firstIndex(of: metric), let s = splits.firstIndex(of: split)
    else { return nil }
    return rounds.map { $0[s][m] }
  }

  /// A metric on a split after a round, which counts from 1.
  package func value(_ metric: String, on split: Split, after round: Int) -> Double? {
    guard rounds.indices.contains(round - 1), let m = metrics.firstIndex(of: metric),
      let s = splits.firstIndex(of: split)
    else { return nil }
    return rounds[round - 1][s][m]
  }
}
