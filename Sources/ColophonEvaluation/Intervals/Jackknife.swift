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
    let cases = sample.cases
    // Which unit each row leaves with: itself, or its query.
    let unit = cases.task == .ranking ? cases.queryOfRow : nil
    let count = unit == nil ? cases.count : cases.queries.count
    let groups = count <= exactLimit ? count : groups
    let base = sample.weighting
    let values = Resampling.run(groups, metrics: metrics, sample: sample, threads: threads) {
      group,
      weights in
      for row in weights.indices {
        weights[row] = (unit?[row] ?? row) % groups == group ? 0 : base[row]
      }
    }
    return values.map { acceleration($0.compactMap { $0 }.filter { $0.isFinite }) }
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
