import ColophonData

/// How a metric reacts to leaving rows out.
enum Jackknife {
  /// Up to this many rows each is left out by itself.
  static let exactLimit = 1_000
  /// How many groups of rows are left out one after the other where there are more rows.
  static let groups = 200

  /// The acceleration of each metric: Σ U³ / (6 (Σ U²)^1.5), U the distance of the mean of the
  /// leave-out values from each of them; 0 where nothing changes.
  ///
  /// With groups (row r belongs to group r mod 200) the expected value is the same as with single
  /// rows, since both sums grow with the size of a group alike; its error is about 0.003.
  static func accelerations(of metrics: [Metric], sample: Sample, threads: Int) -> [Double] {
    let leaving = leaving(sample)
    let values = Resampling.run(
      leaving.groups,
      metrics: metrics,
      sample: sample,
      threads: threads,
      weigh: leaving.weigh
    )
    return values.map { acceleration($0.compactMap { $0 }.filter { $0.isFinite }) }
  }

  /// A metric of each sample without each row (or group, or unit) that they share.
  static func values(of metric: Metric, samples: [Sample], threads: Int) -> [[Double?]] {
    let leaving = leaving(samples[0])
    return Resampling.run(
      leaving.groups,
      metric: metric,
      samples: samples,
      threads: threads,
      weigh: leaving.weigh
    )
  }

  /// How many runs there are, and how one of them sets the weights.
  private static func leaving(
    _ sample: Sample
  ) -> (groups: Int, weigh: @Sendable (Int, inout [Double]) -> Void) {
    let cases = sample.cases
    // Which unit each row leaves with: itself, or those it belongs together with.
    let unit = cases.unitOfRow
    let count = cases.units?.count ?? cases.count
    let groups = count <= exactLimit ? count : groups
    let base = sample.weighting
    return (
      groups,
      { group, weights in
        for row in weights.indices {
          weights[row] = (unit?[row] ?? row) % groups == group ? 0 : base[row]
        }
      }
    )
  }

  /// The acceleration that leave-out values imply.
  static func acceleration(_ values: [Double]) -> Double {
    guard let first = values.first, values.contains(where: { $0 != first }) else { return 0 }
    let count = values.count
    let mean = BlockSum.sum(count) { values[$0] } / Double(count)
    let squares = BlockSum.sum(count) { (mean - values[$0]) * (mean - values[$0]) }
    let cubes = BlockSum.sum(count) {
      (mean - values[$0]) * (mean - values[$0]) * (mean - values[$0])
    }
    return ratio(cubes, 6 * squares * squares.squareRoot()) ?? 0
  }
}
